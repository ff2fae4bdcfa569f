// In comes any value; out goes what `feedwright.config.*` says with every default filled in. A new key is added here and in model/user-config.ts and model/config.ts.
import * as v from "valibot";
import type { Config, MarkdownPlugin, UserConfig } from "../model/config.ts";
import { type ContentMode, formatNames } from "../model/format.ts";
import type { Author } from "../model/post.ts";
import { checkSchema } from "./check-schema.ts";
import { feedsEntries, newsSchema } from "./feeds-schema.ts";
import { podcastSchema } from "./podcast-schema.ts";
import { publishSchema } from "./publish-schema.ts";
import { feedListEntries, siteDocumentEntries } from "./site-documents-schema.ts";
import { count, flag, formats, leaf, listOf, oneOf, recordOf, section, text } from "./value-schemas.ts";
import {
  parseAuthority,
  parseEmail,
  parseLanguage,
  parsePath,
  parsePermalink,
  parseSitePath,
  parseSiteUrl,
  parseText,
  parseTimeZone,
  parseUrl,
  permalinkTokens,
} from "./values.ts";

const textOrNone = (what: string) => leaf<string>((input) => (input === "" ? "" : parseText(input)), what);
const path = (what: string) => leaf<string>(parsePath, what);
const globs = listOf(path('a glob such as "**/*.md"'), 'a list of globs such as ["**/*.md"]');

const authorGroup = section({
  name: text('the author\'s name, such as "Sari Wulandari"'),
  email: v.optional(leaf<string>(parseEmail, 'an e-mail address such as "sari@example.org"')),
  url: v.optional(leaf<string>(parseUrl, 'an absolute http(s) URL such as "https://example.org/sari/"')),
  avatar: v.optional(leaf<string>(parseSitePath, 'a URL, or a path below the site such as "/sari.jpg"')),
});
const authorName = leaf<string, Author>((input) => {
  const name = parseText(input);
  return name === undefined ? undefined : { name };
}, 'a name such as "Sari Wulandari", or { name, email, url, avatar }');
const author = v.lazy((input) =>
  typeof input === "object" && input !== null ? authorGroup : authorName,
) as v.GenericSchema<v.InferInput<typeof authorGroup> | string, Author>;

const markdownPlugin = leaf<MarkdownPlugin>((input) => {
  const head: unknown = Array.isArray(input) ? input[0] : input;
  return typeof head === "function" ? (input as MarkdownPlugin) : undefined;
}, "a markdown-it plug-in: a function, or [function, ...options]");
type Render = NonNullable<NonNullable<UserConfig["markdown"]>["render"]>;
const render = leaf<Render>(
  (input) => (typeof input === "function" ? (input as Render) : undefined),
  "a function (body, post) => html",
);
/** Cleaning is the last word on what is safe; these can never be let through. */
const attribute = leaf<string>(
  (input) =>
    typeof input === "string" && /^[a-z][a-z0-9:_-]*$/.test(input) && !/^(on|style$|srcdoc$)/.test(input)
      ? input
      : undefined,
  'an attribute in lower case such as "title"; never style, srcdoc or a handler such as onclick',
);
const unsafeElements =
  /^(script|style|iframe|object|embed|base|link|meta|form|input|button|svg|math|template|frame|frameset|noscript|plaintext|xmp|html|head|body|title|textarea|select)$/;
const allow = v.pipe(
  recordOf(
    listOf(attribute, 'a list of attributes such as ["title"]'),
    'elements with their attributes, such as { "my-note": ["title"] }',
  ),
  v.check(
    (map) => Object.keys(map).every((name) => /^[a-z][a-z0-9-]*$/.test(name) && !unsafeElements.test(name)),
    'elements in lower case such as { "my-note": ["title"] }; scripts, styles, frames and form controls never pass',
  ),
);

/** Everything that can be said of the file alone; paths and site-relative URLs are completed in resolve-config.ts. */
export const configSchema = section({
  site: section({
    url: leaf<string>(
      parseSiteUrl,
      'an absolute http(s) URL without query, fragment or password, such as "https://example.org/"',
    ),
    title: text('the name of the site, such as "Kabar Pesisir"'),
    description: v.optional(textOrNone("a sentence about the site"), ""),
    language: v.optional(leaf<string>(parseLanguage, 'a language tag such as "id" or "en-GB"'), "en"),
    timeZone: v.optional(leaf<string>(parseTimeZone, 'an IANA time zone such as "Asia/Jakarta"'), "UTC"),
    authors: v.optional(recordOf(author, 'authors by key, such as { sari: "Sari Wulandari" }'), {}),
    copyright: v.optional(text('a line such as "© 2026 Kabar Pesisir"')),
    image: v.optional(leaf<string>(parseSitePath, 'a URL, or a path below the site such as "/logo.png"')),
    icon: v.optional(leaf<string>(parseSitePath, 'a URL, or a path below the site such as "/icon.png"')),
    authority: v.optional(
      leaf<string>(
        parseAuthority,
        'a domain you hold and a day on which you held it, such as "example.org,2026" (RFC 4151)',
      ),
    ),
  }),
  posts: v.optional(
    section({
      dir: v.optional(path('a folder inside the project, such as "posts"'), "posts"),
      include: v.optional(globs, ["**/*.md", "**/*.markdown", "**/*.mdx", "**/*.html", "**/*.htm"]),
      exclude: v.optional(globs, []),
    }),
    {},
  ),
  out: v.optional(path('a folder for the feeds, such as "dist"'), "dist"),
  permalink: v.optional(
    leaf<string>(
      parsePermalink,
      `a pattern such as "/:year/:slug/": it begins with /, holds :slug, :path or :filename, and knows ${permalinkTokens.map((token) => `:${token}`).join(" ")}`,
    ),
    "/:slug/",
  ),
  assets: v.optional(
    section({
      dir: v.optional(path('a folder inside the project, such as "public"')),
      copy: v.optional(flag, false),
    }),
    {},
  ),
  markdown: v.optional(
    section({
      plugins: v.optional(listOf(markdownPlugin, "a list of markdown-it plug-ins"), []),
      render: v.optional(render),
      key: v.optional(textOrNone('a word such as "2", changed whenever a function above changes'), ""),
      allow: v.optional(allow, {}),
    }),
    {},
  ),
  dates: v.optional(section({ updated: v.optional(oneOf(["front-matter", "git"]), "front-matter") }), {}),
  feeds: v.optional(
    section({
      formats: v.optional(formats, [...formatNames]),
      limit: v.optional(count(100_000, 50), 50),
      content: v.optional(oneOf<ContentMode>(["full", "summary"]), "full"),
      sourceMarkdown: v.optional(flag, false),
      ...feedListEntries,
      ...feedsEntries,
    }),
    {},
  ),
  news: v.optional(newsSchema),
  podcast: v.optional(podcastSchema),
  ...siteDocumentEntries,
  websub: v.optional(
    section({
      hubs: v.optional(
        listOf(
          leaf<string>(parseUrl, 'an absolute http(s) URL such as "https://hub.example/"'),
          'a list of hubs such as ["https://hub.example/"]',
        ),
        [],
      ),
    }),
    {},
  ),
  check: v.optional(checkSchema, {}),
  publish: v.optional(publishSchema, {}),
});

/** The configuration once checked, before the project's place is known. */
export type CheckedConfig = v.InferOutput<typeof configSchema>;

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
/** Every key path of a type, such as `site` and `site.url`: optional keys that one side lacks are assignable, but show here. */
type Paths<T> = T extends string | number | boolean | readonly unknown[] | ((...given: never[]) => unknown)
  ? never
  : { [K in keyof T & string]-?: K | `${K}.${Paths<NonNullable<T[K]>>}` }[keyof T & string];
type Input = v.InferInput<typeof configSchema>;
type Placed = Omit<Config, "root" | "file">;
/** Breaks the compilation when a key stands in the schema, in model/user-config.ts or in model/config.ts alone. */
export const schemaFitsTypes: [
  Same<Input, UserConfig>,
  Same<Paths<Input>, Paths<UserConfig>>,
  CheckedConfig extends Placed ? true : false,
  Same<Paths<CheckedConfig>, Paths<Placed>>,
] = [true, true, true, true];
