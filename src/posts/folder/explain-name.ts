import type { Config } from "../../model/config.ts";
import { picomatch } from "../front-matter/lazy-packages.ts";
import { leftOutByName, leftOutByPlace, listPage } from "./left-out.ts";
import { defaultInclude, matchPostNames } from "./posts-folder.ts";

/** Why a path cannot be a post, whatever the file holds. */
export interface NameVerdict {
  readonly standing: "hidden" | "excluded" | "list-page" | "not-a-post" | "never-read";
  readonly reason: string;
  /** What would change it. */
  readonly change: string;
}

/** Says why a path below the posts folder is no post because of its name; undefined where it may be one. */
export function explainName(file: string, config: Config): NameVerdict | undefined {
  const parts = file.split("/");
  const hidden = parts.find((part) => part.startsWith("."));
  if (hidden !== undefined)
    return {
      standing: "hidden",
      reason: `${hidden} begins with a dot, and hidden files and folders are never read`,
      change: `Give ${hidden} a name without the dot.`,
    };
  if (parts.includes("node_modules"))
    return {
      standing: "never-read",
      reason: "it is in node_modules, where packages are, which is never read",
      change: "Move it out of node_modules.",
    };
  if (!matchPostNames(config)(file)) return explainPatterns(file, config);
  const left = leftOutByName(file) ?? leftOutByPlace(file, config);
  if (left === undefined) return undefined;
  return {
    standing: left === listPage || /(?:^|\/)_index\.[^/]*$/.test(file) ? "list-page" : "not-a-post",
    reason: left.message.charAt(0).toLowerCase() + left.message.slice(1).replace(/\.$/, ""),
    change: left.hint,
  };
}

function explainPatterns(file: string, config: Config): NameVerdict {
  const { include, exclude } = config.posts;
  const name = file.slice(file.lastIndexOf("/") + 1);
  const pattern = exclude.find((one) => picomatch()(one, { dot: true })(file));
  if (pattern !== undefined)
    return {
      standing: "excluded",
      reason: `posts.exclude has the pattern ${JSON.stringify(pattern)}, and leaves it out`,
      change: "Take that pattern out of posts.exclude, or make it narrower.",
    };
  return explainEnding(file, name, include);
}

function explainEnding(file: string, name: string, include: readonly string[]): NameVerdict {
  const wanted = include.length > 0 ? include : defaultInclude;
  const ending = /\.[^.]+$/.exec(name)?.[0];
  const lower = file.toLowerCase();
  if (ending !== undefined && ending !== ending.toLowerCase() && picomatch()([...wanted])(lower))
    return {
      standing: "not-a-post",
      reason: `its name ends in ${ending}, in capitals, and names of posts end in ${ending.toLowerCase()}`,
      change: `Rename it to ${name.slice(0, -ending.length)}${ending.toLowerCase()}, or add "**/*${ending}" to posts.include.`,
    };
  const endings = wanted.map((one) => /^\*\*\/\*(\.\w+)$/.exec(one)?.[1]);
  if (endings.includes(undefined))
    return {
      standing: "not-a-post",
      reason: `no pattern of posts.include fits it: ${wanted.map((one) => JSON.stringify(one)).join(", ")}`,
      change: "Add a pattern to posts.include that fits it.",
    };
  return {
    standing: "not-a-post",
    reason: `its name ends in ${ending ?? "no extension"}, and posts are files whose names end in ${endings.join(", ")}`,
    change: `Rename it, or add a pattern to posts.include, such as "**/*${ending ?? ""}".`,
  };
}
