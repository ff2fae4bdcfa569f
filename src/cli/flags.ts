// The flags that several commands share.
import { loadConfig } from "../config/load-config.ts";
import type { Config } from "../model/config.ts";
import { Failure } from "../model/failure.ts";

/** What a flag such as `--site-url` says. Each command takes a part of these; `grammar.ts` says which. */
export interface SiteFlags {
  readonly root?: string;
  readonly config?: string;
  readonly posts?: string;
  readonly out?: string;
  readonly siteUrl?: string;
  readonly title?: string;
  readonly now?: string;
  readonly drafts?: boolean;
  readonly strict?: boolean;
  readonly json?: boolean;
  readonly allowPrivate?: boolean;
}

/** Loads the configuration that the flags name. Throws what {@link loadConfig} throws. */
export function loadFlaggedConfig(flags: SiteFlags): Promise<Config> {
  const { root, config, posts, out, siteUrl, title } = flags;
  return loadConfig({ root, config, overrides: { posts, out, siteUrl, siteTitle: title } });
}

const instantPattern = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/**
 * The time of the command in milliseconds since the epoch: `--now`, else SOURCE_DATE_EPOCH
 * (https://reproducible-builds.org/specs/source-date-epoch/), else the clock.
 * @throws Failure `usage` when the flag or the variable is not a time
 */
export function readInstant(flag: string | undefined, env: NodeJS.ProcessEnv = process.env): number {
  if (flag !== undefined) {
    const instant = instantPattern.test(flag) ? Date.parse(flag) : Number.NaN;
    if (Number.isNaN(instant)) {
      throw new Failure("usage", `--now ${flag} is not an instant.`, {
        hint: "Write date, time and zone, such as 2026-11-23T09:00:00Z or 2026-11-23T16:00:00+07:00.",
      });
    }
    return instant;
  }
  const epoch = env.SOURCE_DATE_EPOCH;
  if (epoch === undefined || epoch === "") return Date.now();
  if (!/^\d{1,11}$/.test(epoch)) {
    throw new Failure("usage", `SOURCE_DATE_EPOCH=${epoch} is not a number of seconds.`, {
      hint: "Set it to whole seconds since 1970-01-01T00:00Z, or unset it.",
    });
  }
  return Number(epoch) * 1000;
}
