import pc from "picocolors";
import { printable } from "../check/report/printable.ts";
import { Failure } from "../model/failure.ts";
import { describeCauses } from "./describe-failure.ts";
import { runCommand } from "./grammar.ts";
import { note, printJson } from "./print.ts";

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
    printJson({ error: { code, message, ...(hint !== undefined && { hint }), diagnostics } });
    return;
  }
  note(`${pc.red("error")}  ${printable(message)}`);
  for (const line of describeCauses(failure)) note(line);
}

function reportFault(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  note(`${pc.red("error")} This is a bug in feedwright: ${text}`);
  note("  Please report it with the command that you ran. The files in the output folder did not change.");
}
