// In comes the configuration; out goes the real path of the posts folder, or a Failure.
import { realpathSync, statSync } from "node:fs";
import type { Config } from "../../model/config.ts";
import { Failure } from "../../model/failure.ts";
import { nameForPeople } from "./people-name.ts";

/** Resolves the posts folder. @throws Failure `posts-missing` */
export function openPostsFolder(config: Config): string {
  const { dir } = config.posts;
  const shown = nameForPeople("", config).replace(/\/$/, "") || dir;
  try {
    const real = realpathSync(dir);
    if (statSync(real).isDirectory()) return real;
  } catch (cause) {
    throw new Failure("posts-missing", `There is no posts folder ${shown}.`, {
      hint: "Make it, or name another one with posts.dir or --posts.",
      cause,
    });
  }
  throw new Failure("posts-missing", `The posts folder ${shown} is not a folder.`, {
    hint: "Name a folder with posts.dir or --posts.",
  });
}
