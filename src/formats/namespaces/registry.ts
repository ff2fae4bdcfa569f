import type { CleanEntry } from "../input/clean-entry.ts";
import type { CleanHead } from "../input/clean-head.ts";
import type { XmlElement } from "../xml.ts";
import { atomInRss } from "./atom-in-rss.ts";
import { commentApi } from "./comment-api.ts";
import { contentModule } from "./content.ts";
import { creativeCommons } from "./creative-commons.ts";
import type { Members, Supplement, XmlFormat } from "./define-namespace.ts";
import { dublinCore } from "./dublin-core.ts";
import { extensions } from "./extensions.ts";
import { geoRss } from "./geo-rss.ts";
import { itunes } from "./itunes.ts";
import { media } from "./media.ts";
import { msn } from "./msn.ts";
import { podcastIndex } from "./podcast-index.ts";
import { smartnews } from "./smartnews.ts";
import { source } from "./source.ts";
import { syndication } from "./syndication.ts";
import { threading } from "./threading.ts";
import { tombstones } from "./tombstones.ts";

/** All of them, in the order in which their elements are written. A new namespace is a line here. */
const supplements: readonly Supplement[] = [
  atomInRss,
  contentModule,
  dublinCore,
  creativeCommons,
  commentApi,
  media,
  threading,
  geoRss,
  smartnews,
  syndication,
  source,
  extensions,
  msn,
  itunes,
  podcastIndex,
  tombstones,
];

/** What writes them in a format. @param among those whose elements the format writes among its own */
export function supplementsOf(format: XmlFormat, among: readonly Supplement[]) {
  const fitting = supplements.filter(({ formats }) => formats.includes(format));
  const entries = fitting.flatMap((one) => (one.entry && !among.includes(one) ? [one.entry] : []));
  return {
    /** Adds to the elements of an entry. */
    addEntry(elements: XmlElement[], entry: CleanEntry): void {
      for (const write of entries) for (const one of write(entry, format)) elements.push(one);
    },
    channel(head: CleanHead): XmlElement[] {
      return fitting.flatMap((one) => one.channel?.(head, format) ?? []);
    },
  };
}

const members = supplements.flatMap((one) => one.members ?? []);

/** Those of an item of JSON Feed. */
export function supplementMembers(entry: CleanEntry): Members {
  const all = {};
  for (const write of members) Object.assign(all, write(entry));
  return all;
}
