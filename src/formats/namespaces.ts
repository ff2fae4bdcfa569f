// In comes a namespace prefix; out goes the one URI it stands for, to the letter.
import { fieldOf, lineOf, namesOf } from "./read-values.ts";

/** Exact URIs: readers compare them character by character (Media RSS ends with a slash, Atom is http). */
const known: ReadonlyMap<string, string> = new Map([
  ["atom", "http://www.w3.org/2005/Atom"],
  ["cc", "http://creativecommons.org/ns#"],
  ["content", "http://purl.org/rss/1.0/modules/content/"],
  ["creativeCommons", "http://backend.userland.com/creativeCommonsRssModule"],
  ["dc", "http://purl.org/dc/elements/1.1/"],
  ["dcterms", "http://purl.org/dc/terms/"],
  ["fh", "http://purl.org/syndication/history/1.0"],
  ["geo", "http://www.w3.org/2003/01/geo/wgs84_pos#"],
  ["georss", "http://www.georss.org/georss"],
  ["googleplay", "http://www.google.com/schemas/play-podcasts/1.0"],
  ["itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"],
  ["media", "http://search.yahoo.com/mrss/"],
  ["mi", "http://schemas.ingestion.microsoft.com/common/"],
  ["podcast", "https://podcastindex.org/namespace/1.0"],
  ["slash", "http://purl.org/rss/1.0/modules/slash/"],
  ["snf", "http://www.smartnews.be/snf"],
  ["source", "http://source.scripting.com/"],
  ["sy", "http://purl.org/rss/1.0/modules/syndication/"],
  ["thr", "http://purl.org/syndication/thread/1.0"],
  ["webfeeds", "http://webfeeds.org/rss/1.0"],
  ["wfw", "http://wellformedweb.org/CommentAPI/"],
]);

/** Prefixes whose elements RSS borrows because it lacks what Atom has itself, or that Atom readers misread. */
const rssOnly: ReadonlySet<string> = new Set(["atom", "content", "source"]);

/** More prefixes than the known ones, and what they stand for. They cannot redefine a known one. */
export type Namespaces = Readonly<Record<string, string>>;

// Namespaces in XML 1.0, section 3: these two may not be bound to other prefixes.
const reserved = new Set(["http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/"]);

/** Added prefixes that XML can carry: sound names, absolute URIs, and no second name for a namespace. */
export function cleanNamespaces(value: unknown): Namespaces {
  const taken = new Set([...reserved, ...known.values()]);
  const pairs = namesOf(value).flatMap((name): [string, string][] => {
    const uri = lineOf(fieldOf(value, name));
    const sound = /^[A-Za-z_][\w.-]*$/.test(name) && /^[A-Za-z][\w+.-]*:\S+$/.test(uri) && !taken.has(uri);
    if (!sound || known.has(name) || name.toLowerCase().startsWith("xml")) return [];
    taken.add(uri);
    return [[name, uri]];
  });
  return Object.fromEntries(pairs);
}

/** The URI of a prefix, or undefined for one that nobody declared. */
export function namespaceOf(prefix: string, added: Namespaces = {}): string | undefined {
  return known.get(prefix) ?? (Object.hasOwn(added, prefix) ? added[prefix] : undefined);
}

/** Whether extension elements with this prefix belong into a document of this format. */
export function prefixFits(prefix: string, format: "rss" | "atom", added?: Namespaces): boolean {
  return namespaceOf(prefix, added) !== undefined && !(format === "atom" && rssOnly.has(prefix));
}

/** `xmlns:` attributes for these prefixes, in the order given. */
export function declare(prefixes: readonly string[], added?: Namespaces): Record<string, string | undefined> {
  return Object.fromEntries(prefixes.map((prefix) => [`xmlns:${prefix}`, namespaceOf(prefix, added)]));
}
