// Out goes the podcast namespace (podcastindex.org) as a table.
import type { Shape } from "./shape-table.ts";

const shared = {
  "podcast:person": "podcastPerson many",
  "podcast:location": "podcastLocation many",
  "podcast:license": "podcastLicense",
  "podcast:value": "foreign many",
  "podcast:images": "podcastImages",
  "podcast:image": "foreign many",
  "podcast:txt": "podcastTxt many",
  "podcast:chat": "foreign",
  "podcast:contentLink": "foreign many",
};

export const podcastChannel = {
  ...shared,
  "podcast:guid": "podcast-guid",
  "podcast:locked": "podcastLocked",
  "podcast:funding": "podcastFunding many",
  "podcast:trailer": "podcastTrailer many",
  "podcast:medium": "podcast-medium",
  "podcast:block": "podcastBlock many",
  "podcast:podroll": "foreign",
  "podcast:updateFrequency": "foreign",
  "podcast:podping": "foreign",
  "podcast:publisher": "foreign",
  "podcast:liveItem": "foreign many",
  "podcast:remoteItem": "foreign many",
  "podcast:episodesInterval": "foreign",
};

export const podcastItem = {
  ...shared,
  "podcast:transcript": "podcastTranscript many",
  "podcast:chapters": "podcastChapters",
  "podcast:soundbite": "podcastSoundbite many",
  "podcast:season": "podcastSeason",
  "podcast:episode": "podcastEpisode",
  "podcast:alternateEnclosure": "foreign many",
  "podcast:socialInteract": "foreign many",
  "podcast:funding": "podcastFunding many",
};

export const podcastShapes: Readonly<Record<string, Shape>> = {
  podcastPerson: {
    value: "podcast-text",
    attributes: { role: "any", group: "any", img: "secure-url", href: "secure-url" },
  },
  podcastLocation: {
    value: "podcast-text",
    attributes: { geo: "any", osm: "any", rel: "any", country: "country" },
  },
  podcastLicense: { value: "podcast-text", attributes: { url: "secure-url" } },
  podcastImages: { attributes: { srcset: "any required" } },
  podcastTxt: { value: "any", attributes: { purpose: "any" } },
  podcastLocked: { value: "podcast-locked", attributes: { owner: "email" } },
  podcastFunding: { value: "podcast-text", attributes: { url: "secure-url required" } },
  podcastTrailer: {
    value: "podcast-text",
    attributes: {
      url: "secure-url required",
      pubdate: "rss-date required",
      length: "count",
      type: "media-type",
      season: "positive-integer",
    },
  },
  podcastBlock: { value: "podcast-locked", attributes: { id: "any" } },
  podcastTranscript: {
    attributes: {
      url: "secure-url required",
      type: "podcast-transcript required",
      language: "language",
      rel: "any",
    },
  },
  podcastChapters: { attributes: { url: "secure-url required", type: "media-type required" } },
  podcastSoundbite: {
    value: "podcast-text",
    attributes: { startTime: "number required", duration: "number required" },
  },
  podcastSeason: { value: "count", attributes: { name: "podcast-text" } },
  podcastEpisode: { value: "number", attributes: { display: "any" } },
};
