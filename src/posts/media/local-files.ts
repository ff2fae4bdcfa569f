import { existsSync } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Config } from "../../model/config.ts";
import type { Post } from "../../model/post.ts";

export interface LocalFile {
  /** Absolute path. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Absolute URL under which people will find it. */
  readonly url: string;
}

/** A file for `assets.copy`. */
export interface Asset {
  /** Absolute path of the source. */
  readonly file: string;
  /** Path below the output folder, with `/`. */
  readonly path: string;
}

type Answer = { readonly found: LocalFile } | { readonly problem: string };

/**
 * Looks for a file beside the post, then below `assets.dir`. A reference that begins with `/` is looked for there only.
 * Only plain files inside the project count: no devices, no pipes, no hidden files, no way out by `..` or links.
 */
export async function findLocalFile(written: string, post: Post, config: Config): Promise<Answer> {
  const path = decodePath(written);
  if (path === undefined) return { problem: "is not a file name" };
  if (path.split("/").some((part) => part.startsWith(".") && part !== "." && part !== ".."))
    return { problem: "is a hidden file" };
  let problem = "is not there";
  for (const candidate of candidatesFor(path, post, config)) {
    const answer = await inspectFile(candidate, config);
    if (typeof answer === "string") problem = answer;
    else if (answer !== undefined) {
      const url = urlOf(candidate, answer.path, written, post, config);
      return { found: { path: answer.path, size: answer.size, url } };
    }
  }
  return { problem };
}

/** The absolute paths where a file is looked for, up to the first that exists. When one of these changes, so does the result. */
export function listPlaces(written: string, post: Post, config: Config): string[] {
  const path = decodePath(written);
  const all = path === undefined ? [] : candidatesFor(path, post, config);
  const first = all.findIndex((place) => existsSync(place));
  return first === -1 ? all : all.slice(0, first + 1);
}

function decodePath(written: string): string | undefined {
  const bare = written
    .trim()
    .replace(/[?#].*$/s, "")
    .replaceAll("\\", "/");
  if (bare === "" || bare.endsWith("/")) return undefined;
  let path = bare;
  try {
    path = decodeURIComponent(bare);
  } catch {
    // A stray per cent sign: the name is used as written.
  }
  return path.includes("\0") || path.includes("\\") ? undefined : path;
}

function candidatesFor(path: string, post: Post, config: Config): string[] {
  const { dir } = config.assets;
  if (!path.startsWith("/")) {
    const beside = resolve(dirname(join(config.posts.dir, post.file)), path);
    return dir === undefined ? [beside] : [beside, resolve(dir, path)];
  }
  if (dir === undefined) return [];
  const below = new URL(config.site.url).pathname;
  const whole = join(dir, path);
  return path.startsWith(below) && below !== "/" ? [join(dir, path.slice(below.length)), whole] : [whole];
}

/** Gives path and size of a plain file, the reason why it may not be used, or undefined when nothing is there. */
async function inspectFile(
  candidate: string,
  config: Config,
): Promise<{ path: string; size: number } | string | undefined> {
  try {
    const path = await realpath(candidate);
    const homes = [
      config.root,
      config.posts.dir,
      ...(config.assets.dir === undefined ? [] : [config.assets.dir]),
    ];
    const real = await Promise.all(homes.map((home) => realpath(home).catch(() => home)));
    if (!real.some((home) => isInside(path, home))) return "is outside the project";
    const facts = await stat(path);
    return facts.isFile() ? { path, size: facts.size } : "is not a plain file";
  } catch {
    return undefined;
  }
}

function isInside(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function urlOf(candidate: string, real: string, written: string, post: Post, config: Config): string {
  const { dir } = config.assets;
  for (const path of [candidate, real]) {
    if (dir === undefined || !isInside(path, dir)) continue;
    const parts = relative(dir, path).split(sep).map(encodeURIComponent);
    return new URL(parts.join("/"), config.site.url).href;
  }
  return new URL(written.trim().replaceAll("\\", "/"), post.url).href;
}

/** The path below the output folder that a URL leads to; undefined when the URL is elsewhere. */
export function assetPath(url: string, config: Config): string | undefined {
  const parsed = new URL(url);
  const site = new URL(config.site.url);
  if (parsed.origin !== site.origin || !parsed.pathname.startsWith(site.pathname)) return undefined;
  try {
    const parts = parsed.pathname.slice(site.pathname.length).split("/").map(decodeURIComponent);
    const sound = parts.every((part) => part !== "" && !/^\.\.?$|[/\\\0]/.test(part));
    return sound ? parts.join("/") : undefined;
  } catch {
    return undefined;
  }
}
