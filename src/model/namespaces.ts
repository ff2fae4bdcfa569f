/** Prefixes beside the known ones, and their URIs. */
export type Namespaces = Readonly<Record<string, string>>;

/**
 * The one list of the namespaces that feeds may use without declaring them: prefix and exact URI. Readers compare
 * URIs character by character (Media RSS ends with a slash, Atom is http).
 */
const uris = {
  at: "http://purl.org/atompub/tombstones/1.0",
  atom: "http://www.w3.org/2005/Atom",
  cc: "http://creativecommons.org/ns#",
  content: "http://purl.org/rss/1.0/modules/content/",
  creativeCommons: "http://backend.userland.com/creativeCommonsRssModule",
  dc: "http://purl.org/dc/elements/1.1/",
  dcterms: "http://purl.org/dc/terms/",
  fh: "http://purl.org/syndication/history/1.0",
  geo: "http://www.w3.org/2003/01/geo/wgs84_pos#",
  georss: "http://www.georss.org/georss",
  googleplay: "http://www.google.com/schemas/play-podcasts/1.0",
  itunes: "http://www.itunes.com/dtds/podcast-1.0.dtd",
  media: "http://search.yahoo.com/mrss/",
  mi: "http://schemas.ingestion.microsoft.com/common/",
  podcast: "https://podcastindex.org/namespace/1.0",
  slash: "http://purl.org/rss/1.0/modules/slash/",
  snf: "http://www.smartnews.be/snf",
  source: "http://source.scripting.com/",
  sy: "http://purl.org/rss/1.0/modules/syndication/",
  thr: "http://purl.org/syndication/thread/1.0",
  webfeeds: "http://webfeeds.org/rss/1.0",
  wfw: "http://wellformedweb.org/CommentAPI/",
} as const;

export type KnownPrefix = keyof typeof uris;

export const knownNamespaces: ReadonlyMap<string, string> = new Map(Object.entries(uris));

/** The URI of a prefix; undefined for one that is neither known nor declared. */
export function namespaceUri(prefix: string, declared: Namespaces = {}): string | undefined {
  return knownNamespaces.get(prefix) ?? (Object.hasOwn(declared, prefix) ? declared[prefix] : undefined);
}

/** Namespaces in XML 1.0, section 3: these may be bound to `xml` and `xmlns` alone. */
const reserved: readonly string[] = ["http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/"];

const taken: ReadonlySet<string> = new Set([...reserved, ...knownNamespaces.values()]);

/** Whether a site may declare a prefix for a URI: a sound name, and an absolute URI that has no prefix yet. */
export function canBind(prefix: string, uri: string): boolean {
  return (
    /^[A-Za-z_][\w.-]*$/.test(prefix) &&
    !/^xml/i.test(prefix) &&
    !knownNamespaces.has(prefix) &&
    /^[A-Za-z][\w+.-]*:[^\s<>"]+$/.test(uri) &&
    !taken.has(uri)
  );
}

/** `prefix:name`, both as XML allows them. */
export function isQualifiedName(name: string): boolean {
  return /^[A-Za-z_][\w.-]*:[A-Za-z_][\w.-]*$/.test(name);
}

/** Whether the prefix of an element is well known, or one of those that a site declares. */
export function isBound(name: string, declared: Namespaces): boolean {
  return namespaceUri(name.slice(0, name.indexOf(":")), declared) !== undefined;
}
