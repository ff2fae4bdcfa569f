// In come a show and its episodes; out go elements of the namespace `podcast` (podcastindex.org/namespace/1.0).

import type { Podcast } from "../../model/config.ts";
import type { Episode, EpisodeFiles, Place, PodcastPerson } from "../../model/post.ts";
import { nameUuid } from "../input/entry-id.ts";
import type { Extension } from "./any/extension.ts";

/** The name space that the specification of `podcast:guid` gives. */
const guidSpace = "ead4c236-bf58-58c6-a2c6-a6b28d128cb6";

/** The show's UUID: of the feed's address without scheme and without slashes at its end. */
export function podcastGuid(feedUrl: string): string {
  return nameUuid(guidSpace, feedUrl.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "").replace(/\/+$/, ""));
}

/** In a channel. */
export function podcastChannel(podcast: Podcast, feedUrl: string): Extension[] {
  const { guid, locked, owner, persons, funding, medium, license, txt } = podcast;
  return [
    { name: "podcast:guid", objects: guid ?? podcastGuid(feedUrl) },
    ...(locked === undefined ? [] : [lockedElement(locked, owner?.email)]),
    ...many("podcast:person", persons?.map(personObject)),
    ...many(
      "podcast:funding",
      funding?.map(({ url, text }) => ({ _attributes: { url }, _text: text })),
    ),
    ...(medium === undefined ? [] : [{ name: "podcast:medium", objects: medium }]),
    ...(license === undefined
      ? []
      : [{ name: "podcast:license", objects: { _attributes: { url: license.url }, _text: license.name } }]),
    ...many(
      "podcast:txt",
      txt?.map(({ text, purpose }) => ({ _attributes: { purpose }, _text: text })),
    ),
  ];
}

function lockedElement(locked: boolean, owner: string | undefined): Extension {
  return { name: "podcast:locked", objects: { _attributes: { owner }, _text: locked ? "yes" : "no" } };
}

/** In an item. */
export function podcastEpisode(
  episode: Episode,
  files: EpisodeFiles | undefined,
  place: Place | undefined,
): Extension[] {
  const { season, seasonName, number, soundbites, persons } = episode;
  return [
    ...(season === undefined
      ? []
      : [{ name: "podcast:season", objects: { _attributes: { name: seasonName }, _text: season } }]),
    ...(number === undefined ? [] : [{ name: "podcast:episode", objects: number }]),
    ...many("podcast:transcript", files?.transcripts.map(transcript)),
    ...many("podcast:chapters", files?.chapters && [fileObject(files.chapters)]),
    ...many(
      "podcast:soundbite",
      soundbites?.map(({ start, duration, title }) => ({
        _attributes: { startTime: start, duration },
        _text: title,
      })),
    ),
    ...many("podcast:person", persons?.map(personObject)),
    ...(place?.name === undefined ? [] : [locationOf(place, place.name)]),
  ];
}

function personObject({ name, role, group, image, url }: PodcastPerson): Record<string, unknown> {
  return { _attributes: { role, group, img: image, href: url }, _text: name };
}

function transcript(file: EpisodeFiles["transcripts"][number]): Record<string, unknown> {
  // Captions are shown in time with the sound; text is not.
  const rel = file.type === "application/x-subrip" || file.type === "text/vtt" ? "captions" : undefined;
  return { _attributes: { url: file.url, type: file.type, language: file.language, rel } };
}

function fileObject({ url, type }: { url: string; type: string }): Record<string, unknown> {
  return { _attributes: { url, type } };
}

function locationOf({ latitude, longitude }: Place, name: string): Extension {
  const geo = `geo:${latitude},${longitude}`;
  return { name: "podcast:location", objects: { _attributes: { geo }, _text: name } };
}

function many(name: string, objects: readonly unknown[] | undefined): Extension[] {
  return objects === undefined || objects.length === 0 ? [] : [{ name, objects: [...objects] }];
}
