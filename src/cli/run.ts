// In come arguments; out goes the exit code of the command they name. Failures become a sentence and a hint.
import { CommanderError } from "commander";
import pc from "picocolors";
import { Failure } from "../model/failure.ts";
import { createProgram } from "./args.ts";
import { note, print } from "./print.ts";

/** Runs one command. Never throws. */
export async function run(args: readonly string[], version: string): Promise<number> {
  let exitCode = 0;
  const program = createProgram(version, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof Failure)
      reportFailure(error, / (--json|--format[ =]json)( |$)/.test(` ${args.join(" ")}`));
    else reportFault(error);
    return 2;
  }
}

function reportFailure(failure: Failure, json: boolean): void {
  const { code, message, hint, diagnostics } = failure;
  if (json) {
    print(JSON.stringify({ error: { code, message, ...(hint !== undefined && { hint }), diagnostics } }));
    return;
  }
  note(`${pc.red("error")} ${message}`);
  for (const { file, line, column, message: what, hint: mend } of diagnostics) {
    note(`  ${[file, line, column].filter((part) => part !== undefined).join(":")}  ${what}`);
    if (mend !== undefined) note(`    ${mend}`);
  }
  if (hint !== undefined) note(`  ${hint}`);
}

function reportFault(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  note(`${pc.red("error")} feedwright failed in a way it should not: ${text}`);
  note("  Please report this with the command you ran. What stood in the output folder is still there.");
}
