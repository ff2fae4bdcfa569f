import pc from "picocolors";
import { type BuildResult, build } from "../../build.ts";
import { describeBuild, toJson } from "../build-summary.ts";
import { loadFlaggedConfig, readInstant, type SiteFlags } from "../flags.ts";
import { print } from "../print.ts";
import { createProgress } from "../progress.ts";
import { reportDiagnostics } from "../report-diagnostics.ts";
import { catchSignals } from "../signals.ts";

export interface BuildFlags extends SiteFlags {
  readonly keepGoing?: boolean;
  readonly allowEmpty?: boolean;
  readonly allowIdChanges?: boolean;
  readonly quiet?: boolean;
}

export async function runBuild(flags: BuildFlags): Promise<number> {
  const config = await loadFlaggedConfig(flags);
  const { drafts, keepGoing, strict, allowEmpty, allowIdChanges } = flags;
  const signals = catchSignals();
  const progress = createProgress(!flags.json && !flags.quiet);
  let result: BuildResult;
  try {
    result = await build(config, {
      now: readInstant(flags.now),
      drafts,
      keepGoing,
      strict,
      allowEmpty,
      allowIdChanges,
      signal: signals.signal,
      onProgress: progress.show,
    });
  } finally {
    progress.stop();
    signals.release();
  }
  if (flags.json) print(JSON.stringify(toJson(result)));
  else {
    reportDiagnostics(result.diagnostics, config.root, { quiet: flags.quiet === true });
    if (!flags.quiet) print(describeBuild(result, config, pc));
  }
  return result.ok ? 0 : 1;
}
