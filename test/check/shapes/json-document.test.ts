// Our rules for JSON Feed and the schema that others wrote (jsonfeed-schema) say the same about valid and broken documents.
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkDocument } from "../../../src/check/check-document.ts";
import { parseJsonTree } from "../../../src/check/parse/json-tree.ts";

const require = createRequire(import.meta.url);
const ajv = new Ajv({ strict: false });
(addFormats as unknown as (ajv: Ajv) => void)(ajv);
const accepts = ajv.compile(require("jsonfeed-schema/schema-v1.1.json"));

const url = fc.constantFrom(
  "https://example.org/",
  "https://example.org/a?b=c#d",
  "mailto:ani@example.org",
  "urn:example:1",
);
const text = fc.constantFrom("a", "Été", "😀", "a < b & c");
const date = fc.constantFrom("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.678+07:00");
const optional = { requiredKeys: [] };
const extension = fc.constant({ about: "https://example.org/" });
const author = fc.record({ name: text, url, avatar: url }, { requiredKeys: ["name"] });
const attachment = fc.record(
  {
    url,
    mime_type: fc.constantFrom("audio/mpeg", "image/svg+xml"),
    title: text,
    size_in_bytes: fc.nat(),
    duration_in_seconds: fc.nat(),
  },
  { requiredKeys: ["url", "mime_type"] },
);
const content = fc.oneof(fc.record({ content_html: text }), fc.record({ content_text: text }));
const more = fc.record(
  {
    url,
    external_url: url,
    title: text,
    summary: text,
    image: url,
    banner_image: url,
    date_published: date,
    date_modified: date,
    authors: fc.array(author, { maxLength: 2 }),
    tags: fc.array(text, { maxLength: 3 }),
    language: fc.constantFrom("en", "pt-BR"),
    attachments: fc.array(attachment, { maxLength: 2 }),
  },
  optional,
);
const items = fc
  .array(fc.tuple(content, more), { maxLength: 3 })
  .map((list) => list.map(([own, rest], index) => ({ id: `id-${index}`, ...rest, ...own })));
const head = fc.record(
  {
    home_page_url: url,
    feed_url: fc.constant("https://example.org/feed.json"),
    description: text,
    user_comment: text,
    next_url: fc.constant("https://example.org/2.json"),
    icon: url,
    favicon: url,
    authors: fc.array(author, { maxLength: 2 }),
    language: fc.constant("en"),
    expired: fc.boolean(),
    hubs: fc.array(fc.record({ type: text, url }), { maxLength: 2 }),
    _y: extension,
  },
  optional,
);
const feed = fc
  .tuple(head, items)
  .map(([rest, list]) => ({ version: "https://jsonfeed.org/version/1.1", title: "t", ...rest, items: list }));

/** A value that fits hardly anywhere. */
const odd = fc.constantFrom<unknown>(null, 3, true, "not a url or date", [], {}, { a: 1 }, ["a", 1], "1.0");

/** Changes one member somewhere: another value, another name, or gone. */
function breakAt(document: unknown, path: readonly number[], how: number, value: unknown): unknown {
  if (typeof document !== "object" || document === null) return value;
  const keys = Object.keys(document);
  const key = keys[(path[0] ?? 0) % Math.max(1, keys.length)];
  if (key === undefined) return value;
  if (Array.isArray(document))
    return document.map((one, index) =>
      String(index) === key ? breakAt(one, path.slice(1), how, value) : one,
    );
  const copy: Record<string, unknown> = { ...document };
  if (path.length > 1 && typeof copy[key] === "object")
    copy[key] = breakAt(copy[key], path.slice(1), how, value);
  else if (how === 0) copy[key] = value;
  else {
    if (how === 1) copy[`${key}s`] = copy[key];
    delete copy[key];
  }
  return copy;
}

const broken = fc
  .tuple(feed, fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }), fc.nat(2), odd)
  .map(([document, path, how, value]) => breakAt(document, path, how, value));

function errorsOf(document: unknown): string[] {
  const { diagnostics } = checkDocument(
    {
      bytes: new TextEncoder().encode(JSON.stringify(document)),
      name: "feed.json",
      mediaType: "application/feed+json",
    },
    { now: 0 },
  );
  // The schema knows nothing of what no schema can say: addresses of the feed itself, ids, languages, media types.
  const beyond = new Set([
    "json/next-self",
    "json/id",
    "json/id-repeated",
    "json/language",
    "json/media-type",
  ]);
  return diagnostics
    .filter(({ severity, code }) => severity === "error" && !beyond.has(code))
    .map(({ code, message }) => `${code} ${message}`);
}

describe("jsonfeed-schema and our rules", () => {
  const runs = { numRuns: Number(process.env.FC_RUNS ?? 200) };

  test("accept the same valid documents", () => {
    fc.assert(
      fc.property(feed, (document) => {
        expect(accepts(document)).toBe(true);
        expect(errorsOf(document)).toEqual([]);
      }),
      runs,
    );
  });

  test("reject the same broken documents", () => {
    fc.assert(
      fc.property(broken, (document) => {
        expect({ sound: errorsOf(document).length === 0, document }).toEqual({
          sound: accepts(document),
          document,
        });
      }),
      runs,
    );
  });
});

describe("our JSON reader", () => {
  test("accepts what JSON.parse accepts, and nothing else", () => {
    const pieces = fc.array(
      fc.constantFrom(
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        '"a"',
        '"\\u00e9"',
        '"\\x"',
        "1",
        "-0.5e3",
        "01",
        "true",
        "nul",
        " ",
        "\n",
        "\t",
        "\u00a0",
      ),
      { maxLength: 8 },
    );
    const parses = (text: string) => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(
        fc.oneof(
          pieces.map((list) => list.join("")),
          fc.json(),
        ),
        (text) => {
          expect({ text, ok: parseJsonTree(text).root !== undefined }).toEqual({ text, ok: parses(text) });
        },
      ),
      { numRuns: Number(process.env.FC_RUNS ?? 1_000) },
    );
  });
});
