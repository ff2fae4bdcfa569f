// In comes what `feeds` and `news` say; out goes which feeds there are, with every default filled in.
import * as v from "valibot";
import type {
  ByteLimit,
  Collection,
  CollectionOptions,
  CustomFeed,
  CustomFeedOptions,
  FieldValue,
  Moment,
  ProfileName,
  Selection,
  UserConfig,
  Where,
} from "../model/config.ts";
import type { ContentMode } from "../model/format.ts";
import { podcastSchema } from "./podcast-schema.ts";
import { count, formats, isRecord, leaf, listOf, oneOf, section, text } from "./value-schemas.ts";
import {
  parseFeedFolder,
  parseFeedName,
  parseFieldValue,
  parseLanguage,
  parseMoment,
  parsePagePattern,
  parseText,
} from "./values.ts";
import { vocabularyEntries } from "./vocabulary-schema.ts";

const content = oneOf<ContentMode>(["full", "summary"]);
const limit = count(100_000, 50);
const maxBytesCount = count(1_000_000_000, 1_000_000);

const collectionGroup = section({
  min: v.optional(count(100_000, 3), 1),
  limit: v.optional(limit),
  content: v.optional(content),
  formats: v.optional(formats),
  page: v.optional(
    leaf<string>(parsePagePattern, 'a pattern below the site that holds :slug, such as "/tags/:slug/"'),
  ),
  keep: v.optional(listOf(text('a name such as "Sports"'), 'a list of names such as ["Sports"]'), []),
});
const collectionFlag = v.pipe(
  leaf<boolean>(
    (input) => (typeof input === "boolean" ? input : undefined),
    "true, false, or a group such as { min: 3, limit: 20 }",
  ),
  v.transform((on): false | Collection => on && { min: 1, keep: [] }),
);
const collection = v.lazy((input) =>
  isRecord(input) ? collectionGroup : collectionFlag,
) as unknown as v.GenericSchema<boolean | CollectionOptions, false | Collection>;

const byteLimitGroup = section({
  bytes: maxBytesCount,
  over: v.optional(oneOf(["drop", "summary"]), "drop"),
});
const byteLimitNumber = v.pipe(
  maxBytesCount,
  v.transform((bytes): ByteLimit => ({ bytes, over: "drop" })),
);
const byteLimit = v.lazy((input) =>
  isRecord(input) ? byteLimitGroup : byteLimitNumber,
) as unknown as v.GenericSchema<NonNullable<NonNullable<UserConfig["feeds"]>["maxBytes"]>, ByteLimit>;

/** One word or several; several are a list. */
function words(parse: (input: unknown) => string | undefined, such: string) {
  const word = leaf<string>(parse, such);
  const one = v.pipe(
    word,
    v.transform((single) => [single]),
  );
  const many = v.pipe(listOf(word, such), v.minLength(1, `${such}, or a list with at least one`));
  return v.lazy((input) => (Array.isArray(input) ? many : one)) as unknown as v.GenericSchema<
    string | string[],
    string[]
  >;
}

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

const where: v.GenericSchema<Selection, Where> = v.lazy(() => whereGroup) as v.GenericSchema<
  Selection,
  Where
>;
const selections = listOf(where, 'a list of selections such as [{ tag: "news" }, { section: "Berita" }]');
const whereGroup = section({
  tag: v.optional(words(parseText, 'a tag such as "news"')),
  section: v.optional(words(parseText, 'a section such as "Berita"')),
  author: v.optional(words(parseText, 'an author\'s name such as "Sari Wulandari"')),
  language: v.optional(words(parseLanguage, 'a language tag such as "id"')),
  since: v.optional(moment),
  until: v.optional(moment),
  field: v.optional(field),
  any: v.optional(selections),
  all: v.optional(selections),
  not: v.optional(where),
});

const profiles = ["google", "msn", "flipboard", "smartnews", "apple-podcasts", "mailchimp"] as const;

const customFeed = v.pipe(
  section({
    name: leaf<string>(parseFeedName, 'a word of small letters, digits and dashes, such as "long-reads"'),
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
    profile: v.optional(oneOf<ProfileName>(profiles)),
    podcast: v.optional(podcastSchema),
  }),
  v.transform(({ path, ...rest }): CustomFeed => ({ ...rest, path: path ?? `feeds/${rest.name}/` })),
) as v.GenericSchema<CustomFeedOptions, CustomFeed>;

/** What makes two custom feeds one on disk: folders are compared as disks that ignore case do. */
function areDistinct(list: CustomFeed[]): boolean {
  return [list.map(({ name }) => name), list.map(({ path }) => path.toLowerCase())].every(
    (keys) => new Set(keys).size === keys.length,
  );
}

/** The keys of `feeds` that say which feeds there are. */
export const feedsEntries = {
  tags: v.optional(collection, false),
  authors: v.optional(collection, false),
  sections: v.optional(collection, false),
  languages: v.optional(collection, false),
  archives: v.optional(
    leaf<"month" | false>(
      (input) => (input === "month" || input === false ? input : undefined),
      '"month" or false',
    ),
    false,
  ),
  maxBytes: v.optional(byteLimit),
  ...vocabularyEntries,
  custom: v.optional(
    v.pipe(
      listOf(customFeed, 'a list of feeds such as [{ name: "sports", where: { tag: "sports" } }]'),
      v.check(areDistinct, "a name and a path of its own for each feed"),
    ),
    [],
  ),
};

export const newsSchema = section({
  publication: text("the publication's name as it stands on its articles in Google News"),
  language: v.optional(leaf<string>(parseLanguage, 'a language tag such as "id"')),
});
