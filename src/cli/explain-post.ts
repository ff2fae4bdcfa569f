// Whether a path is in the feeds, and what decides it.
import { lstatSync, readFileSync, realpathSync, type Stats } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { Failure } from "../model/failure.ts";
import { type Post, type PostStatus, postStatus } from "../model/post.ts";
import { readManifest } from "../output/manifest.ts";
import {
  type FieldTrace,
  findDecidingKeys,
  guessIdentity,
  tracePost,
  type WrittenKey,
} from "../posts/fields/trace-post.ts";
import { discoverPosts } from "../posts/folder/discover.ts";
import { explainName, type NameVerdict } from "../posts/folder/explain-name.ts";
import { displayPath } from "../posts/folder/posts-folder.ts";
import { readPost } from "../posts/read-post.ts";
import { Site } from "../site/site.ts";

/** What a path is for the feeds. */
export type Standing =
  | PostStatus
  /** It has an error; `held` where the feeds have its last good version. */
  | "failed"
  | "held"
  /** A sound post that is left out because of another one, or because of a file that it names. */
  | "left-out"
  /** Public, and in no feed: those have newer posts, or want others. */
  | "not-listed"
  | NameVerdict["standing"]
  | "outside"
  | "folder"
  | "link";

export interface Explanation {
  /** The path below the posts folder; for one outside, as it was given. */
  readonly file: string;
  readonly standing: Standing;
  /** Completes "it is (not) in the feeds: …". */
  readonly reason: string;
  /** What would change it. */
  readonly change?: string;
  /** The keys that decide. */
  readonly decidedBy: readonly WrittenKey[];
  /** The documents that show it, below the output folder. */
  readonly documents: readonly string[];
  readonly id?: string;
  readonly url?: string;
  readonly fields: readonly FieldTrace[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Options {
  readonly now: number;
  readonly drafts: boolean;
}

type Verdict = Pick<Explanation, "standing" | "reason"> & Partial<Explanation>;

/** Explains any path that exists. @throws Failure `usage` for one that does not, `posts-missing` */
export async function explainPath(path: string, config: Config, options: Options): Promise<Explanation> {
  const { full, stat } = findPath(path, config);
  const file = belowPosts(full, config);
  const verdict =
    file === undefined
      ? explainOutside(path, config)
      : (explainFile(file, full, stat, config) ?? (await explainPost(file, full, config, options)));
  return { file: file ?? path, decidedBy: [], documents: [], fields: [], diagnostics: [], ...verdict };
}

/** The path as it was typed, or below the posts folder. */
function findPath(path: string, config: Config): { full: string; stat: Stats } {
  for (const full of [resolve(path), resolve(config.root, path), resolve(config.posts.dir, path)]) {
    const stat = lstatSync(full, { throwIfNoEntry: false });
    if (stat !== undefined) return { full, stat };
  }
  throw new Failure("usage", `There is no file ${path}.`, {
    hint: `Give the path of a post, such as ${displayPath("hello.md", config)}.`,
  });
}

/** The path below the posts folder, with `/`; undefined for one that is not below it. */
function belowPosts(full: string, config: Config): string | undefined {
  const { dir } = config.posts;
  const real = realPathOf(dir);
  const found = [relative(dir, full), relative(real, full), relative(real, realPathOf(full))].find(
    (one) => !/^\.\.(?:[/\\]|$)/.test(one) && one !== full,
  );
  return found?.replaceAll("\\", "/");
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function explainOutside(path: string, config: Config): Verdict {
  const folder = displayPath("", config).replace(/\/$/, "") || ".";
  return {
    standing: "outside",
    reason: `it is not below the posts folder ${folder}`,
    change: `Move ${path} there, or name the right folder with posts.dir or --posts.`,
  };
}

/** What can be said without reading the file; undefined for a file that is read. */
function explainFile(file: string, full: string, stat: Stats, config: Config): Verdict | undefined {
  const isFolder = stat.isDirectory();
  // A folder has the name of a post where its files may be posts.
  const verdict = file === "" ? undefined : explainName(isFolder ? `${file}/a.md` : file, config);
  if (verdict !== undefined && !(isFolder && verdict.standing === "not-a-post")) return verdict;
  const { files, diagnostics } = discoverPosts(config);
  if (isFolder) return explainFolder(file, files);
  if (files.some((one) => one.file === file)) return undefined;
  const shown = displayPath(file, config);
  const found = diagnostics.filter((one) => one.file === shown || shown.startsWith(`${one.file}/`));
  if (found[0] !== undefined) {
    const standing = found[0].code === "file/link" ? "link" : "left-out";
    return { standing, reason: sentence(found[0].message), diagnostics: found };
  }
  if (stat.isSymbolicLink()) {
    const target = belowPosts(realPathOf(full), config);
    const reason = `it is a link to ${target ?? "another file"}, which is read under its own name`;
    return { standing: "link", reason, change: `Ask for ${target ?? "the file itself"}.` };
  }
  return { standing: "never-read", reason: "it is not among the files that are taken for posts" };
}

function explainFolder(file: string, files: readonly { readonly file: string }[]): Verdict {
  const inside = files.filter((one) => file === "" || one.file.startsWith(`${file}/`)).length;
  return {
    standing: "folder",
    reason: `it is a folder, in which ${inside === 1 ? "1 file is" : `${inside} files are`} read as posts`,
    change: "Give the path of one of its files.",
  };
}

async function explainPost(file: string, full: string, config: Config, options: Options): Promise<Verdict> {
  const source = { file, bytes: readFileSync(full) };
  const { post, diagnostics } = readPost(source, config);
  const fields = tracePost(source, config);
  const known = { fields, diagnostics, ...(post && { id: post.id, url: post.url }) };
  const decidedBy = () => findDecidingKeys(source, config, options.now);
  if (post === undefined) {
    const identity = guessIdentity(source, config);
    const isHeld = identity !== undefined && isPublished(identity, config);
    return { ...known, ...describeFailed(diagnostics, isHeld), decidedBy: decidedBy() };
  }
  const standing = postStatus(options.drafts ? { ...post, draft: false } : post, options.now);
  if (standing !== "published")
    return { ...known, standing, ...describeStanding[standing](post), decidedBy: decidedBy() };
  return { ...known, ...(await explainPublic(post, diagnostics, config, options)) };
}

/** Whether the last build showed an entry with this id or address. */
function isPublished({ id, url }: { id: string; url: string }, config: Config): boolean {
  const { entries = [], leftOut = [] } = readManifest(join(config.root, ".feedwright"), config.out) ?? {};
  return [...entries, ...leftOut].some((one) => one.id === id || one.knownAs === id || one.url === url);
}

function describeFailed(diagnostics: readonly Diagnostic[], isHeld: boolean): Verdict {
  const error = diagnostics.find(({ severity }) => severity === "error");
  const what = error === undefined ? "it has an error" : `it has an error: ${sentence(error.message)}`;
  return isHeld
    ? { standing: "held", reason: `as it is now; readers have its last good version, for ${what}` }
    : { standing: "failed", reason: what };
}

const takeOut = "Take that out of its front matter, or write the opposite.";

const describeStanding: Record<
  Exclude<PostStatus, "published">,
  (post: Post) => { reason: string; change: string }
> = {
  draft: () => ({ reason: "it is a draft", change: `${takeOut} --drafts shows how it would look.` }),
  future: ({ date }) => ({
    reason: `its date, ${showInstant(date)}, has not come yet`,
    change: "It appears with the first build after that time; watch builds then by itself.",
  }),
  expired: ({ expires, date, retracted }) => ({
    reason: `it ${retracted === undefined ? "expired at" : "is retracted since"} ${showInstant(retracted ?? expires ?? date)}`,
    change: "Write a later time, or take it out.",
  }),
  unlisted: () => ({ reason: "it is unlisted", change: takeOut }),
  private: () => ({ reason: "it is private", change: takeOut }),
};

/** A public post is in the feeds if a build shows it: another post, a missing file or newer posts may keep it out. */
async function explainPublic(
  { file }: Post,
  own: readonly Diagnostic[],
  config: Config,
  { now, drafts }: Options,
): Promise<Verdict> {
  const documents: string[] = [];
  const site = new Site(config, {
    write: false,
    cache: false,
    keepGoing: true,
    drafts,
    onDocument: ({ path, posts }) => {
      if (posts.some((one) => one.file === file)) documents.push(path);
    },
  });
  const shown = displayPath(file, config);
  const all = (await site.update(now)).diagnostics.filter((one) => one.file === shown);
  site.close();
  const diagnostics = all.length > 0 ? all : own;
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error !== undefined) return { standing: "left-out", reason: sentence(error.message), diagnostics };
  // The site's own feed first.
  const depth = (path: string) => path.split("/").length;
  const places = [...new Set(documents)].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
  if (places.length > 0)
    return {
      standing: "published",
      reason: "it is public and its date is past",
      documents: places,
      diagnostics,
    };
  return {
    standing: "not-listed",
    reason: `it is public, and older than the newest ${config.feeds.limit} posts, which the feeds show`,
    change: "Raise feeds.limit, or keep older posts in archives with feeds.archives.",
    diagnostics,
  };
}

/** A message as the end of a sentence. */
function sentence(message: string): string {
  const text = message.replace(/\.$/, "");
  return /^(?:The|It|This|Two|Its) /.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function showInstant(instant: number): string {
  return new Date(instant).toISOString().replace(".000Z", "Z");
}
