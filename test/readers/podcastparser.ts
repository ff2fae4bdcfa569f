// podcastparser, the Python library inside gPodder: it parses; fetching is its user's work, here urllib's.
//
// Known quirks:
// - It does not fetch, so nothing is said about validators.
// - It knows no author of an episode but `itunes:author`; the show's stands in for all of them.
// - It takes the images of Media RSS for enclosures, which is why it is given the show alone.
import { type Entry, type Place, python, type Reader, run, type Subscription } from "./reader.ts";

const parseFeed = `
import json, podcastparser, sys, urllib.request
url = sys.argv[1]
print(json.dumps(podcastparser.parse(url, urllib.request.urlopen(url))))
`;

interface Episode {
  readonly guid: string;
  readonly title: string;
  readonly link: string;
  /** Seconds since the epoch. */
  readonly published: number;
  readonly description_html: string;
  readonly enclosures: readonly { url: string; mime_type: string; file_size: number }[];
}

interface Show {
  readonly itunes_author: string;
  readonly episodes: readonly Episode[];
}

export const podcastparser: Reader = {
  name: "podcastparser",
  package: "python3-podcastparser",
  present: [python, "-c", "import podcastparser"],
  feeds: ["feeds/suara-dermaga/rss.xml"],
  leavesOut: ["authors"],
  cleansHtml: false,
  edited: "replaced",
  subscribe(place: Place): Subscription {
    const shown = new Map<string, Entry>();
    return {
      async refresh() {
        const show: Show = JSON.parse(await run([python, "-c", parseFeed, place.url], place));
        for (const episode of show.episodes) shown.set(episode.guid, toEntry(episode));
        return [...shown.values()].sort((a, b) => b.date - a.date);
      },
    };
  },
};

function toEntry(episode: Episode): Entry {
  return {
    id: episode.guid,
    title: episode.title,
    link: episode.link,
    date: episode.published * 1000,
    content: episode.description_html,
    enclosures: episode.enclosures.map(({ url, mime_type: type, file_size: length }) => ({
      url,
      type,
      length,
    })),
  };
}
