import type { Config } from "../../model/config.ts";
import type { GuardedFetch } from "../../net/guarded-fetch.ts";
import { digestOf, type SetFile } from "../plan/file-set.ts";
import { openCommand } from "./command.ts";
import { openDirectory } from "./directory.ts";
import { openGit } from "./git.ts";
import { createPublicReader } from "./public-reader.ts";
import { openS3 } from "./s3.ts";
import type { Target } from "./target.ts";

export interface TargetContext {
  readonly files: readonly SetFile[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly allowPrivate: boolean;
  /** Reaches the site's own host. */
  readonly fetch: GuardedFetch;
}

/** Opens the configured target. Without one, somebody else deploys: the site is watched and nothing is written. @throws Failure */
export async function openTarget(config: Config, around: TargetContext): Promise<Target> {
  const { target } = config.publish;
  const { environment, allowPrivate } = around;
  const { root } = config;
  if (target === undefined) return openPublicSite(config.site.url, around.fetch);
  if (target.type === "directory") return openDirectory(target);
  if (target.type === "git") return openGit({ ...target, root, environment, allowPrivate });
  if (target.type === "s3") return openS3({ ...target, environment, allowPrivate });
  return openCommand({ ...target, ...around, root, siteUrl: config.site.url });
}

/** What is public is read at the public addresses; what would be written is left to whoever deploys. */
function openPublicSite(siteUrl: string, fetch: GuardedFetch): Target {
  return {
    name: "the live site, which another program deploys",
    writes: "atomic",
    session: (work) => {
      // Nobody puts a record there, so that there is none is nothing to speak of.
      const { get, list } = createPublicReader({ siteUrl, fetch });
      return work({
        versionOf: digestOf,
        get,
        list,
        put: async (file) => digestOf(file.read()),
        remove: async () => {},
        commit: async () => {},
      });
    },
  };
}
