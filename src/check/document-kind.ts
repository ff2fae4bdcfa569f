/** What a document is; `unknown` when its root says nothing. */
export type DocumentKind = "rss" | "rdf" | "atom" | "json" | "opml" | "sitemap" | "sitemap-index" | "unknown";
