// In come a show and its episodes; out go Apple's elements (help.apple.com/itc/podcasts_connect, "A podcaster's guide to RSS").

import type { Podcast } from "../../model/config.ts";
import type { Attachment, Episode, EpisodeFiles } from "../../model/post.ts";
import type { Extension } from "./any/extension.ts";

/** In a channel. `author` is whoever the show names, else the site. */
export function itunesChannel(podcast: Podcast, author: string): Extension[] {
  const { owner, image, category, explicit, type, block, complete, newFeedUrl } = podcast;
  return [
    { name: "itunes:author", objects: podcast.author ?? author },
    ...(owner ? [{ name: "itunes:owner", objects: ownerOf(owner, podcast.author ?? author) }] : []),
    { name: "itunes:image", objects: { _attributes: { href: image } } },
    { name: "itunes:category", objects: category.map(categoryOf) },
    { name: "itunes:explicit", objects: explicit },
    ...some("itunes:type", type),
    ...yes("itunes:block", block),
    ...yes("itunes:complete", complete),
    ...some("itunes:new-feed-url", newFeedUrl),
  ];
}

function ownerOf(owner: NonNullable<Podcast["owner"]>, author: string): Record<string, string> {
  return { "itunes:name": owner.name ?? author, "itunes:email": owner.email };
}

function categoryOf({ name, sub }: Podcast["category"][number]): Record<string, unknown> {
  const inner = sub === undefined ? {} : { "itunes:category": { _attributes: { text: sub } } };
  return { _attributes: { text: name }, ...inner };
}

/** In an item. `sound` is the enclosure; durations are whole seconds. */
export function itunesEpisode(
  episode: Episode,
  sound: Attachment | undefined,
  files: EpisodeFiles | undefined,
): Extension[] {
  const { title, type, season, number, explicit, block } = episode;
  const image = files?.image?.url;
  const duration = sound?.duration;
  return [
    ...some("itunes:title", title),
    ...(duration === undefined ? [] : [{ name: "itunes:duration", objects: Math.round(duration) }]),
    ...(image === undefined ? [] : [{ name: "itunes:image", objects: { _attributes: { href: image } } }]),
    ...some("itunes:explicit", explicit),
    ...some("itunes:season", season),
    // Apple shows whole numbers alone and rejects others.
    ...some("itunes:episode", number !== undefined && Number.isInteger(number) ? number : undefined),
    ...some("itunes:episodeType", type),
    ...yes("itunes:block", block),
  ];
}

function some(name: string, value: string | number | boolean | undefined): Extension[] {
  return value === undefined ? [] : [{ name, objects: value }];
}

/** Apple reads these when they say `Yes`, and takes anything else for no. */
function yes(name: string, on: boolean | undefined): Extension[] {
  return on === true ? [{ name, objects: "Yes" }] : [];
}
