import { Parser } from "htmlparser2";

/** Plain text as HTML that shows the same text. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** The text that a reader of the HTML sees, on one line. */
export function htmlToText(html: string): string {
  if (!/[<&]/.test(html)) return joinLines(html);
  const parts: string[] = [];
  let hidden = 0;
  const parser = new Parser({
    onopentagname: (name) => {
      if (unseen.has(name)) hidden += 1;
      if (!inline.has(name)) parts.push(" ");
    },
    ontext: (text) => {
      if (hidden === 0) parts.push(text);
    },
    onclosetag: (name) => {
      if (unseen.has(name)) hidden -= 1;
      if (!inline.has(name)) parts.push(" ");
    },
  });
  parser.end(html);
  return joinLines(parts.join(""));
}

const unseen = new Set(["script", "style", "template", "noscript"]);
const inline = new Set(
  "a abbr b bdi bdo cite code em i kbd mark q s small span strong sub sup u wbr".split(" "),
);

function joinLines(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

// Made at first use: making one takes ten milliseconds.
let segmenter: Intl.Segmenter | undefined;

function splitCharacters(text: string): string[] {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), (one) => one.segment);
}

/** The beginning of a text in at most `limit` characters as people count them, cut between words where it can. */
export function firstWords(text: string, limit: number): string {
  // No text has more characters than code units.
  if (text.length <= limit) return text;
  const shown = splitCharacters(text.slice(0, limit * 20));
  if (shown.length <= limit && text.length <= limit * 20) return text;
  const start = shown.slice(0, limit).join("");
  const space = start.lastIndexOf(" ");
  return `${(space > limit / 2 ? start.slice(0, space) : start).trimEnd()}…`;
}

/** Milliseconds since the epoch, as RSS 2.0 writes them: RFC 822 with a four-digit year, `Wed, 02 Oct 2002 08:00:00 GMT`. */
export function rfc822(instant: number): string {
  return new Date(instant).toUTCString();
}

/** Milliseconds since the epoch, as Atom and JSON Feed write them: RFC 3339, with milliseconds only if there are any. */
export function rfc3339(instant: number): string {
  return new Date(instant).toISOString().replace(".000Z", "Z");
}
