// In comes text; out it goes to the terminal or the pipe. The only place that writes there.

/** Results: what a pipe wants. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Everything said beside the result: problems, progress, advice. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Whether a person watches standard error. */
export function isWatched(): boolean {
  return process.stderr.isTTY === true;
}

// A reader such as `head` may close the pipe early; that is not a fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});
