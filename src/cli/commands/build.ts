// In come the flags of `build`; out go the feeds, a summary for people or one JSON object, and the exit code.
import pc from "picocolors";
import { type BuildResult, build } from "../../build.ts";
import { loadConfig } from "../../config/load-config.ts";
import type { Config } from "../../model/config.ts";
import { describeBuild, toJson } from "../build-summary.ts";
import { reportDiagnostics } from "../diagnostics.ts";
import { readInstant } from "../instant.ts";
import { print } from "../print.ts";
import { createProgress } from "../progress.ts";
import { catchSignals } from "../signals.ts";

export interface SiteFlags {
  readonly root?: string;
  readonly config?: string;
  readonly posts?: string;
  readonly out?: string;
  readonly siteUrl?: string;
  readonly title?: string;
}

export interface BuildFlags extends SiteFlags {
  readonly now?: string;
  readonly drafts?: boolean;
  readonly keepGoing?: boolean;
  readonly strict?: boolean;
  readonly allowEmpty?: boolean;
  readonly allowIdChanges?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Loads the configuration that the site flags name. */
export function loadSite(flags: SiteFlags): Promise<Config> {
  const { root, config, posts, out, siteUrl, title } = flags;
  const overrides = {
    ...(posts !== undefined && { posts }),
    ...(out !== undefined && { out }),
    ...(siteUrl !== undefined && { siteUrl }),
    ...(title !== undefined && { siteTitle: title }),
  };
  return loadConfig({
    ...(root !== undefined && { root }),
    ...(config !== undefined && { config }),
    overrides,
  });
}

export async function runBuild(flags: BuildFlags): Promise<number> {
  const config = await loadSite(flags);
  const signals = catchSignals();
  const progress = createProgress(!flags.json && !flags.quiet);
  let result: BuildResult;
  try {
    result = await build(config, {
      now: readInstant(flags.now),
      ...(flags.drafts && { drafts: true }),
      ...(flags.keepGoing && { keepGoing: true }),
      ...(flags.strict && { strict: true }),
      ...(flags.allowEmpty && { allowEmpty: true }),
      ...(flags.allowIdChanges && { allowIdChanges: true }),
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
