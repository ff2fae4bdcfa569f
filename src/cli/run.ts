import pc from "picocolors";
import { Failure } from "../model/failure.ts";
import { runCommand } from "./grammar.ts";
import { note, print } from "./print.ts";

/** Runs one command; a failure becomes a sentence and a hint. Never throws. */
export async function run(args: readonly string[], version: string): Promise<number> {
  try {
    return await runCommand(args, version);
  } catch (error) {
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
  for (const { file, line, column, message: what, hint: fix } of diagnostics) {
    note(`  ${[file, line, column].filter((part) => part !== undefined).join(":")}  ${what}`);
    if (fix !== undefined) note(`    ${fix}`);
  }
  if (hint !== undefined) note(`  ${hint}`);
}

function reportFault(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  note(`${pc.red("error")} This is a bug in feedwright: ${text}`);
  note("  Please report it with the command that you ran. The files in the output folder did not change.");
}
