import * as v from "valibot";
import {
  type ByteLimit,
  type Collection,
  type CustomFeed,
  type CustomFeedOptions,
  type FieldValue,
  type MakeElements,
  type Moment,
  profileNames,
  type Selection,
  type Where,
} from "../model/config.ts";
import { type ContentMode, formatNames } from "../model/format.ts";
import { canBind, isQualifiedName, knownNamespaces } from "../model/namespaces.ts";
import { podcastSchema } from "./podcast-schema.ts";
import {
  count,
  either,
  flag,
  formats,
  functionLike,
  leaf,
  listOf,
  matching,
  oneOf,
  oneOrMore,
  recordOf,
  section,
  sitePath,
  text,
} from "./value-schemas.ts";
import { parseFeedFolder, parseFieldValue, parseLanguage, parseMoment, parsePagePattern } from "./values.ts";

const content = oneOf<ContentMode>(["full", "summary"]);
const limit = count(100_000, 50);

const collectionFlag = v.pipe(
  leaf<boolean>(
    (input) => (typeof input === "boolean" ? input : undefined),
    "true, false, or a group such as { min: 3, limit: 20 }",
  ),
  v.transform((on): false | Collection => on && { min: 1, keep: [] }),
);
const collection = v.optional(
  either(
    section({
      min: v.optional(count(100_000, 3), 1),
      limit: v.optional(limit),
      content: v.optional(content),
      formats: v.optional(formats),
      page: v.optional(
        leaf<string>(parsePagePattern, 'a pattern below the site that holds :slug, such as "/tags/:slug/"'),
      ),
      keep: v.optional(listOf(text('a name such as "Sports"'), 'a list of names such as ["Sports"]'), []),
    }),
    collectionFlag,
  ),
  false,
);

const byteCount = count(1_000_000_000, 1_000_000);
const byteLimit = either(
  section({ bytes: byteCount, over: v.optional(oneOf(["drop", "summary"]), "drop") }),
  v.pipe(
    byteCount,
    v.transform((bytes): ByteLimit => ({ bytes, over: "drop" })),
  ),
);

const moment = leaf<string, Moment>(
  parseMoment,
  'a date such as "2026-01-01" or "2026-01-01T00:00:00+07:00", or an age such as "30d", "12h" or "2w"',
);
const fieldValue = leaf<FieldValue>(parseFieldValue, "text, a number, true or false");
const field = v.pipe(
  section({
    key: text('a key of front matter such as "series"'),
    equals: v.optional(fieldValue),
    in: v.optional(listOf(fieldValue, 'a list of values such as ["draft", "final"]')),
  }),
  v.transform(({ key, equals, in: list }): NonNullable<Where["field"]> => {
    if (equals === undefined && list === undefined) return { key };
    return { key, in: [...(equals === undefined ? [] : [equals]), ...(list ?? [])] };
  }),
);

const where = v.lazy(() => whereGroup) as v.GenericSchema<Selection, Where>;
const selections = listOf(where, 'a list of selections such as [{ tag: "news" }, { section: "Berita" }]');
const words = (such: string) => v.optional(oneOrMore(text(such), such));
const languageTag = 'a language tag such as "id"';
const whereGroup = section({
  tag: words('a tag such as "news"'),
  section: words('a section such as "Berita"'),
  author: words('an author\'s name such as "Sari Wulandari"'),
  language: v.optional(oneOrMore(leaf<string>(parseLanguage, languageTag), languageTag)),
  since: v.optional(moment),
  until: v.optional(moment),
  field: v.optional(field),
  any: v.optional(selections),
  all: v.optional(selections),
  not: v.optional(where),
});

const customFeed = v.pipe(
  section({
    name: matching(
      /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/,
      'a word of small letters, digits and dashes, such as "long-reads"',
    ),
    title: v.optional(text("the feed's title")),
    description: v.optional(text("a sentence about the feed")),
    where: v.optional(where, {}),
    limit: v.optional(limit),
    order: v.optional(oneOf(["newest", "oldest"]), "newest"),
    content: v.optional(content),
    formats: v.optional(formats),
    path: v.optional(
      leaf<string>(
        parseFeedFolder,
        'a folder below the output folder, such as "partners/msn/"; tags/, authors/, sections/, languages/ and archive/ are taken',
      ),
    ),
    profile: v.optional(oneOf(profileNames)),
    podcast: v.optional(podcastSchema),
  }),
  v.transform(({ path, ...rest }) => ({ ...rest, path: path ?? `feeds/${rest.name}/` })),
) as v.GenericSchema<CustomFeedOptions, CustomFeed>;

/** Whether names and paths are unique. Some disks ignore case in folder names. */
function areDistinct(list: CustomFeed[]): boolean {
  return [list.map(({ name }) => name), list.map(({ path }) => path.toLowerCase())].every(
    (keys) => new Set(keys).size === keys.length,
  );
}

const namespaces = v.pipe(
  recordOf(
    text('an absolute URI such as "https://example.org/ns"'),
    'prefixes and their URIs, such as { my: "https://example.org/ns" }',
  ),
  v.check(
    (map) =>
      Object.entries(map).every(([prefix, uri]) => canBind(prefix, uri)) &&
      new Set(Object.values(map)).size === Object.keys(map).length,
    `prefixes that are names, each with an absolute URI of its own, such as { my: "https://example.org/ns" }; ${[...knownNamespaces.keys()].join(", ")} and their URIs are known already`,
  ),
);

const suchElements = 'elements and the front matter keys that fill them, such as { "my:rating": "rating" }';
const elements = either(
  v.pipe(
    recordOf(text('a key of front matter such as "rating"'), suchElements),
    v.check(
      (map) => Object.keys(map).every(isQualifiedName),
      'elements with a prefix, such as { "my:rating": "rating" }',
    ),
  ),
  functionLike<MakeElements>(`${suchElements}, or a function (post) => elements`),
);

export const feedsSchema = section({
  formats: v.optional(formats, [...formatNames]),
  limit: v.optional(limit, 50),
  content: v.optional(content, "full"),
  sourceMarkdown: v.optional(flag, false),
  opml: v.optional(flag, false),
  menu: v.optional(flag, false),
  links: v.optional(flag, false),
  stylesheet: v.optional(flag, true),
  tags: collection,
  authors: collection,
  sections: collection,
  languages: collection,
  archives: v.optional(
    leaf<"month" | false>(
      (input) => (input === "month" || input === false ? input : undefined),
      '"month" or false',
    ),
    false,
  ),
  maxBytes: v.optional(byteLimit),
  namespaces: v.optional(namespaces, {}),
  elements: v.optional(elements, {}),
  updatePeriod: v.optional(oneOf(["hourly", "daily", "weekly", "monthly", "yearly"])),
  accounts: v.optional(
    recordOf(
      text('an account\'s name such as "@kabar@example.social"'),
      'accounts by service, such as { mastodon: "@kabar@example.social" }',
    ),
    {},
  ),
  blogroll: v.optional(sitePath("/blogroll.opml")),
  custom: v.optional(
    v.pipe(
      listOf(customFeed, 'a list of feeds such as [{ name: "sports", where: { tag: "sports" } }]'),
      v.check(areDistinct, "a name and a path of its own for each feed"),
    ),
    [],
  ),
});
