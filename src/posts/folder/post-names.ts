// In come the patterns of the configuration; out goes whether a path below the posts folder is a post's.
import type { Config } from "../../model/config.ts";
import { picomatch } from "../front-matter/lazy-packages.ts";

const defaultInclude = ["**/*.md", "**/*.markdown", "**/*.mdx", "**/*.html", "**/*.htm"];

/** Says of a path below the posts folder whether a plain file of that name is a post. */
export function matchPostNames(config: Config): (file: string) => boolean {
  const { include, exclude } = config.posts;
  const patterns = include.length > 0 ? include : defaultInclude;
  const included = matchEndings(patterns) ?? picomatch()([...patterns]);
  const excluded = exclude.length > 0 ? picomatch()([...exclude], { dot: true }) : undefined;
  return (file) =>
    !/(^|\/)(\.|node_modules\/|_index\.[^/]*$)/.test(file) && included(file) && !excluded?.(file);
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
    // A glob's stars do not cross line ends alike.
    if (/[\n\r\u2028\u2029]/.test(file)) return picomatch()([...patterns])(file);
    const dot = file.lastIndexOf(".");
    return dot > file.lastIndexOf("/") + 1 && endings.has(file.slice(dot));
  };
}
