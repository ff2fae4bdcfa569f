/** Length of a summary taken from the text, in UTF-16 code units, before the ellipsis. */
export const summaryLength = 300;
/** How much text is gathered before the cut: enough to see where the last word ends. */
const lookAhead = 120;

/** Elements whose text means nothing without its layout, or is not part of the story. */
const leftOut: ReadonlySet<string> = new Set(
  "pre table figcaption rt rp rtc audio video iframe summary nav".split(" "),
);
const inline: ReadonlySet<string> = new Set(
  (
    "a abbr b bdi bdo cite code data del dfn em i ins kbd mark q rb ruby s samp small span strong sub sup " +
    "time u var wbr"
  ).split(" "),
);
const tag = /<(\/?)([a-z][a-z0-9-]*)([^>]*)>|([^<]+)/g;

/**
 * Gathers the text of HTML that `cleanHtml` wrote: there `<` and `>` are only in tags.
 * Code blocks, tables, captions and footnotes are left out. White space is collapsed.
 * @param enough stops once so many code units are gathered
 */
export function extractText(html: string, enough = Number.POSITIVE_INFINITY): string {
  let text = "";
  let skipping = "";
  let depth = 0;
  for (const [, slash, name = "", attributes = "", chunk] of html.matchAll(tag)) {
    if (skipping !== "") {
      if (name === skipping) depth += slash === "/" ? -1 : 1;
      if (depth === 0) skipping = "";
    } else if (chunk !== undefined) {
      text += decode(chunk);
      if (text.length >= enough * 2 && collapse(text).length >= enough) break;
    } else {
      if (!inline.has(name)) text += " ";
      if (slash === "" && (leftOut.has(name) || /\srole="doc-(?:noteref|endnotes)"/.test(attributes))) {
        skipping = name;
        depth = 1;
      }
    }
  }
  return collapse(text);
}

function decode(text: string): string {
  if (!text.includes("&")) return text;
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

function collapse(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** What a post's summary is made from. */
export interface SummarySource {
  readonly description?: string | undefined;
  /** Clean HTML. */
  readonly html: string;
  /** Offset of `<!--more-->` in it. */
  readonly more?: number | undefined;
  /** BCP 47. */
  readonly language: string;
}

/** The front matter's description, else the text before `<!--more-->`, else the first words. */
export function summarize(source: SummarySource): string {
  const description = collapse(source.description ?? "");
  if (description !== "") return description;
  const before = source.more === undefined ? "" : extractText(source.html.slice(0, source.more));
  if (before !== "") return before;
  return cutText(extractText(source.html, summaryLength + lookAhead), summaryLength, source.language);
}

const segmenters = new Map<string, { words: Intl.Segmenter; clusters: Intl.Segmenter }>();

function segmentersFor(language: string): { words: Intl.Segmenter; clusters: Intl.Segmenter } {
  let found = segmenters.get(language);
  if (found === undefined) {
    let locale = "en";
    try {
      locale = Intl.getCanonicalLocales(language)[0] ?? "en";
    } catch {
      // Not a language tag: the root rules work for every script.
    }
    found = {
      words: new Intl.Segmenter(locale, { granularity: "word" }),
      clusters: new Intl.Segmenter(locale, { granularity: "grapheme" }),
    };
    segmenters.set(language, found);
  }
  return found;
}

/**
 * Cuts text at the end of a word, at most `limit` UTF-16 code units in, and adds an ellipsis.
 * A single word longer than that is cut between grapheme clusters (UAX 29).
 */
export function cutText(text: string, limit: number, language: string): string {
  if (text.length <= limit) return text;
  const { words, clusters } = segmentersFor(language);
  const window = text.slice(0, limit + lookAhead);
  // Finding words costs; after white space it can begin anew, shortly before the cut.
  const space = window.lastIndexOf(" ", limit - lookAhead / 2);
  const start = space === -1 ? 0 : space + 1;
  let end = start + lastBoundary(words.segment(window.slice(start)), limit - start);
  if (window.slice(0, end).trimEnd().length < limit / 2) end = lastBoundary(clusters.segment(window), limit);
  const kept = window.slice(0, end).trimEnd();
  return `${kept.replace(/[\s,;:\u060c\u061b\u3001\u2013\u2014([-]{1,20}$/, "")}\u2026`;
}

function lastBoundary(segments: Intl.Segments, limit: number): number {
  let end = 0;
  for (const { index, segment } of segments) {
    if (index + segment.length > limit) break;
    end = index + segment.length;
  }
  return end;
}
