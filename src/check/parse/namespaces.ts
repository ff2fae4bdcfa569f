import { knownNamespaces } from "../../model/namespaces.ts";
import type { ElementNode } from "./xml-tree.ts";

export const atomNamespace = "http://www.w3.org/2005/Atom";
export const xhtmlNamespace = "http://www.w3.org/1999/xhtml";
export const rdfNamespace = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
export const mathmlNamespace = "http://www.w3.org/1998/Math/MathML";
export const svgNamespace = "http://www.w3.org/2000/svg";

/** Namespaces of the elements of RSS itself; RSS 0.91 to 2.0 have none. */
export const rssNamespaces: ReadonlySet<string> = new Set([
  "",
  "http://purl.org/rss/1.0/",
  "http://my.netscape.com/rdf/simple/0.9/",
]);

export const sitemapNamespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

/** Customary prefixes by URI: of the namespaces that feeds are written in, and of others that feeds out there use. */
const known: Readonly<Record<string, string>> = {
  // Before the namespace that feeds here use: this one has the prefix by custom.
  "http://web.resource.org/cc/": "cc",
  ...Object.fromEntries([...knownNamespaces].map(([prefix, uri]) => [uri, prefix])),
  [xhtmlNamespace]: "xhtml",
  [rdfNamespace]: "rdf",
  [mathmlNamespace]: "mathml",
  [svgNamespace]: "svg",
  [sitemapNamespace]: "sitemap",
  "http://www.w3.org/XML/1998/namespace": "xml",
  "http://www.w3.org/1999/xlink": "xlink",
  "http://www.w3.org/2000/01/rdf-schema#": "rdfs",
  "http://www.w3.org/2007/app": "app",
  "http://purl.org/atom/app#": "app",
  "http://purl.org/rss/1.0/": "rss1",
  "http://my.netscape.com/rdf/simple/0.9/": "rss090",
  "http://purl.org/rss/1.0/modules/aggregation/": "ag",
  "http://purl.org/rss/1.0/modules/annotate/": "annotate",
  "http://media.tangent.org/rss/1.0/": "audio",
  "http://backend.userland.com/blogChannelModule": "blogChannel",
  "http://www.microsoft.com/schemas/rss/core/2005": "cf",
  "http://cyber.law.harvard.edu/rss/creativeCommonsRssModule.html": "creativeCommons",
  "http://purl.org/rss/1.0/modules/company": "company",
  "http://my.theinfo.org/changed/1.0/rss/": "cp",
  "http://purl.org/rss/1.0/modules/email/": "email",
  "http://purl.org/rss/1.0/modules/event/": "ev",
  "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
  "http://freshmeat.net/rss/fm/": "fm",
  "http://xmlns.com/foaf/0.1/": "foaf",
  "http://schemas.google.com/g/2005": "gd",
  "http://www.opengis.net/gml": "gml",
  "http://postneo.com/icbm": "icbm",
  "http://postneo.com/icbm/": "icbm",
  "http://purl.org/rss/1.0/modules/image/": "image",
  "http://podlove.org/simple-chapters": "psc",
  "http://purl.org/rss/1.0/modules/link/": "l",
  "http://webns.net/mvcb/": "admin",
  "http://purl.org/rss/1.0/modules/subscription/": "subscription",
  "http://a9.com/-/spec/opensearch/1.1/": "opensearch",
  "http://a9.com/-/spec/opensearchrss/1.0/": "opensearch10",
  "http://hacks.benhammersley.com/rss/streaming/": "str",
  "http://purl.org/net/rss1.1/payload#": "p",
  "http://madskills.com/public/xml/rss/module/pingback/": "pingback",
  "http://prismstandard.org/namespaces/1.2/basic/": "prism",
  "http://prismstandard.org/namespaces/basic/2.0/": "prism2",
  "http://purl.org/rss/1.0/modules/reference/": "ref",
  "http://purl.org/rss/1.0/modules/richequiv/": "reqv",
  "http://purl.org/rss/1.0/modules/rss091#": "rss091",
  "http://purl.org/rss/1.0/modules/search/": "search",
  "http://purl.org/rss/1.0/modules/servicestatus/": "ss",
  "http://purl.org/rss/1.0/modules/taxonomy/": "taxo",
  "http://purl.org/rss/1.0/modules/threading/": "thread",
  "http://madskills.com/public/xml/rss/module/trackback/": "trackback",
  "http://wordpress.org/export/1.2/": "wp",
  "http://wordpress.org/export/1.2/excerpt/": "excerpt",
  "http://purl.org/rss/1.0/modules/wiki/": "wiki",
  "http://schemas.pocketsoap.com/rss/myDescModule/": "myDesc",
  "http://www.rssboard.org/media-rss": "mediaboard",
  "http://base.google.com/ns/1.0": "g",
  "http://base.google.com/cns/1.0": "c",
  "http://api.twitter.com/": "twitter",
  "http://www.w3.org/2005/SMIL21/": "smil",
  "http://feedsync.org/2007/feedsync": "sx",
  "http://dbpedia.org/ontology/": "dbo",
  "http://www.google.com/schemas/sitemap-news/0.9": "news",
  "http://www.google.com/schemas/sitemap-image/1.1": "gimage",
  "http://www.google.com/schemas/sitemap-video/1.1": "gvideo",
  "http://docs.oasis-open.org/ns/xri/xrd-1.0": "xrd",
  "http://activitystrea.ms/spec/1.0/": "activity",
  "http://portablecontacts.net/spec/1.0": "poco",
  "http://schemas.google.com/blogger/2008": "blogger",
  "http://schemas.google.com/blogger/2018": "blogger",
  "http://www.blogger.com/atom/ns#": "blogger",
  "http://gdata.youtube.com/schemas/2007": "yt",
  "http://www.youtube.com/xml/schemas/2015": "yt",
};

const reserved = new Map<string, string>();
for (const [uri, prefix] of Object.entries(known)) if (!reserved.has(prefix)) reserved.set(prefix, uri);

/** The customary prefix of a namespace; `undefined` for one that is not known. */
export function findPrefix(uri: string): string | undefined {
  return Object.hasOwn(known, uri) ? known[uri] : undefined;
}

/** The namespace that a prefix is known for. */
export function findNamespace(prefix: string): string | undefined {
  return reserved.get(prefix);
}

/**
 * The local name of an element in one of the namespaces of `own`, else its name with the customary prefix; undefined
 * where its namespace is not known.
 */
export function nameIn(element: ElementNode, own: ReadonlySet<string>): string | undefined {
  if (own.has(element.ns)) return element.local;
  const prefix = findPrefix(element.ns);
  return prefix === undefined ? undefined : `${prefix}:${element.local}`;
}
