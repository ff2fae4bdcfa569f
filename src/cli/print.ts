import pc from "picocolors";
import { printableJson, withoutControls } from "../check/report/printable.ts";

/** Prints a result, to standard output. */
export function print(text: string): void {
  process.stdout.write(`${withoutControls(text, pc.isColorSupported)}\n`);
}

/** Prints a result for programs: one line of JSON. */
export function printJson(value: unknown): void {
  process.stdout.write(`${printableJson(value)}\n`);
}

/** Prints what is not the result (problems, progress, advice), to standard error. */
export function note(text: string): void {
  process.stderr.write(`${withoutControls(text, pc.isColorSupported)}\n`);
}

/** Whether standard error is a terminal. */
export function isWatched(): boolean {
  return process.stderr.isTTY === true;
}

// A reader such as `head` may close the pipe early.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});
