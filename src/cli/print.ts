/** Prints a result, to standard output. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints what is not the result (problems, progress, advice), to standard error. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Whether standard error is a terminal. */
export function isWatched(): boolean {
  return process.stderr.isTTY === true;
}

// A reader such as `head` may close the pipe early.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});
