import type { Config } from "../../model/config.ts";
import { generatorWords } from "../../model/generator-mark.ts";
import type { FeedPlan, OutputFile } from "../../model/plan.ts";
import type { FeedFormat } from "../format.ts";
import { feedFormats } from "../formats.ts";
import { html } from "../page/markup.ts";

/** The part of a FeedPlan that lists use. */
export type FeedHead = Pick<
  FeedPlan,
  "key" | "folder" | "title" | "description" | "language" | "homePage" | "formats"
>;

/** The kinds of feeds, in the order in which lists show them. */
export const listedKinds = ["site", "custom", "section", "language", "author", "tag"] as const;
export type ListedKind = (typeof listedKinds)[number];

/** The kind that a key begins with: `tag/harbour` is a tag's feed. Archives, which nobody subscribes to, have none. */
export function kindOf({ key }: Pick<FeedPlan, "key">): ListedKind | undefined {
  const word = key.split("/", 1)[0] ?? "";
  return listedKinds.find((kind) => kind === word);
}

/** Feeds by kind, kinds without feeds left out; within a kind in the order of their titles, then keys. */
export function groupFeeds<Head extends FeedHead>(
  feeds: readonly Head[],
): { readonly kind: ListedKind; readonly feeds: readonly Head[] }[] {
  const groups = new Map<ListedKind, Head[]>(listedKinds.map((kind) => [kind, []]));
  for (const feed of feeds) {
    const kind = kindOf(feed);
    if (kind !== undefined) groups.get(kind)?.push(feed);
  }
  return [...groups]
    .map(([kind, members]) => ({ kind, feeds: members.sort(compareFeeds) }))
    .filter((group) => group.feeds.length > 0);
}

/** By code units, not by a locale: the same on every machine. */
function compareFeeds(a: FeedHead, b: FeedHead): number {
  return compare(a.title.toLowerCase(), b.title.toLowerCase()) || compare(a.key, b.key);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A document of a feed: its format, its path below the output folder, and its public address. */
export interface DocumentLink extends Pick<FeedFormat, "format" | "label" | "mediaType" | "opmlVersion"> {
  readonly path: string;
  readonly url: string;
}

export function documentsOf({ formats, folder }: FeedHead, siteUrl: string): DocumentLink[] {
  return formats.map((name) => {
    const { format, label, fileName, mediaType, opmlVersion } = feedFormats[name];
    const path = folder + fileName;
    return { format, label, path, url: new URL(path, siteUrl).href, mediaType, opmlVersion };
  });
}

/** The document to recommend. */
export function preferredDocument(documents: readonly DocumentLink[]): DocumentLink | undefined {
  return Object.values(feedFormats)
    .map(({ format }) => documents.find((one) => one.format === format))
    .find((document) => document !== undefined);
}

/** The title without the site's own before it, for lists under the site's name: `Teluk · ferry` is `ferry`. */
export function shortTitle(title: string, siteTitle: string): string {
  const rest = title.startsWith(`${siteTitle} · `) ? title.slice(siteTitle.length + 3).trim() : "";
  return rest === "" ? title : rest;
}

/** The feed's description; empty for a collection that repeats the site's. */
export function ownDescription(feed: FeedHead, siteDescription: string): string {
  return kindOf(feed) !== "site" && feed.description === siteDescription ? "" : feed.description;
}

/**
 * The <link> tags by which browsers and readers find feeds (rssboard.org/rss-autodiscovery). One tag a document; the
 * site's own feed first, since some software takes the first and no other. Ends in a line break.
 */
export function makeAutodiscovery(feeds: readonly FeedHead[], { site }: Pick<Config, "site">): string {
  const tags = groupFeeds(feeds).flatMap(({ feeds: members }) =>
    members.flatMap((feed) =>
      documentsOf(feed, site.url).map(({ label, mediaType, url }) => {
        const title = `${feed.title.replace(/\s+/g, " ")} (${label})`;
        return html`<link rel="alternate" type="${mediaType}" title="${title}" href="${url}">\n`.text;
      }),
    ),
  );
  return tags.join("");
}

/** The same tags as a file that other pages include. */
export function makeAutodiscoveryFile(feeds: readonly FeedHead[], config: Pick<Config, "site">): OutputFile {
  const content = `<!-- ${generatorWords} -->\n${makeAutodiscovery(feeds, config)}`;
  return { path: "autodiscovery.html", mediaType: "text/html", content };
}
