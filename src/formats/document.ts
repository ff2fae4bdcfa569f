import { type Enclosure, Feed, type FeedOptions, type Item } from "feed";
import type { Config } from "../model/config.ts";
import type { Format } from "../model/format.ts";
import { generatorName } from "../model/generator-mark.ts";
import type { Namespaces } from "../model/namespaces.ts";
import type { FeedHistory, FeedPlan, Variant } from "../model/plan.ts";
import type { Attachment, Author, Post, PostContent } from "../model/post.ts";
import { parseUrl } from "../model/url.ts";
import { feedFormats } from "./formats.ts";
import { type CleanEntry, cleanEntry } from "./input/clean-entry.ts";
import { type CleanHead, cleanHead } from "./input/clean-head.ts";
import { siteExtensions } from "./namespaces/extensions.ts";
import { stylesheetHref } from "./site/stylesheet.ts";
import { escapeHtml } from "./text.ts";

/** What a post says that an Item of the package `feed` has no place for. */
type PostFacts = {
  -readonly [Field in
    | "language"
    | "externalUrl"
    | "canonical"
    | "comments"
    | "commentsFeed"
    | "inReplyTo"
    | "license"
    | "place"
    | "translations"]?: Post[Field];
};

/** An Item of the package with the facts it has no place for. `description` and `content` are HTML. */
export interface EntryItem extends Item, PostFacts {
  /** With true types, lengths, durations and dimensions; before `audio`, `video` and `enclosure`. */
  attachments?: readonly Attachment[];
  /** The image with its dimensions and texts; before `image`. */
  imageDetails?: Attachment;
  /** The body as written, for `source:markdown` in RSS. */
  markdown?: string;
}

/** The package's options with what they have no place for. */
export interface FeedHeadOptions extends FeedOptions {
  /** WebSub hubs, beside `hub`. */
  hubs?: string[];
  /** Square icon, for JSON Feed; else `image`. */
  icon?: string;
  /** For `pubDate` in RSS. */
  published?: Date;
  /** The documents around this one in the feed's history (RFC 5005, section 4). */
  history?: HistoryLinks;
  /** Prefixes that extensions may use beside the known ones, and their URIs. */
  namespaces?: Namespaces;
}

/** Addresses of the documents before, after and at the head of this one, by format; with `current` it is an archive. */
export type HistoryLinks = Partial<
  Record<"current" | "previous" | "next", Partial<Record<Format, string>> | undefined>
>;

/** The entry of a post, clean: what every format is written from. */
export function entryOf(post: Post, content: PostContent, variant: Variant, config: Config): CleanEntry {
  const item = toItem(post, content, variant, config);
  return cleanEntry(item, config.feeds.namespaces, { post, content, variant, config });
}

/**
 * A post as an item, with every other field of the post as it is. Full mode carries the HTML, and for a link post a last
 * paragraph with the link, since RSS has no element for it; summary mode carries the summary alone. `description` is the
 * plain summary, escaped as HTML.
 */
export function toItem(post: Post, content: PostContent, variant: Variant, config: Config): EntryItem {
  const full = variant.content === "full";
  return {
    ...post,
    link: post.url,
    date: new Date(post.updated ?? post.date),
    published: new Date(post.date),
    description: escapeHtml(content.summary),
    content: full ? content.html + externalLink(post.externalUrl) : undefined,
    category: categoriesOf(post).map((name) => ({ name })),
    author: post.authors.map(toAuthor),
    image: content.image && toEnclosure(content.image),
    imageDetails: content.image,
    attachments: content.attachments,
    markdown: full && config.feeds.sourceMarkdown ? content.markdown : undefined,
    // The package's type has no room for text, numbers and lists; its own writers and ours take them.
    extensions: siteExtensions(post, content, config.feeds) as Item["extensions"],
  };
}

/** The section first, as readers show the first category with most weight. */
function categoriesOf({ section, tags }: Post): readonly string[] {
  return section === undefined ? tags : [section, ...tags.filter((tag) => tag !== section)];
}

function externalLink(url: string | undefined): string {
  const host = url === undefined ? undefined : parseUrl(url)?.host;
  if (url === undefined || host === undefined) return "";
  return `\n<p><a href="${escapeHtml(url).replaceAll('"', "&quot;")}">→ ${escapeHtml(host)}</a></p>`;
}

function toAuthor({ name, email, url, avatar }: Author): NonNullable<Item["author"]>[number] {
  return { name, email, link: url, avatar };
}

function toEnclosure({ url, type, length, title }: Attachment): Enclosure {
  return { url, type, length, title };
}

/** The head of a plan's documents, clean. */
export function headOf(plan: FeedPlan, config: Config): CleanHead {
  // An archive belongs to the show that it continues.
  const { rss } = documentsIn(plan.history?.current?.folder ?? plan.folder, plan, config);
  const address = rss ?? new URL(plan.folder, config.site.url).href;
  return cleanHead(toFeed(plan, config), { plan, config, address });
}

/** The head of a feed, without its items; `updated` is the newest post's, and absent without posts. */
export function toFeed(plan: FeedPlan, config: Config): Feed {
  const { site } = config;
  const base = new URL(plan.folder, site.url).href;
  const instants = plan.posts.map((post) => post.updated ?? post.date);
  const icon = site.icon && resolve(site.icon, site.url);
  const updated =
    instants.length === 0 ? undefined : new Date(instants.reduce((newest, one) => Math.max(newest, one)));
  const options: FeedHeadOptions = {
    id: feedId(plan, config, base),
    title: plan.title,
    description: plan.description,
    language: plan.podcast?.language ?? plan.language,
    link: plan.homePage,
    generator: generatorName,
    feedLinks: documentsIn(plan.folder, plan, config),
    author: mainAuthor(config),
    // Nobody subscribes to an archive, so it is no topic.
    hubs: plan.history?.current ? [] : [...config.websub.hubs],
    history: plan.history && historyLinks(plan.history, plan, config),
    namespaces: config.feeds.namespaces,
    stylesheet: config.feeds.stylesheet ? stylesheetHref(plan.folder) : undefined,
    copyright: site.copyright,
    icon,
    favicon: icon,
    image: site.image && resolve(site.image, site.url),
    updated,
    // SmartFormat requires the date, which RSS makes optional.
    published: plan.profile === "smartnews" ? updated : undefined,
  };
  return new Feed(options);
}

/** The addresses of a folder's documents, by format. */
function documentsIn(folder: string, { formats }: FeedPlan, { site }: Config): Record<string, string> {
  const base = new URL(folder, site.url).href;
  return Object.fromEntries(formats.map((format) => [format, base + feedFormats[format].fileName]));
}

function historyLinks(history: FeedHistory, plan: FeedPlan, config: Config): HistoryLinks {
  const links = (folder: string | undefined) =>
    folder === undefined ? undefined : documentsIn(folder, plan, config);
  const { current, previous, next } = history;
  return { current: links(current?.folder), previous: links(previous), next: links(next) };
}

/** An archive has the id of the feed that it continues. With an authority the id survives a new host; else it is the address of the feed's folder. */
function feedId(plan: FeedPlan, { site }: Config, base: string): string {
  const current = plan.history?.current;
  if (site.authority) return `tag:${site.authority}:feed/${encodeURI(current?.key ?? plan.key)}`;
  return current ? new URL(current.folder, site.url).href : base;
}

/** Atom requires an author: the site's first, else the site itself. */
function mainAuthor({ site }: Config): NonNullable<FeedOptions["author"]> {
  const [first] = Object.values(site.authors);
  return first ? toAuthor(first) : { name: site.title, link: site.url };
}

function resolve(reference: string, base: string): string | undefined {
  return parseUrl(reference, base)?.href;
}
