// Which files are ours where no manifest says so: they carry our generator's mark at the place that their kind has for it.
import { closeSync, lstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import { generatorName, generatorWords } from "../model/generator-mark.ts";
import { readFileFacts } from "./file-facts.ts";
import type { FileFacts } from "./manifest.ts";

/** The mark is within so many bytes from a document's beginning. */
const longestHead = 1 << 15;

/** Folders of feeds that come and go with the posts. */
const folders = ["tags", "authors", "sections", "languages", "archive", "feeds"];
const feedNames: ReadonlySet<string> = new Set(["rss.xml", "atom.xml", "feed.json"]);
/** What is written beside the site's own feed, besides a landing page of another name. */
const siteNames =
  /^(?:(?:news-)?sitemap(?:-\d+)?\.xml|feeds\.(?:opml|css)|autodiscovery\.html|index\.html|_headers)$/;
const menu = ".well-known/feed-menu.json";

/** A document's beginning, or nothing where there is no file. */
export function readBeginning(path: string): string {
  const bytes = Buffer.allocUnsafe(longestHead);
  try {
    const handle = openSync(path, "r");
    try {
      return bytes.toString("utf8", 0, readSync(handle, bytes, 0, longestHead, 0));
    } finally {
      closeSync(handle);
    }
  } catch {
    return "";
  }
}

/** Whether a document says that we wrote it. Text of an entry or of a page that quotes a mark says nothing. */
export function hasMark(head: string): boolean {
  const start = head.trimStart();
  if (/^(?:<\?xml[^<>]*\?>\s*)?(?:<!--|\/\*|#) /.test(start)) {
    const comment = start.slice(0, 200).replace(/^<\?xml[^<>]*\?>\s*/, "");
    return new RegExp(`^(?:<!--|/\\*|#) ${generatorWords}(?: -->| \\*/|\\n)`).test(comment);
  }
  if (start.startsWith("{"))
    return /"_generator":\s*\{\s*"name":\s*"feedwright"\s*\}/.test(before(start, '"items"'));
  if (/^<!doctype html/i.test(start))
    return /<meta name="?generator"? content="?feedwright"?\s?\/?>/i.test(before(start, "</head"));
  const channel = before(before(before(start, "<item>"), "<entry>"), "<![CDATA[");
  return /<(?:rss|feed)[\s>]/.test(channel) && channel.includes(`<generator>${generatorName}</generator>`);
}

function before(text: string, end: string): string {
  const at = text.indexOf(end);
  return at < 0 ? text : text.slice(0, at);
}

/** The forms of documents that had no mark in version 0.1. */
const earlierForms: readonly RegExp[] = [
  /^\{\n {2}"version": "https:\/\/jsonfeed\.org\/version\/1\.1",\n {2}"title": /,
  /^<\?xml version="1\.0" encoding="utf-8"\?>\n<opml version="2\.0">\n {2}<head>\n/,
  /^<\?xml version="1\.0" encoding="utf-8"\?>\n<(?:urlset|sitemapindex) xmlns="[^"]+"(?: xmlns:news="[^"]+")?>\n/,
  /^<!doctype html>\n[\s\S]*\n<body data-base="[^"]*" data-copy="/,
  /^:root \{ color-scheme: light dark; \}\nrss, feed \{\n/,
  /^\{\n {2}"feed-menu": "/,
  /^(?:<link rel="alternate" type="[^"]*" title="[^"]*" href="[^"]*">\n)+/,
  /^\/\S*\n {2}Content-Type: \S+(?:; charset=utf-8)?\n {2}Cache-Control: public, max-age=(?:900|3600)\n {2}X-Content-Type-Options: nosniff\n/,
];

/**
 * The files of an output folder whose manifest is lost. What carries our mark is ours. So is what has the form that version
 * 0.1 gave it, where RSS or Atom of the site have the mark and nothing else has.
 */
export function findOwnFiles(out: string): Record<string, FileFacts> {
  const marked: string[] = [];
  const earlier: string[] = [];
  for (const path of listCandidates(out)) {
    const head = readBeginning(join(out, path));
    if (hasMark(head)) marked.push(path);
    else if (earlierForms.some((form) => form.test(head))) earlier.push(path);
  }
  const isOfEarlierVersion =
    marked.some((path) => path === "rss.xml" || path === "atom.xml") &&
    marked.every((path) => /(?:rss|atom)\.xml$/.test(path));
  const own = isOfEarlierVersion ? [...marked, ...earlier] : marked;
  return Object.fromEntries(own.map((path) => [path, readFileFacts(join(out, path))]));
}

function listCandidates(out: string): string[] {
  const top = namesIn(out).filter(
    ({ name, isFile }) => isFile && (feedNames.has(name) || siteNames.test(name)),
  );
  const inFolders = folders.flatMap((folder) => listFeeds(out, folder));
  const listed = isFile(join(out, menu)) ? [menu] : [];
  return [...top.map(({ name }) => name), ...listed, ...inFolders];
}

function listFeeds(out: string, folder: string): string[] {
  return namesIn(join(out, folder)).flatMap(({ name, isFile, isFolder }) => {
    if (isFolder) return listFeeds(out, `${folder}/${name}`);
    return isFile && feedNames.has(name) ? [`${folder}/${name}`] : [];
  });
}

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** What is in a folder; nothing where it is none, or a symbolic link. */
function namesIn(folder: string): { name: string; isFile: boolean; isFolder: boolean }[] {
  try {
    if (!lstatSync(folder).isDirectory()) return [];
    return readdirSync(folder, { withFileTypes: true }).map((one) => ({
      name: one.name,
      isFile: one.isFile(),
      isFolder: one.isDirectory(),
    }));
  } catch {
    return [];
  }
}
