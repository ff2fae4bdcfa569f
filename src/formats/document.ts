// In come posts and plans; out go an Item and a Feed of the package `feed`, the document model of this room.

import { type Enclosure, Feed, type FeedOptions, type Item } from "feed";
import type { Config } from "../model/config.ts";
import { type Format, formatFiles } from "../model/format.ts";
import type { FeedHistory, FeedPlan, Variant } from "../model/plan.ts";
import type { Attachment, Author, Place, Post, PostContent } from "../model/post.ts";
import { parseUrl } from "../model/url.ts";
import { escapeHtml } from "./input/html-text.ts";
import type { Extension } from "./namespaces/any/extension.ts";
import type { Namespaces } from "./namespaces/registry.ts";
import { entryExtensions, feedExtensions } from "./namespaces/registry.ts";
import { stylesheetHref } from "./site/stylesheet.ts";

/** An Item of the package with the facts it has no place for. `description` and `content` are HTML. */
export interface EntryItem extends Item {
  /** BCP 47. */
  language?: string;
  /** With true types, lengths, durations and dimensions; before `audio`, `video` and `enclosure`. */
  attachments?: Attachment[];
  /** The image with its dimensions and texts; before `image`. */
  imageDetails?: Attachment;
  /** The page elsewhere that a link post is about. */
  externalUrl?: string;
  /** Where the text first stood. */
  canonical?: string;
  /** Page with the comments. */
  comments?: string;
  /** Feed of the comments, for `wfw:commentRss` in RSS. */
  commentsFeed?: string;
  inReplyTo?: string;
  /** URL of the licence. */
  license?: string;
  /** The body as written, for `source:markdown` in RSS. */
  markdown?: string;
  /** Where the story takes place, in degrees. */
  place?: Place;
  /** Where the same text stands in other languages; `language` is BCP 47. */
  translations?: { language: string; url: string }[];
}

/** What a post becomes: extensions hold text, numbers and lists as well, which the package's type has no room for. */
export type PostItem = Omit<EntryItem, "extensions"> & { extensions?: Extension[] };

/** The package's options with what they have no place for. */
export interface FeedHeadOptions extends FeedOptions {
  /** WebSub hubs, beside `hub`. */
  hubs?: string[];
  /** Square icon, for JSON Feed; else `image`. */
  icon?: string;
  /** For `pubDate` in RSS. */
  published?: Date;
  /** Where the document stands in the feed's history (RFC 5005, section 4). */
  history?: HistoryLinks;
  /** Prefixes that extensions may use beside the known ones, and the URIs they stand for. */
  namespaces?: Namespaces;
}

/** Addresses of the documents before, after and at the head of this one; with `current` it is an archive. */
export interface HistoryLinks {
  current?: Partial<Record<Format, string>>;
  previous?: Partial<Record<Format, string>>;
  next?: Partial<Record<Format, string>>;
}

/**
 * A post as an item. Full mode carries the HTML, and for a link post a last paragraph with the link, since RSS has
 * no element for it; summary mode carries the summary alone. `description` is the plain summary, escaped as HTML.
 */
export function toItem(post: Post, content: PostContent, variant: Variant, config: Config): PostItem {
  const full = variant.content === "full";
  const item: PostItem = {
    id: post.id,
    title: post.title,
    link: post.url,
    date: new Date(post.updated ?? post.date),
    published: new Date(post.date),
    description: escapeHtml(content.summary),
    category: post.tags.map((name) => ({ name })),
    author: post.authors.map(toAuthor),
    language: post.language,
    attachments: [...content.attachments],
  };
  if (full) item.content = content.html + externalLink(post.externalUrl);
  if (content.image) {
    item.image = toEnclosure(content.image);
    item.imageDetails = content.image;
  }
  if (full && config.feeds.sourceMarkdown && content.markdown) item.markdown = content.markdown;
  if (post.translations) item.translations = [...post.translations];
  if (post.externalUrl !== undefined) item.externalUrl = post.externalUrl;
  if (post.canonical !== undefined) item.canonical = post.canonical;
  if (post.comments !== undefined) item.comments = post.comments;
  if (post.commentsFeed !== undefined) item.commentsFeed = post.commentsFeed;
  if (post.inReplyTo !== undefined) item.inReplyTo = post.inReplyTo;
  if (post.license !== undefined) item.license = post.license;
  if (post.place !== undefined) item.place = post.place;
  const extensions = entryExtensions(post, content, variant, config);
  if (extensions.length > 0) item.extensions = [...extensions];
  return item;
}

/** The values that there are. */
function withoutAbsent<T extends Record<string, unknown>>(
  values: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function externalLink(url: string | undefined): string {
  const host = url === undefined ? undefined : parseUrl(url)?.host;
  if (url === undefined || host === undefined) return "";
  return `\n<p><a href="${escapeHtml(url).replaceAll('"', "&quot;")}">→ ${escapeHtml(host)}</a></p>`;
}

function toAuthor({ name, email, url, avatar }: Author): NonNullable<Item["author"]>[number] {
  const author: NonNullable<Item["author"]>[number] = { name };
  if (email !== undefined) author.email = email;
  if (url !== undefined) author.link = url;
  if (avatar !== undefined) author.avatar = avatar;
  return author;
}

function toEnclosure({ url, type, length, title }: Attachment): Enclosure {
  return { url, type, ...(length !== undefined && { length }), ...(title !== undefined && { title }) };
}

/** The head of a feed, without its items; `updated` is the newest post's, and absent where there is none. */
export function toFeed(plan: FeedPlan, config: Config): Feed {
  const { site } = config;
  const base = new URL(plan.folder, site.url).href;
  const instants = plan.posts.map((post) => post.updated ?? post.date);
  const icon = site.icon && resolve(site.icon, site.url);
  const options: FeedHeadOptions = {
    id: feedId(plan, config, base),
    title: plan.title,
    description: plan.description,
    language: plan.podcast?.language ?? plan.language,
    link: plan.homePage,
    generator: "feedwright",
    feedLinks: documentsIn(plan.folder, plan, config),
    author: mainAuthor(config),
    // Nobody subscribes to an archive, so it is no topic.
    hubs: plan.history?.current ? [] : [...config.websub.hubs],
    ...(plan.history && { history: historyLinks(plan.history, plan, config) }),
    namespaces: config.feeds.namespaces,
    ...(config.feeds.stylesheet && { stylesheet: stylesheetHref(plan.folder) }),
    ...withoutAbsent({ copyright: site.copyright, icon, favicon: icon }),
    ...withoutAbsent({ image: site.image && resolve(site.image, site.url) }),
  };
  if (instants.length > 0)
    options.updated = new Date(instants.reduce((newest, one) => Math.max(newest, one)));
  // SmartFormat requires the date, which RSS makes optional.
  if (options.updated && plan.profile === "smartnews") options.published = options.updated;
  const feed = new Feed(options);
  // An archive belongs to the show that it continues.
  const show = (options.history?.current ?? documentsIn(plan.folder, plan, config)).rss;
  // The package's type has no room for text, numbers and lists; its own writers and ours take them.
  for (const one of feedExtensions(plan, config, show ?? base))
    feed.addExtension(one as Parameters<Feed["addExtension"]>[0]);
  return feed;
}

/** The addresses of a folder's documents, by format. */
function documentsIn(folder: string, { formats }: FeedPlan, { site }: Config): Record<string, string> {
  const base = new URL(folder, site.url).href;
  return Object.fromEntries(formats.map((format) => [format, base + formatFiles[format].name]));
}

function historyLinks(history: FeedHistory, plan: FeedPlan, config: Config): HistoryLinks {
  const links = (folder: string | undefined) =>
    folder === undefined ? undefined : documentsIn(folder, plan, config);
  const { current, previous, next } = history;
  return withoutAbsent({ current: links(current?.folder), previous: links(previous), next: links(next) });
}

/** An archive has the id of the feed that it continues. With an authority the id survives a new host; else it is the address of the feed's folder. */
function feedId(plan: FeedPlan, { site }: Config, base: string): string {
  const current = plan.history?.current;
  if (site.authority) return `tag:${site.authority}:feed/${encodeURI(current?.key ?? plan.key)}`;
  return current ? new URL(current.folder, site.url).href : base;
}

/** Atom asks for somebody: the site's first author, else the site. */
function mainAuthor({ site }: Config): NonNullable<FeedOptions["author"]> {
  const [first] = Object.values(site.authors);
  return first ? toAuthor(first) : { name: site.title, link: site.url };
}

function resolve(reference: string, base: string): string | undefined {
  return parseUrl(reference, base)?.href;
}
