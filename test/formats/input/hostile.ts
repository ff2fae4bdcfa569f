// Strings and values that break feeds, and what must be read back of each string.
import fc from "fast-check";

const nasty = [
  "]]>",
  "]]]]>><![CDATA[",
  "]]></content:encoded><link>https://evil.example/</link>",
  "<script>alert(1)</script>",
  "&amp;",
  "&lt;b&gt;",
  "&nbsp;",
  "&#0;",
  "\"'",
  "\u0000\u0001\u0008\u000b\u001f",
  "\ud800",
  "\udc00x",
  "\ufffe\uffff",
  "\u0085\u2028\u2029",
  "\r\n\r\t",
  "\ufeff",
  "\u202e\u2066",
  "👩‍👩‍👧‍👦",
  "مرحبا",
  "?>",
  "--",
  "<!DOCTYPE x>",
  " ",
  "a".repeat(5000),
];

/** Any string: ordinary, full of control characters, or made of the pieces above. */
export const hostileString: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 6 })
    .map((parts) => parts.join("")),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
    .map((units) => String.fromCharCode(...units)),
  fc.string(),
);

/** URLs, good, odd and bad, and strings that are none. */
export const hostileUrl: fc.Arbitrary<string> = fc.oneof(
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  hostileString.map((text) => `https://example.org/${text}`),
  hostileString.map((text) => `https://${text}.example/`),
  fc.constantFrom(
    "HTTPS://EXAMPLE.com:443/A/../B",
    "/relative",
    "javascript:alert(1)",
    "https://exämple.org/ü?ü#ü#ü",
    "https://e.org/%zz|{}^`[]\\",
  ),
  hostileString,
);

export const hostileDate: fc.Arbitrary<Date> = fc.oneof(
  fc.date({ noInvalidDate: false }),
  fc.constantFrom(
    new Date(Number.NaN),
    new Date(0),
    new Date(-1),
    new Date(Date.UTC(10_000, 0, 1)),
    new Date(Date.UTC(2026, 1, 3)),
  ),
);

/** What XML 1.0 can hold of a string, worked out one code point at a time. */
export function readable(text: string): string {
  let out = "";
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point >= 0xd800 && point <= 0xdfff) out += "\ufffd";
    else if (point === 9 || point === 10 || point === 13) out += character;
    else if (point >= 0x20 && point !== 0xfffe && point !== 0xffff) out += character;
  }
  return out;
}

/** The same for what stands on one line. */
export function readableLine(text: string): string {
  return readable(text)
    .split(/\s+/)
    .filter((word) => word !== "")
    .join(" ");
}

const hostileNumber = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 0),
);

/** Records whose fields are all optional. */
function some<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> {
  return fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

const author = some({
  name: hostileString,
  email: fc.oneof(fc.emailAddress(), hostileString),
  link: hostileUrl,
  avatar: hostileUrl,
});
const category = some({
  name: hostileString,
  term: hostileString,
  scheme: hostileUrl,
  domain: hostileString,
});
const media = fc.oneof(
  hostileUrl,
  some({
    url: hostileUrl,
    type: fc.oneof(hostileString, fc.constant("audio/mpeg")),
    length: hostileNumber,
    title: hostileString,
    duration: hostileNumber,
    alt: hostileString,
    caption: hostileString,
    credit: hostileString,
    width: hostileNumber,
    height: hostileNumber,
  }),
);
const extensionName = fc.oneof(
  fc.constantFrom(
    "itunes:summary",
    "media:thumbnail",
    "dc:subject",
    "_custom",
    "nobody:knows",
    "xmlns:a",
    "own:thing",
    "media:<x",
    "plain",
  ),
  hostileString,
);
const objects = fc.oneof(
  hostileString,
  fc.letrec((tie) => ({
    node: fc.dictionary(
      fc.oneof({ depthSize: "small" }, extensionName, fc.constantFrom("_text", "_cdata", "_attributes")),
      fc.oneof(
        { depthSize: "small" },
        hostileString,
        hostileNumber,
        tie("node"),
        fc.array(tie("node"), { maxLength: 2 }),
      ),
      { maxKeys: 3 },
    ),
  })).node,
);
const extensions = fc.array(fc.record({ name: extensionName, objects }), { maxLength: 3 });

const item = some({
  title: hostileString,
  id: fc.oneof(hostileString, hostileUrl),
  guid: hostileString,
  link: hostileUrl,
  date: hostileDate,
  published: hostileDate,
  description: hostileString,
  content: hostileString,
  category: fc.array(category, { maxLength: 3 }),
  author: fc.array(author, { maxLength: 3 }),
  contributor: fc.array(author, { maxLength: 2 }),
  image: media,
  audio: media,
  video: media,
  enclosure: media,
  attachments: fc.array(media, { maxLength: 3 }),
  copyright: hostileString,
  language: fc.oneof(fc.constantFrom("id", "en-GB"), hostileString),
  externalUrl: hostileUrl,
  canonical: hostileUrl,
  license: hostileUrl,
  comments: hostileUrl,
  commentsFeed: hostileUrl,
  inReplyTo: hostileUrl,
  markdown: hostileString,
  place: fc.record({ latitude: fc.double(), longitude: fc.double(), name: hostileString }),
  translations: fc.array(fc.record({ language: hostileString, url: hostileUrl }), { maxLength: 2 }),
  extensions,
});

const options = some({
  id: fc.oneof(hostileString, hostileUrl),
  title: hostileString,
  updated: hostileDate,
  generator: fc.oneof(hostileString, fc.constant(false)),
  language: hostileString,
  ttl: hostileNumber,
  stylesheet: fc.oneof(
    hostileString,
    hostileString.map((name) => `${name}.css`),
    hostileString.map((name) => `${name}.xsl`),
  ),
  feed: hostileUrl,
  feedLinks: some({ rss: hostileUrl, atom: hostileUrl, json: hostileUrl }),
  hub: hostileUrl,
  hubs: fc.array(hostileUrl, { maxLength: 2 }),
  docs: hostileUrl,
  author,
  link: hostileUrl,
  description: hostileString,
  image: hostileUrl,
  icon: hostileUrl,
  favicon: hostileUrl,
  copyright: hostileString,
  namespaces: fc.constantFrom(
    {},
    { own: "https://own.example/ns" },
    { xml: "urn:x", "a b": "urn:y", own: "<" },
  ),
});

/** Feeds with the right types and hostile strings, dates and numbers. */
export const hostileFeed = fc.record({
  options,
  items: fc.array(item, { maxLength: 3 }),
  categories: fc.array(hostileString, { maxLength: 3 }),
  contributors: fc.array(author, { maxLength: 2 }),
  extensions,
});

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withNullPrototype: true,
  withSparseArray: true,
  maxDepth: 2,
});

function anyOf(names: readonly string[]): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.fromEntries(names.map((name) => [name, fc.oneof(anything, hostileString)]));
  return fc.record(fields, { requiredKeys: [] });
}

const itemNames =
  "title id guid link date published description content category author contributor image audio video enclosure attachments imageDetails copyright language externalUrl canonical license comments commentsFeed inReplyTo place translations markdown extensions".split(
    " ",
  );
const optionNames =
  "id title updated generator language ttl stylesheet feed feedLinks hub hubs docs author link description image icon favicon copyright published history namespaces".split(
    " ",
  );

/** What no type checker would let through. */
export const wrongFeed = fc.oneof(
  anything,
  fc.record({
    options: fc.oneof(anyOf(optionNames), anything),
    items: fc.oneof(fc.array(fc.oneof(anyOf(itemNames), anything), { maxLength: 3 }), anything),
    categories: anything,
    contributors: anything,
    extensions: anything,
  }),
);
