import pc from "picocolors";
import { type BuildResult, build } from "../../build.ts";
import type { Config } from "../../model/config.ts";
import { describeBuild, toJson } from "../build-summary.ts";
import { loadFlaggedConfig, readInstant, type SiteFlags } from "../flags.ts";
import { note, print, printJson } from "../print.ts";
import { createProgress } from "../progress.ts";
import { describeFindings } from "../report-findings.ts";
import { catchSignals } from "../signals.ts";

export interface BuildFlags extends SiteFlags {
  readonly keepGoing?: boolean;
  readonly allowEmpty?: boolean;
  readonly allowIdChanges?: boolean;
  readonly overwrite?: boolean;
  readonly quiet?: boolean;
  readonly all?: boolean;
}

export async function runBuild(flags: BuildFlags): Promise<number> {
  const config = await loadFlaggedConfig(flags);
  const { drafts, keepGoing, strict, allowEmpty, allowIdChanges, overwrite } = flags;
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
      overwrite,
      signal: signals.signal,
      onProgress: progress.show,
    });
  } finally {
    progress.stop();
    signals.release();
  }
  if (flags.json) printJson(toJson(result));
  else {
    const summary = describeBuild(result, config, pc);
    const findings = describeBuildFindings(result, summary, config, flags);
    if (findings !== "") note(findings);
    if (!flags.quiet) print(summary);
  }
  return result.ok ? 0 : 1;
}

/** What a build found, beside its summary on one screen; nothing where it found nothing. */
export function describeBuildFindings(
  { diagnostics }: BuildResult,
  summary: string,
  { root }: Config,
  { all, quiet, strict, indent = 0 }: BuildFlags & { readonly indent?: number },
): string {
  if (diagnostics.length === 0) return "";
  const taken = summary.split("\n").length;
  return describeFindings(diagnostics, { root, stream: process.stderr, taken, indent, all, quiet, strict });
}
