import type { Podcast } from "../../model/config.ts";
import type { EntryOrigin } from "../input/clean-entry.ts";
import { element, optional, type XmlElement } from "../xml.ts";
import { defineNamespace } from "./define-namespace.ts";

/** Shows and episodes for Apple Podcasts (help.apple.com/itc/podcasts_connect, "A podcaster's guide to RSS"). */
export const itunes = defineNamespace({
  prefix: "itunes",
  formats: ["rss"],
  channel: ({ origin }) => {
    if (origin?.plan.podcast === undefined) return [];
    const { site } = origin.config;
    return showElements(origin.plan.podcast, Object.values(site.authors)[0]?.name ?? site.title);
  },
  entry: ({ origin }) => (origin?.variant.podcast && isEpisode(origin) ? episodeElements(origin) : []),
});

/** A post with a sound file is an episode whether or not it says more of itself. */
export function isEpisode({ post, content }: EntryOrigin): boolean {
  return post.episode !== undefined || findSound(content) !== undefined;
}

function findSound({ attachments }: EntryOrigin["content"]) {
  return attachments.find(({ type }) => type.startsWith("audio/") || type.startsWith("video/"));
}

/** @param siteAuthor the author of a show that names none */
function showElements(podcast: Podcast, siteAuthor: string): XmlElement[] {
  const {
    author = siteAuthor,
    owner,
    image,
    category,
    explicit,
    type,
    block,
    complete,
    newFeedUrl,
  } = podcast;
  const name = owner?.name ?? author;
  return [
    element("itunes:author", author),
    ...(owner
      ? [element("itunes:owner", [element("itunes:name", name), element("itunes:email", owner.email)])]
      : []),
    element("itunes:image", undefined, { href: image }),
    ...category.map(categoryElement),
    ...optional("itunes:explicit", explicit),
    ...optional("itunes:type", type),
    ...yes("itunes:block", block),
    ...yes("itunes:complete", complete),
    ...optional("itunes:new-feed-url", newFeedUrl),
  ];
}

function categoryElement({ name, sub }: Podcast["category"][number]): XmlElement {
  const inner = sub === undefined ? undefined : [element("itunes:category", undefined, { text: sub })];
  return element("itunes:category", inner, { text: name });
}

function episodeElements({ post, content }: EntryOrigin): XmlElement[] {
  const { title, type, season, number, explicit, block } = post.episode ?? {};
  const image = content.episode?.image?.url;
  const duration = findSound(content)?.duration;
  return [
    ...optional("itunes:title", title),
    ...optional("itunes:duration", duration && Math.round(duration)),
    ...(image === undefined ? [] : [element("itunes:image", undefined, { href: image })]),
    ...optional("itunes:explicit", explicit),
    ...optional("itunes:season", season),
    // Apple shows whole numbers from 1 on and rejects others.
    ...optional("itunes:episode", Number.isInteger(number) && number !== 0 ? number : undefined),
    ...optional("itunes:episodeType", type),
    ...yes("itunes:block", block),
  ];
}

/** Apple reads these when they say `Yes`, and takes anything else for no. */
function yes(name: string, on: boolean | undefined): XmlElement[] {
  return on === true ? [element(name, "Yes")] : [];
}
