// In come arguments; out goes the exit code of the command that they name by the whole grammar.
import { CommanderError } from "commander";
import { createProgram } from "./args.ts";

/** Runs one command. Throws what the command throws. */
export async function runProgram(args: readonly string[], version: string): Promise<number> {
  let exitCode = 0;
  const program = createProgram(version, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    // It has said on the console what is wrong with the arguments.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}
