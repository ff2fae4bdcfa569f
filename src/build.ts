import type { Config } from "./model/config.ts";
import type { BuildResult } from "./site/options.ts";
import { type BuildOptions, Site } from "./site/site.ts";

export type { BuildResult } from "./site/options.ts";
export type { BuildOptions } from "./site/site.ts";

/**
 * Builds a site's feeds at `now` (milliseconds since the epoch; default: the clock, read once).
 * A broken post is left out, or stays as readers have it; where that version is not at hand, nothing is written.
 * @throws Failure `posts-missing`, `output-unwritable`, `locked`, `interrupted`
 */
export async function build(
  config: Config,
  options: BuildOptions & { readonly now?: number } = {},
): Promise<BuildResult> {
  const site = new Site(config, options);
  try {
    return await site.update(options.now ?? Date.now());
  } finally {
    site.close();
  }
}
