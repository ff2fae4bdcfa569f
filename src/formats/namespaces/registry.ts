import type { CleanEntry } from "../input/clean-entry.ts";
import type { CleanHead } from "../input/clean-head.ts";
import type { XmlElement } from "../xml.ts";
import { atomInRss } from "./atom-in-rss.ts";
import { commentApi } from "./comment-api.ts";
import { contentModule } from "./content.ts";
import { creativeCommons } from "./creative-commons.ts";
import type { Members, Vocabulary, XmlFormat } from "./define-namespace.ts";
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

/** Every vocabulary that feeds are written in, in the order of their elements. A new namespace is a line here. */
const vocabularies: readonly Vocabulary[] = [
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

/** What writes a format's other vocabularies. `among`: those whose elements the format writes among its own. */
export function otherVocabularies(format: XmlFormat, among: readonly Vocabulary[]) {
  const fitting = vocabularies.filter(({ formats }) => formats.includes(format));
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

/** The members of an item of JSON Feed that are not the format's own. */
export function otherMembers(entry: CleanEntry): Members {
  return Object.assign({}, ...vocabularies.map((one) => one.members?.(entry)));
}
