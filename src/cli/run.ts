// In come arguments; out goes the exit code of the command they name. Failures become a sentence and a hint.
import pc from "picocolors";
import { Failure } from "../model/failure.ts";
import { note, print } from "./print.ts";
import { readBuildFlags } from "./usual-args.ts";

/** Runs one command. Never throws. */
export async function run(args: readonly string[], version: string): Promise<number> {
  try {
    const flags = readBuildFlags(args);
    if (flags !== undefined) return await (await import("./commands/build.ts")).runBuild(flags);
    return await (await import("./args.ts")).runProgram(args, version);
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
