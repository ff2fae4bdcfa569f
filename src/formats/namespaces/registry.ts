// In comes a namespace prefix; out goes the one URI it stands for, to the letter.

import type { Config } from "../../model/config.ts";
import { canBind, knownNamespaces } from "../../model/namespaces.ts";
import type { FeedPlan, Variant } from "../../model/plan.ts";
import type { Attachment, Post, PostContent } from "../../model/post.ts";
import { fieldOf, lineOf, namesOf } from "../input/read-values.ts";
import type { Extension } from "./any/extension.ts";
import { fillElements, siteElements } from "./any/site-elements.ts";
import { itunesChannel, itunesEpisode } from "./itunes.ts";
import { msnEntry } from "./msn.ts";
import { podcastChannel, podcastEpisode } from "./podcasting.ts";
import { smartnewsChannel } from "./smartnews.ts";
import { sourceOfChannel } from "./source.ts";
import { syndication } from "./syndication.ts";
import { tombstones } from "./tombstones.ts";

/** What RSS borrows because it lacks what Atom has itself, and what only readers of RSS look for. */
const rssOnly: ReadonlySet<string> = new Set(["atom", "content", "itunes", "podcast", "source", "sy", "wfw"]);
/** What has no meaning outside Atom. */
const atomOnly: ReadonlySet<string> = new Set(["at"]);

/** More prefixes than the known ones, and what they stand for. They cannot redefine a known one. */
export type Namespaces = Readonly<Record<string, string>>;

export const noNamespaces: Namespaces = Object.freeze({});

/** Added prefixes that XML can carry: sound names, absolute URIs, and no second name for a namespace. */
export function cleanNamespaces(value: unknown): Namespaces {
  const names = namesOf(value);
  if (names.length === 0) return noNamespaces;
  const taken = new Set<string>();
  const pairs = names.flatMap((name): [string, string][] => {
    const uri = lineOf(fieldOf(value, name));
    if (!canBind(name, uri) || taken.has(uri)) return [];
    taken.add(uri);
    return [[name, uri]];
  });
  return Object.fromEntries(pairs);
}

/** The URI of a prefix, or undefined for one that nobody declared. */
export function namespaceOf(prefix: string, added: Namespaces = noNamespaces): string | undefined {
  return knownNamespaces.get(prefix) ?? (Object.hasOwn(added, prefix) ? added[prefix] : undefined);
}

/** Whether extension elements with this prefix belong into a document of this format. */
export function prefixFits(prefix: string, format: "rss" | "atom", added?: Namespaces): boolean {
  return !(format === "atom" ? rssOnly : atomOnly).has(prefix) && namespaceOf(prefix, added) !== undefined;
}

/** `xmlns:` attributes for these prefixes, in the order given. */
export function declare(prefixes: readonly string[], added?: Namespaces): Record<string, string | undefined> {
  return Object.fromEntries(prefixes.map((prefix) => [`xmlns:${prefix}`, namespaceOf(prefix, added)]));
}

const none: readonly Extension[] = Object.freeze([]);

/** Only what the post has and the variant asks for. */
export function entryExtensions(
  post: Post,
  content: PostContent,
  variant: Variant,
  config: Config,
): readonly Extension[] {
  const own = ownElements(post, content, config);
  if (!variant.podcast && variant.profile !== "msn") return own;
  return [
    ...own,
    ...(variant.profile === "msn" ? msnEntry(post) : none),
    ...(variant.podcast ? episodeOf(post, content) : none),
  ];
}

/** What the site's own function made of the post, or what its front matter has for the site's table. */
function ownElements(
  post: Post,
  content: PostContent,
  { feeds: { elements } }: Config,
): readonly Extension[] {
  if (typeof elements === "function") return content.elements ? siteElements(content.elements) : none;
  return Object.keys(elements).length === 0 ? none : siteElements(fillElements(elements, post.extra));
}

/** A post with a sound file is an episode whether or not it says more of itself. */
function episodeOf(post: Post, content: PostContent): readonly Extension[] {
  const sound = content.attachments.find(isSound);
  if (post.episode === undefined && sound === undefined) return none;
  const episode = post.episode ?? {};
  return [
    ...itunesEpisode(episode, sound, content.episode),
    ...podcastEpisode(episode, content.episode, post.place),
  ];
}

function isSound({ type }: Attachment): boolean {
  return type.startsWith("audio/") || type.startsWith("video/");
}

/**
 * Only what the site asked for. `feedUrl` is the address by which podcast apps know the feed.
 * Vocabularies that a format has no use for are left out when it is written.
 */
export function feedExtensions(plan: FeedPlan, config: Config, feedUrl: string): Extension[] {
  const { site, feeds } = config;
  const author = Object.values(site.authors)[0]?.name ?? site.title;
  return [
    ...(plan.extensions ?? []),
    ...(plan.profile === "smartnews" ? smartnewsChannel(site.image) : []),
    ...syndication(feeds.updatePeriod),
    ...sourceOfChannel(feeds.accounts, feeds.blogroll),
    ...(plan.podcast ? itunesChannel(plan.podcast, author) : []),
    ...(plan.podcast ? podcastChannel(plan.podcast, feedUrl) : []),
    ...tombstones(plan.deleted),
  ];
}
