// In comes a question; out goes the line that somebody at the terminal typed.
import { createInterface } from "node:readline/promises";

/** Whether somebody is there to answer. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** Asks on standard error, so that standard output stays the result's. An end of input answers with nothing. */
export async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await Promise.race([
      terminal.question(question),
      new Promise<string>((resolve) => terminal.once("close", () => resolve(""))),
    ]);
  } finally {
    terminal.close();
  }
}
