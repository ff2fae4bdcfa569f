import { realpathSync, statSync } from "node:fs";
import { relative } from "node:path";
import type { Config } from "../../model/config.ts";
import { Failure } from "../../model/failure.ts";
import { picomatch } from "../front-matter/lazy-packages.ts";

/** Resolves the posts folder. @throws Failure `posts-missing` */
export function openPostsFolder(config: Config): string {
  const { dir } = config.posts;
  const shown = displayPath("", config).replace(/\/$/, "") || dir;
  try {
    const real = realpathSync(dir);
    if (statSync(real).isDirectory()) return real;
  } catch (cause) {
    throw new Failure("posts-missing", `There is no posts folder ${shown}.`, {
      hint: "Make it, or name the right one with posts.dir or --posts.",
      cause,
    });
  }
  throw new Failure("posts-missing", `The posts folder ${shown} is not a folder.`, {
    hint: "Name a folder with posts.dir or --posts.",
  });
}

const folders = new WeakMap<Config, string>();

/** A post's path from the project root, with `/`. */
export function displayPath(file: string, config: Config): string {
  let folder = folders.get(config);
  if (folder === undefined) {
    folder = relative(config.root, config.posts.dir).replaceAll("\\", "/");
    folders.set(config, folder);
  }
  return folder === "" ? file : `${folder}/${file}`;
}

export const defaultInclude = ["**/*.md", "**/*.markdown", "**/*.mdx", "**/*.html", "**/*.htm"];

/** Says of a path below the posts folder whether a plain file of that name is a post. */
export function matchPostNames(config: Config): (file: string) => boolean {
  const { include, exclude } = config.posts;
  const patterns = include.length > 0 ? include : defaultInclude;
  const included = matchEndings(patterns) ?? picomatch()([...patterns]);
  const excluded = exclude.length > 0 ? picomatch()([...exclude], { dot: true }) : undefined;
  return (file) => !/(^|\/)(\.|node_modules\/)/.test(file) && included(file) && !excluded?.(file);
}

/** Matches what ends with one of some endings, in any folder: the patterns that most sites have need no package. */
function matchEndings(patterns: readonly string[]): ((file: string) => boolean) | undefined {
  const endings = new Set<string>();
  for (const pattern of patterns) {
    const ending = /^\*\*\/\*(\.[A-Za-z0-9]+)$/.exec(pattern)?.[1];
    if (ending === undefined) return undefined;
    endings.add(ending);
  }
  return (file) => {
    // The stars of a glob treat line ends in different ways.
    if (/[\n\r\u2028\u2029]/.test(file)) return picomatch()([...patterns])(file);
    const dot = file.lastIndexOf(".");
    return dot > file.lastIndexOf("/") + 1 && endings.has(file.slice(dot));
  };
}
