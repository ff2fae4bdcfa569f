import { createHash } from "node:crypto";
import { findFormat } from "../../formats/formats.ts";
import { Failure } from "../../model/failure.ts";

/** A file to publish, read when it is needed. */
export interface SetFile {
  /** Path below the output folder, with `/`. */
  readonly path: string;
  readonly mediaType: string;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
  read(): Uint8Array;
}

/** What a path is, and so when it is published: nothing may point to a file that is not public yet. */
export type FileKind = "asset" | "page" | "archive" | "collection" | "feed" | "sitemap";

const order: readonly FileKind[] = ["asset", "page", "archive", "collection", "feed", "sitemap"];

/** A file from bytes at hand. */
export function makeSetFile(file: { path: string; bytes: Uint8Array; mediaType: string }): SetFile {
  const { path, mediaType, bytes } = file;
  return { path, mediaType, digest: digestOf(bytes), size: bytes.length, read: () => bytes };
}

/** SHA-256, hexadecimal. */
export function digestOf(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** What a path is; a pure function of the path. */
export function fileKindOf(path: string): FileKind {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (/sitemap[^/]*\.xml$/.test(name)) return "sitemap";
  if (findFormat(name)) {
    if (path === name) return "feed";
    return /(^|\/)archive\//.test(path) ? "archive" : "collection";
  }
  return /\.(html|css|opml)$/.test(name) || name === "_headers" ? "page" : "asset";
}

/** Whether a path is a document with entries. */
export function isFeedDocument(path: string): boolean {
  const kind = fileKindOf(path);
  return kind === "feed" || kind === "collection" || kind === "archive";
}

/** Assets, pages, archives, collections, main feeds, sitemaps; by path within each. */
export function comparePublishOrder(a: { path: string }, b: { path: string }): number {
  const byKind = order.indexOf(fileKindOf(a.path)) - order.indexOf(fileKindOf(b.path));
  return byKind !== 0 ? byKind : a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

/** Files in groups, in the order of publishing; the files of a group may be published together. */
export function groupByPublishOrder<File extends { path: string }>(files: readonly File[]): File[][] {
  const groups = order.map((kind) =>
    files.filter(({ path }) => fileKindOf(path) === kind).sort(comparePublishOrder),
  );
  return groups.filter((group) => group.length > 0);
}

/** Refuses a path that could leave a target or hide in it. @throws Failure `target` */
export function assertSafePath(path: string): void {
  const parts = path.split("/");
  const bad =
    path === "" ||
    /[\u0000-\u001f\u007f\\]/.test(path) ||
    /^[A-Za-z]:/.test(path) ||
    parts.some((part) => part === "" || part === "." || part === ".." || part.toLowerCase() === ".git");
  if (bad) throw new Failure("target", `${JSON.stringify(path)} is not a path that can be published.`);
}

/** A feed document at its public address: the topic of WebSub. */
export interface Topic {
  readonly path: string;
  readonly url: string;
  /** SHA-256 of the new bytes, hexadecimal. */
  readonly digest: string;
}

export function topicOf({ path, digest }: SetFile, siteUrl: string): Topic {
  return { path, url: publicUrl(siteUrl, path), digest };
}

/** The public address of a path. */
export function publicUrl(siteUrl: string, path: string): string {
  return new URL(path.split("/").map(encodeURIComponent).join("/"), siteUrl).href;
}
