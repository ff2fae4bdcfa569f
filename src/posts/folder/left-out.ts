// Files of the posts folder that are no posts, though their names end like those of posts. They are named, never an error.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../../model/config.ts";
import { defineProblem, type Problem } from "../../model/problem.ts";
import { readFrontMatter } from "../front-matter/front-matter.ts";
import {
  isMapping,
  isSequence,
  type Mapping,
  type Value,
  valueText,
} from "../front-matter/front-matter-value.ts";
import { readPost } from "../read-post.ts";

export const notAPost = defineProblem("file/not-a-post", {
  severity: "hint",
  title: "A file that is no post",
  why: "Its name, or what is around it, says that it is for another purpose: a list, a description of the folder, a part of another post, or a copy. It is in no feed.",
  fix: "Rename it if it is a post, or leave it out with `posts.exclude` so that nothing is said of it.",
});

/** What is said of a file or folder that is left out. */
export interface LeftOut {
  readonly problem: Problem;
  readonly message: string;
  readonly hint: string;
}

const reasons: readonly (readonly [RegExp, message: string, hint: string])[] = [
  [/^_index\./, "An _index is the page of a list, and no post.", "Rename it if it is a post."],
  [/^readme\.[a-z]+$/i, "A README is no post.", "Rename it if it is a post."],
  [
    /\bconflicted copy\b|\.sync-conflict-\d{8}-|\(case conflict\b/i,
    "A copy that synchronising left is no post.",
    "Compare it with the post, and delete it.",
  ],
];

/** Why a file is no post by its name alone. */
export function leftOutByName(file: string): LeftOut | undefined {
  const name = file.slice(file.lastIndexOf("/") + 1);
  const found = reasons.find(([form]) => form.test(name));
  return found && { problem: notAPost, message: found[1], hint: found[2] };
}

/** Whether posts in a folder are held back by the page of its list; `names` are those in the folder. */
export function isHiddenFolder(folder: string, names: readonly string[], config: Config): boolean {
  return names.some((name) => /^_index\.[^/]+$/.test(name) && hidesPosts(folder, name, config));
}

function hidesPosts(folder: string, name: string, config: Config): boolean {
  const front = readHead(join(config.posts.dir, folder, name));
  if (front === undefined) return false;
  const cascade = front.get("cascade");
  const all = isSequence(cascade) ? cascade : [cascade];
  return (
    isYes(front.get("draft")) || all.some((one) => one !== undefined && isMapping(one) && holdsBack(one))
  );
}

/** What Hugo's `cascade` gives to all pages below. */
function holdsBack(values: Mapping): boolean {
  const build = values.get("build") ?? values.get("_build");
  const list = build !== undefined && isMapping(build) ? build.get("list") : undefined;
  return (
    isYes(values.get("draft")) ||
    isYes(values.get("headless")) ||
    isNo(values.get("published")) ||
    isNo(list) ||
    (list !== undefined && valueText(list) === "never")
  );
}

const isYes = (value: Value | undefined): boolean =>
  value !== undefined && /^(?:true|yes|on)$/i.test(valueText(value) ?? "");
const isNo = (value: Value | undefined): boolean =>
  value !== undefined && /^(?:false|no|off)$/i.test(valueText(value) ?? "");

function readHead(path: string): Mapping | undefined {
  try {
    const front = readFrontMatter(readFileSync(path));
    return front.kind === "none" || front.kind === "problem" ? undefined : front.data;
  } catch {
    return undefined;
  }
}

const indexName = /^index(?:\.[A-Za-z-]{2,10})?\.(?:md|markdown|mdx|html?)$/;

/** Whether a folder is one post with its other files. */
export function isBundle(folder: string, names: readonly string[], config: Config): boolean {
  return config.posts.bundles && folder !== "" && names.some((name) => indexName.test(name));
}

export const isIndexName = (name: string): boolean => indexName.test(name);

/** Whether an `index` without a date is the list of the other posts in its folder. */
export function isListPage(file: string, names: readonly string[], config: Config): boolean {
  const name = file.slice(file.lastIndexOf("/") + 1);
  const others = names.some(
    (other) =>
      other !== name &&
      !other.startsWith(".") &&
      (!other.includes(".") || /\.(?:md|markdown|mdx)$/i.test(other)) &&
      !isIndexName(other),
  );
  if (!isIndexName(name) || (!others && file !== name)) return false;
  try {
    const { post, diagnostics } = readPost(
      { file, bytes: readFileSync(join(config.posts.dir, file)) },
      config,
    );
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    return (
      post === undefined &&
      errors.every(({ code }) => code === "post/date-missing" || code === "front-matter/missing")
    );
  } catch {
    return false;
  }
}

export const listPage: LeftOut = {
  problem: notAPost,
  message: "An index without a date is the list of its folder, and no post.",
  hint: "Write date: if it is a post.",
};
export const hiddenFolder: LeftOut = {
  problem: notAPost,
  message: "The folder's _index says that its pages are in no list.",
  hint: "Change draft or cascade in _index if they are for readers.",
};
export const bundled: LeftOut = {
  problem: notAPost,
  message: "A file beside an index is a part of that post.",
  hint: "Set posts.bundles to false if it is a post of its own.",
};

/** Why a file is no post because of what is around it; asks the disk. */
export function leftOutByPlace(file: string, config: Config): LeftOut | undefined {
  const parts = file.split("/");
  for (let depth = 0; depth < parts.length; depth += 1) {
    const folder = parts.slice(0, depth).join("/");
    const names = namesIn(join(config.posts.dir, folder));
    if (isHiddenFolder(folder, names, config)) return hiddenFolder;
    const isOwn = depth === parts.length - 1 && isIndexName(parts[depth] ?? "");
    if (isBundle(folder, names, config)) return isOwn ? undefined : bundled;
    if (isOwn && isListPage(file, names, config)) return listPage;
  }
  return undefined;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
