import { readdirSync, readFileSync, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { findFormat } from "../formats/formats.ts";
import type { Config } from "../model/config.ts";
import { Failure } from "../model/failure.ts";
import { type CheckOptions, inspectDocument } from "./check-document.ts";
import { checkSet, type SetFeed, type UnreadDocument } from "./compare/check-set.ts";
import { EntryDetacher, readParsed } from "./compare/read-entries.ts";
import { decodeBytes } from "./parse/decode-bytes.ts";
import type { Checked, Finding } from "./report/finding.ts";
import { urlOfOutput } from "./site/inspect-output.ts";

export interface FilesOptions extends CheckOptions {
  /** Folder from which files are named. Default: the current one. */
  readonly root?: string;
  /** Documents in its output folder are checked with the public addresses that they will have. */
  readonly config?: Config;
}

/** @throws Failure `usage` when the file cannot be read */
export function checkFile(path: string, options: FilesOptions = {}): Checked {
  return checkBytes(
    readBytes(path),
    nameFile(path, options.root),
    options,
    publicFacts(path, options.config),
  );
}

/** Checks bytes that are in no file, such as those of standard input. */
export function checkBytes(
  bytes: Uint8Array,
  name: string,
  options: CheckOptions = {},
  facts: { readonly url?: string; readonly mediaType?: string } = {},
): Checked {
  const { diagnostics, parsed } = inspectDocument({ bytes, name, ...facts }, options);
  return { findings: diagnostics, sources: new Map([[name, parsed?.text ?? textOf(bytes)]]) };
}

/**
 * Checks every document below a folder, and all of them as a set. Files that are not a feed, a list of feeds or a sitemap are skipped.
 * @throws Failure `usage` when the folder cannot be read or holds no document
 */
export function checkFolder(folder: string, options: FilesOptions = {}): Checked {
  const found: Finding[] = [];
  const sources = new Map<string, string>();
  const set: SetFeed[] = [];
  const detacher = new EntryDetacher();
  for (const { path, bytes, facts } of readDocuments(folder, options)) {
    const name = nameFile(join(folder, path), options.root);
    const { diagnostics, parsed } = inspectDocument({ bytes, name, ...facts }, options);
    for (const diagnostic of diagnostics) found.push(diagnostic);
    sources.set(name, diagnostics.length === 0 ? "" : (parsed?.text ?? textOf(bytes)));
    const { url } = facts;
    const feed = detacher.detach(readParsed(parsed, () => ""));
    set.push({ path, size: bytes.length, feed, ...(url !== undefined && { url }) });
  }
  const together = checkSet(set, { ...(options.now !== undefined && { now: options.now }) }).map(
    ({ entry: _, ...diagnostic }) => ({
      ...diagnostic,
      file: nameFile(join(folder, diagnostic.file), options.root),
    }),
  );
  return { findings: [...found, ...together], sources };
}

/** The documents below a folder, read one by one. @throws Failure `usage` when there is none */
export function* readDocuments(
  folder: string,
  options: FilesOptions = {},
): Generator<UnreadDocument & { facts: Facts }> {
  let isEmpty = true;
  for (const path of listFiles(folder)) {
    const bytes = readBytes(join(folder, path));
    if (!isDocument(path, bytes)) continue;
    isEmpty = false;
    yield { path, bytes, facts: publicFacts(join(folder, path), options.config) };
  }
  if (isEmpty) {
    throw new Failure("usage", `There is no feed, list of feeds or sitemap in ${folder}.`, {
      hint: "Build first, or give the folder that the feeds are in.",
    });
  }
}

/** A file as people would type it: relative to the root where it is below that. */
export function nameFile(path: string, root: string = process.cwd()): string {
  return pathBelow(root, path) ?? path.split(sep).join("/");
}

/** A path relative to a folder, with `/`; undefined for what is not below it. */
export function pathBelow(folder: string, path: string): string | undefined {
  const below = relative(folder, resolve(path));
  if (below === ".." || below.startsWith(`..${sep}`) || isAbsolute(below)) return undefined;
  return below.split(sep).join("/");
}

/** @throws Failure `usage` */
export function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Failure("usage", `${path} cannot be read.`, {
      hint: "Give a file, a folder, an address or - for standard input.",
      cause,
    });
  }
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

interface Facts {
  readonly url?: string;
  readonly mediaType?: string;
}

/** Address and media type of a document in the output folder. */
function publicFacts(path: string, config: Config | undefined): Facts {
  if (config === undefined) return {};
  const below = pathBelow(config.out, path);
  if (below === undefined) return {};
  const format = findFormat(below);
  return { url: urlOfOutput(below, config), ...(format && { mediaType: format.mediaType }) };
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(xml|rss|rdf|atom|json|opml)$/i.test(entry.name))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
      .filter((path) => !/(^|\/)(node_modules|\.[^/]*)\//.test(path))
      .sort();
  } catch (cause) {
    throw new Failure("usage", `${folder} cannot be read.`, {
      hint: "Give a folder that you may read.",
      cause,
    });
  }
}

/** JSON has to say that it is a feed; XML is recognised by its first elements. An empty file counts as a broken document. */
function isDocument(path: string, bytes: Uint8Array): boolean {
  const start = textOf(bytes.subarray(0, 4096));
  // PHP writes slashes as `\/`.
  if (/\.json$/i.test(path))
    return /"https?:\/\/(www\.)?jsonfeed\.org\/version\//.test(start.replaceAll("\\/", "/"));
  return start.trim() === "" || /<([\w.-]+:)?(rss|RDF|feed|entry|opml|urlset|sitemapindex)[\s>/]/.test(start);
}

function textOf(bytes: Uint8Array): string {
  return decodeBytes(bytes).text;
}
