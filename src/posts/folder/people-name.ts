// In comes a path below the posts folder; out goes the path as people would type it.
import { relative } from "node:path";
import type { Config } from "../../model/config.ts";

const folders = new WeakMap<Config, string>();

/** A post's path from the project root, with `/`. */
export function nameForPeople(file: string, config: Config): string {
  let folder = folders.get(config);
  if (folder === undefined) {
    folder = relative(config.root, config.posts.dir).replaceAll("\\", "/");
    folders.set(config, folder);
  }
  return folder === "" ? file : `${folder}/${file}`;
}
