// Checks many broken feeds: `checkDocument` has to end in a report, in time. Takes a count and a seed.
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { checkDocument } from "../src/check/check-document.ts";
import { readEntries } from "../src/check/compare/read-entries.ts";
import { createRandom } from "./bench/random.ts";

const rss = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Example &amp; more</title><link>https://example.org/</link><description>All</description><image><url>https://example.org/a.png</url><title>Example</title><link>https://example.org/</link></image><itunes:category text="Arts"><itunes:category text="Books"/></itunes:category>
<item><title>Été</title><guid isPermaLink="false">tag:example.org,2026:1</guid><pubDate>Wed, 02 Oct 2002 08:00:00 GMT</pubDate><author>a@example.org (Ani)</author><description>&lt;p style="color: red"&gt;a&lt;/p&gt;</description><content:encoded><![CDATA[<p><a href="/x">x</a> &nbsp;</p>]]></content:encoded><enclosure url="https://example.org/a.mp3" length="12" type="audio/mpeg"/><media:content url="https://example.org/a.mp4" duration="3"/></item></channel></rss>`;
const atom = `<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY me "Ani">]><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/"><title type="html">&lt;b&gt;Example&lt;/b&gt;</title><id>urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a</id><updated>2026-01-02T03:04:05Z</updated><author><name>&me;</name><email>a@example.org</email></author><link rel="self" href="atom.xml"/><entry><id>https://example.org/1</id><title>One</title><updated>2026-01-02T03:04:05+07:00</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p onclick="x">a</p></div></content></entry></feed>`;
const jsonFeed = JSON.stringify({
  version: "https://jsonfeed.org/version/1.1",
  title: "Example",
  items: [
    {
      id: "1",
      content_html: "<p>é \ud83d\ude00</p>",
      tags: ["a"],
      attachments: [{ url: "https://example.org/a", mime_type: "audio/mpeg", size_in_bytes: 1 }],
    },
  ],
});
const opml = `<opml version="2.0"><head><title>a</title><dateCreated>Wed, 02 Oct 2002 08:00:00 GMT</dateCreated></head><body><outline text="a" type="rss" xmlUrl="https://example.org/"/></body></opml>`;
const sitemap = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://example.org/</loc><lastmod>2026-01-02</lastmod><priority>0.5</priority></url></urlset>`;
const seeds = [rss, atom, jsonFeed, opml, sitemap];

const splices = [
  "<",
  "&",
  "]]>",
  "<![CDATA[",
  "<!--",
  "-->",
  "\u0000",
  "\ufffe",
  "&#x0;",
  "&#55296;",
  "&bomb;",
  "<a:b>",
  "</item>",
  '"',
  "'",
  "{",
  "}",
  "[",
  "\\u",
  "\\",
  "<?xml?>",
  "<!DOCTYPE a>",
  " ",
  "\r",
  "javascript:",
  "1e999",
  "null",
  "xmlns='x'",
  "xmlns:xml='y'",
  "%zz",
  "\ud800",
];

/** One broken document: a sound one mutated, truncated, nested, repeated, bombed or in a wrong encoding. */
export function makeInput(random: () => number): Uint8Array {
  const below = (count: number) => Math.floor(random() * count);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  let text = pick(seeds);
  for (let edits = below(6); edits > 0; edits -= 1) text = mutate(text, below, pick);
  const special = below(40);
  if (special === 0)
    text = text.replace(/<(item|entry|outline|url)\b/, (tag) => "<x>".repeat(1 + below(5_000)) + tag);
  if (special === 1)
    text = `${text.slice(0, below(200))}${pick(["[", '{"a":', "<a>", "(", "&#"]).repeat(1 + below(20_000))}`;
  if (special === 2) text = makeBomb(below);
  if (special === 3)
    text = text.replaceAll(/>([^<]{1,40})</g, (_, inner: string) => `>${inner.repeat(1 + below(300))}<`);
  return encode(text, random(), below);
}

function mutate(text: string, below: (count: number) => number, pick: <T>(list: readonly T[]) => T): string {
  const at = below(text.length + 1);
  const length = below(30);
  const kind = below(5);
  if (kind === 0) return text.slice(0, at) + pick(splices) + text.slice(at);
  if (kind === 1) return text.slice(0, at) + text.slice(at + length);
  if (kind === 2)
    return text.slice(0, at) + text.slice(at, at + length).repeat(2 + below(10)) + text.slice(at + length);
  if (kind === 3) return below(4) === 0 ? text.slice(0, at) : text;
  const other = pick(seeds);
  const from = below(other.length);
  return text.slice(0, at) + other.slice(from, from + below(200)) + text.slice(at + length);
}

function makeBomb(below: (count: number) => number): string {
  const levels = Array.from(
    { length: 2 + below(20) },
    (_, index) => `<!ENTITY e${index + 1} "${`&e${index};`.repeat(10)}">`,
  );
  return `<!DOCTYPE rss [<!ENTITY e0 "boom">${levels.join("")}]><rss version="2.0"><channel><title>&e${levels.length};</title></channel></rss>`;
}

function encode(text: string, chance: number, below: (count: number) => number): Uint8Array {
  if (chance < 0.8) return Buffer.from(text, "utf8");
  if (chance < 0.85) return Buffer.from(text, "latin1");
  if (chance < 0.9) return Buffer.from(`\ufeff${text}`, "utf16le");
  const bytes = Buffer.from(text, "utf8");
  for (let flips = 1 + below(8); flips > 0 && bytes.length > 0; flips -= 1)
    bytes[below(bytes.length)] = below(256);
  return bytes;
}

/** Runs one input; says how many milliseconds it took. Throws what `checkDocument` throws. */
export function runInput(bytes: Uint8Array): number {
  const start = performance.now();
  const { diagnostics } = checkDocument(
    { bytes, name: "fuzz.xml" },
    { now: 0, profile: ["google", "msn", "smartnews"] },
  );
  readEntries(bytes, "fuzz.xml");
  for (const { message, line, column } of diagnostics) {
    if (message === "" || (line !== undefined && (line < 1 || (column ?? 1) < 1)))
      throw new Error(`a finding without place or words: ${message}`);
  }
  return performance.now() - start;
}

const script = fileURLToPath(import.meta.url);
if (process.argv[1] !== undefined && resolve(process.argv[1]) === script) {
  const count = Number(process.argv[2] ?? 100_000);
  const seed = Number(process.argv[3] ?? 1);
  let slowest = 0;
  for (let index = 0; index < count; index += 1) {
    const bytes = makeInput(createRandom(seed + index));
    try {
      slowest = Math.max(slowest, runInput(bytes));
    } catch (error) {
      process.stderr.write(`seed ${seed + index}: ${error instanceof Error ? error.stack : String(error)}\n`);
      process.exitCode = 1;
    }
  }
  const heap = Math.round(process.memoryUsage().rss / 1_048_576);
  process.stdout.write(
    `${count} inputs from seed ${seed}; slowest ${slowest.toFixed(1)} ms; ${heap} MB resident\n`,
  );
}
