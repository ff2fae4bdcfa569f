// In come the words of one rule; out goes the rule as a value. Every rule has every word, or it does not compile.
import type { Severity } from "../../model/diagnostic.ts";

export interface Rule {
  readonly severity: Severity;
  /** What is wrong, in a few words. */
  readonly title: string;
  /** What happens to readers because of it. */
  readonly why: string;
  /** What to write instead. */
  readonly mend: string;
  /** Where it is written down. */
  readonly spec: string;
  /** Names under which the W3C feed validator reports the same thing; only the agreement script reads them. */
  readonly w3c: readonly string[];
}

/** Specifications that several rules cite. */
export const specs = {
  xml: "https://www.w3.org/TR/xml/",
  names: "https://www.w3.org/TR/xml-names/",
  rss: "https://www.rssboard.org/rss-specification",
  profile: "https://www.rssboard.org/rss-profile",
  atom: "https://www.rfc-editor.org/rfc/rfc4287",
  iri: "https://www.rfc-editor.org/rfc/rfc3987",
  uri: "https://www.rfc-editor.org/rfc/rfc3986",
  json: "https://www.jsonfeed.org/version/1.1/",
  rfc8259: "https://www.rfc-editor.org/rfc/rfc8259",
  media: "https://www.rssboard.org/media-rss",
  apple: "https://podcasters.apple.com/support/823-podcast-requirements",
  podcast: "https://podcastindex.org/namespace/1.0",
  history: "https://www.rfc-editor.org/rfc/rfc5005",
  thread: "https://www.rfc-editor.org/rfc/rfc4685",
  opml: "https://opml.org/spec2.opml",
  sitemap: "https://www.sitemaps.org/protocol.html",
  news: "https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap",
  html: "https://html.spec.whatwg.org/",
} as const;

/** Makes one rule; the parameters are the fields of {@link Rule} in order. */
export function rule(
  severity: Severity,
  title: string,
  why: string,
  mend: string,
  spec: string,
  w3c: readonly string[] = [],
): Rule {
  return { severity, title, why, mend, spec, w3c };
}
