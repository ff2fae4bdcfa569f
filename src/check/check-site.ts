// In comes a site's configuration; out goes what is wrong with its posts, with every document a build would write, and with their set.
import { readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { shownPath } from "../config/resolve-config.ts";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Post } from "../model/post.ts";
import { type MadeDocument, Site } from "../site.ts";
import { Attribution, tellOnce } from "./attribute-findings.ts";
import { type CheckOptions, inspectDocument } from "./check-document.ts";
import { checkSet, type SetDocument } from "./check-set.ts";
import type { Checked, Finding } from "./finding.ts";
import { readParsed } from "./read-entries.ts";
import { applySettings } from "./settings.ts";

export interface CheckSiteOptions extends CheckOptions {
  /** Check drafts as if they were published. */
  readonly drafts?: boolean;
  readonly signal?: AbortSignal;
}

/** A site as a build would write it. */
export interface MadeSite {
  readonly documents: readonly MadeDocument[];
  /** What the build says of the posts. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Makes every document of a site in memory; writes nothing.
 * @throws Failure `posts-missing`, `interrupted`
 */
export async function makeSiteDocuments(config: Config, options: CheckSiteOptions = {}): Promise<MadeSite> {
  const documents = new Map<string, MadeDocument>();
  const site = new Site(config, {
    write: false,
    cache: false,
    ...(options.drafts && { drafts: true }),
    ...(options.signal && { signal: options.signal }),
    onDocument: (document) => documents.set(document.path, document),
  });
  try {
    const { diagnostics } = await site.update(options.now ?? Date.now());
    return { documents: [...documents.values()], diagnostics };
  } finally {
    site.close();
  }
}

/**
 * Checks a site: posts, documents and the set of them, also against the output folder as it stands. `check` of the
 * configuration counts: its severities, its ignores, and its profiles beside those of the options.
 * @throws Failure `posts-missing`, `interrupted`
 */
export async function checkSite(config: Config, options: CheckSiteOptions = {}): Promise<Checked> {
  const profile = [...new Set([...config.check.profiles, ...[options.profile ?? []].flat()])];
  const { findings, sources } = await inspectSite(config, { ...options, profile });
  const scope = { configFile: shownPath(config), looked: "site" } as const;
  return { findings: applySettings(findings, config.check, scope), sources };
}

/**
 * Everything that can be found in a site, whatever `check` of its configuration makes of it.
 * @throws Failure `posts-missing`, `interrupted`
 */
export async function inspectSite(config: Config, options: CheckSiteOptions = {}): Promise<Checked> {
  const now = options.now ?? Date.now();
  const made = await makeSiteDocuments(config, { ...options, now });
  const feeds = made.documents.filter(isChecked);
  const attribution = new Attribution(config);
  const sources = new Map<string, string>();
  const findings: Finding[] = [...made.diagnostics];
  const set = feeds.map(({ path, mediaType, content, posts }): SetDocument => {
    const bytes = Buffer.from(content);
    const about = { bytes, name: nameOf(path, config), mediaType, url: urlOf(path, config) };
    const { diagnostics, parsed } = inspectDocument(about, { ...options, now });
    sources.set(about.name, typeof content === "string" ? content : bytes.toString());
    for (const finding of attribution.attribute({ parsed, posts }, diagnostics)) findings.push(finding);
    return { path, bytes, url: about.url, feed: readParsed(parsed) };
  });
  const posts = new Map(feeds.flatMap((document) => document.posts).flatMap(namesOf));
  const together = checkTogether(set, posts, made.diagnostics, { attribution, config, now });
  return { findings: tellOnce([...findings, ...together]), sources };
}

/** Feeds, lists of feeds and sitemaps; pages, styles and headers are none of this room's business. */
export function isChecked({ mediaType }: Pick<MadeDocument, "mediaType">): boolean {
  return /^application\/(.+\+xml|xml|feed\+json)$|opml/.test(mediaType);
}

/** Where a document of the output folder will be public. */
export function urlOf(path: string, config: Config): string {
  return new URL(path.split("/").map(encodeURIComponent).join("/"), config.site.url).href;
}

/** A document of the output folder as people would type it. */
export function nameOf(path: string, config: Config): string {
  return relative(config.root, join(config.out, path)).split(sep).join("/");
}

function checkTogether(
  set: readonly SetDocument[],
  posts: ReadonlyMap<string, Post>,
  known: readonly Diagnostic[],
  { attribution, config, now }: { attribution: Attribution; config: Config; now: number },
): Finding[] {
  const previous = set.flatMap((document) => readPublished(document, config));
  const isKnown = new Set(known.filter(({ code }) => code === "site/id-changed").map(({ file }) => file));
  return checkSet(set, { now, previous }).flatMap((found): Finding[] => {
    const { entry, ...diagnostic } = found;
    const named = { ...diagnostic, file: nameOf(diagnostic.file, config) };
    const post = entry && (posts.get(entry.id) ?? posts.get(entry.url));
    if (post === undefined) return [named];
    const finding = attribution.pointAt(post, found.code === "set/future" ? "date" : "id", named);
    // The build knows the ids of its own last output, and has said so at the same post.
    return found.code === "set/id-changed" && isKnown.has(finding.file) ? [] : [finding];
  });
}

function namesOf(post: Post): [string, Post][] {
  return [
    [post.id, post],
    [post.url, post],
  ];
}

/** The document that stands in the output folder; none where it is the same. */
function readPublished({ path, bytes }: SetDocument, config: Config): SetDocument[] {
  try {
    const published = readFileSync(join(config.out, path));
    return published.equals(bytes) ? [] : [{ path, bytes: published }];
  } catch {
    return [];
  }
}
