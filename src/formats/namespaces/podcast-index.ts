import type { Podcast } from "../../model/config.ts";
import type { Episode, EpisodeFiles, Place, PodcastPerson } from "../../model/post.ts";
import { nameUuid } from "../input/entry-id.ts";
import { element, optional, type XmlElement } from "../xml.ts";
import { defineNamespace } from "./define-namespace.ts";
import { isEpisode } from "./itunes.ts";

/** What newer podcast apps read (podcastindex.org/namespace/1.0). */
export const podcastIndex = defineNamespace({
  prefix: "podcast",
  formats: ["rss"],
  channel: ({ origin }) => (origin?.plan.podcast ? showElements(origin.plan.podcast, origin.address) : []),
  entry: ({ origin }) => {
    if (!origin?.variant.podcast || !isEpisode(origin)) return [];
    return episodeElements(origin.post.episode ?? {}, origin.content.episode, origin.post.place);
  },
});

/** The name space that the specification of `podcast:guid` gives. */
const guidSpace = "ead4c236-bf58-58c6-a2c6-a6b28d128cb6";

/** The show's UUID: of the feed's address without scheme and without slashes at its end. */
export function podcastGuid(feedUrl: string): string {
  return nameUuid(guidSpace, feedUrl.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "").replace(/\/+$/, ""));
}

function showElements(podcast: Podcast, feedUrl: string): XmlElement[] {
  const { guid, locked, owner, persons = [], funding = [], medium, license, txt = [] } = podcast;
  return [
    element("podcast:guid", guid ?? podcastGuid(feedUrl)),
    ...(locked === undefined
      ? []
      : [element("podcast:locked", locked ? "yes" : "no", { owner: owner?.email })]),
    ...persons.map(personElement),
    ...funding.map(({ url, text }) => element("podcast:funding", text, { url })),
    ...optional("podcast:medium", medium),
    ...optional("podcast:license", license?.name, { url: license?.url }),
    ...txt.map(({ text, purpose }) => element("podcast:txt", text, { purpose })),
  ];
}

function episodeElements(
  { season, seasonName, number, soundbites = [], persons = [] }: Episode,
  files: EpisodeFiles | undefined,
  place: Place | undefined,
): XmlElement[] {
  const chapters = files?.chapters;
  return [
    ...optional("podcast:season", season, { name: seasonName }),
    ...optional("podcast:episode", number),
    ...(files?.transcripts ?? []).map(transcriptElement),
    ...(chapters ? [element("podcast:chapters", undefined, { url: chapters.url, type: chapters.type })] : []),
    ...soundbites.map(({ start, duration, title }) =>
      element("podcast:soundbite", title, { startTime: start, duration }),
    ),
    ...persons.map(personElement),
    ...optional("podcast:location", place?.name, { geo: `geo:${place?.latitude},${place?.longitude}` }),
  ];
}

function personElement({ name, role, group, image, url }: PodcastPerson): XmlElement {
  return element("podcast:person", name, { role, group, img: image, href: url });
}

function transcriptElement({ url, type, language }: EpisodeFiles["transcripts"][number]): XmlElement {
  // Captions are shown in time with the sound; text is not.
  const rel = type === "application/x-subrip" || type === "text/vtt" ? "captions" : undefined;
  return element("podcast:transcript", undefined, { url, type, language, rel });
}
