// Every key of the configuration with its default. A new key is also declared in `UserConfig` (model/config.ts), with a row in
// docs/configuration.md.
import * as v from "valibot";
import {
  type CheckSeverity,
  type Config,
  checkProfiles,
  dateSources,
  type MarkdownPlugin,
  markdownExtensions,
  type PageConfig,
  type PageOptions,
  permalinkTokens,
  presetNames,
  slugForms,
  templateLanguages,
  type UserConfig,
} from "../model/config.ts";
import type { Author } from "../model/post.ts";
import { feedsSchema } from "./feeds-schema.ts";
import { podcastSchema } from "./podcast-schema.ts";
import { publishSchema } from "./publish-schema.ts";
import {
  either,
  email,
  flag,
  functionLike,
  language,
  leaf,
  listOf,
  matching,
  oneOf,
  recordOf,
  section,
  sitePath,
  text,
  url,
} from "./value-schemas.ts";
import {
  parseAuthority,
  parsePath,
  parsePermalink,
  parsePrefix,
  parseSiteUrl,
  parseText,
  parseTimeZone,
} from "./values.ts";

const textOrNone = (what: string) => leaf<string>((input) => (input === "" ? "" : parseText(input)), what);
const path = (what: string) => leaf<string>(parsePath, what);
const globs = listOf(path('a glob such as "**/*.md"'), 'a list of globs such as ["**/*.md"]');

const author = either(
  section({
    name: text('the author\'s name, such as "Sari Wulandari"'),
    email: v.optional(email("sari@example.org")),
    url: v.optional(url("https://example.org/sari/")),
    avatar: v.optional(sitePath("/sari.jpg")),
  }),
  v.pipe(
    text('a name such as "Sari Wulandari", or { name, email, url, avatar }'),
    v.transform((name): Author => ({ name })),
  ),
);

const permalinkPattern = leaf<string>(
  parsePermalink,
  `a pattern such as "/:year/:slug/": it begins with /, holds :slug, :path or :filename, and knows ${permalinkTokens.map((token) => `:${token}`).join(" ")}`,
);
/** Only `true` says something: a rule without the key is for all posts. */
const onlyTrue = leaf<true>((input) => (input === true ? true : undefined), "true, or leave the key out");
const permalinkRules = listOf(
  section({
    pattern: permalinkPattern,
    folder: v.optional(
      leaf<string>(
        (input) => parsePrefix(input)?.replace(/\/$/, "") || undefined,
        'a folder below posts.dir, such as "news"',
      ),
    ),
    translated: v.optional(onlyTrue),
    index: v.optional(onlyTrue),
  }),
  'a list such as [{ folder: "news", pattern: "/news/:slug/" }]',
);
const words = (such: string) => listOf(text(such), `a list such as ["${such}"]`);

const markdownPlugin = leaf<MarkdownPlugin>((input) => {
  const head: unknown = Array.isArray(input) ? input[0] : input;
  return typeof head === "function" ? (input as MarkdownPlugin) : undefined;
}, "a markdown-it plug-in: a function, or [function, ...options]");
/** Cleaning always removes these, whatever the configuration says. */
const attribute = matching(
  /^(?!on|style$|srcdoc$)[a-z][a-z0-9:_-]*$/,
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
    'elements in lower case such as { "my-note": ["title"] }; scripts, styles, frames and form controls are never kept',
  ),
);

/** A path below the output folder, with the same form as an address below the site. */
function parsePagePath(input: unknown): string | undefined {
  if (typeof input !== "string" || !/^[\w./~-]+\.html$/.test(input) || input.startsWith("/"))
    return undefined;
  return input.split("/").some((part) => part === "" || part === "." || part === "..") ? undefined : input;
}

const page = either(
  section({
    path: v.optional(
      leaf<string>(
        parsePagePath,
        'a path below the output folder that ends in .html, such as "subscribe.html"',
      ),
      "index.html",
    ),
    render: v.optional(functionLike<NonNullable<PageOptions["render"]>>("a function (data) => html")),
  }),
  leaf<boolean, false | PageConfig>(
    (input) => (input === true ? { path: "index.html" } : input === false ? false : undefined),
    "true, false, or { path, render }",
  ),
);

/** Whether a code exists is checked by `check`, which knows them all. */
const check = section({
  severity: v.optional(
    recordOf(
      oneOf<CheckSeverity>(["off", "hint", "warning", "error"]),
      'severities by code, such as { "html/relative": "error" }',
    ),
    {},
  ),
  ignore: v.optional(
    listOf(
      section({
        code: matching(
          /^[a-z]+(-[a-z]+)*\/[a-z0-9-]+$/,
          'a code such as "html/relative"; feedwright explain lists them',
        ),
        file: text('a path or a glob such as "posts/2019/**"'),
        reason: text('why, such as "imported from the old site"'),
      }),
      'a list such as [{ code: "html/relative", file: "posts/old.md", reason: "imported" }]',
    ),
    [],
  ),
  profiles: v.optional(listOf(oneOf(checkProfiles), 'a list of consumers such as ["google"]'), []),
});

/** Paths and addresses below the site become absolute in resolve-config.ts. */
export const configSchema = section({
  site: section({
    url: leaf<string>(
      parseSiteUrl,
      'an absolute http(s) URL without query, fragment or password, such as "https://example.org/"',
    ),
    title: text('the name of the site, such as "Kabar Pesisir"'),
    description: v.optional(textOrNone("a sentence about the site"), ""),
    language: v.optional(language, "en"),
    languages: v.optional(listOf(language, 'a list of language tags such as ["en", "pt-BR"]')),
    timeZone: v.optional(leaf<string>(parseTimeZone, 'an IANA time zone such as "Asia/Jakarta"'), "UTC"),
    authors: v.optional(recordOf(author, 'authors by key, such as { sari: "Sari Wulandari" }'), {}),
    copyright: v.optional(text('a line such as "© 2026 Kabar Pesisir"')),
    image: v.optional(sitePath("/logo.png")),
    icon: v.optional(sitePath("/icon.png")),
    authority: v.optional(
      leaf<string>(
        parseAuthority,
        'a domain you own and a day on which you owned it, such as "example.org,2026" (RFC 4151)',
      ),
    ),
  }),
  posts: v.optional(
    section({
      dir: v.optional(path('a folder inside the project, such as "posts"'), "posts"),
      include: v.optional(globs, ["**/*.md", "**/*.markdown", "**/*.mdx", "**/*.html", "**/*.htm"]),
      exclude: v.optional(globs, []),
      bundles: v.optional(flag, false),
    }),
    {},
  ),
  out: v.optional(path('a folder for the feeds, such as "dist"'), "dist"),
  preset: v.optional(oneOf(presetNames)),
  permalink: v.optional(permalinkPattern, "/:slug/"),
  permalinks: v.optional(permalinkRules, []),
  slugs: v.optional(oneOf(slugForms), "as-written"),
  titles: v.optional(oneOf(["none", "file-name", "capitalized"]), "none"),
  categories: v.optional(
    section({
      folder: v.optional(oneOf(["none", "above", "last"]), "none"),
      split: v.optional(oneOf(["commas", "spaces"]), "commas"),
      default: v.optional(text('a category such as "News"')),
      ignore: v.optional(words("posts"), []),
    }),
    {},
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
      render: v.optional(
        functionLike<NonNullable<NonNullable<UserConfig["markdown"]>["render"]>>(
          "a function (body, post) => html",
        ),
      ),
      key: v.optional(textOrNone('a word such as "2", changed whenever a function above changes'), ""),
      allow: v.optional(allow, {}),
      templates: v.optional(oneOf(templateLanguages)),
      extensions: v.optional(
        listOf(oneOf(markdownExtensions), 'a list such as ["callouts", "wiki-links"]'),
        [],
      ),
    }),
    {},
  ),
  dates: v.optional(
    section({
      updated: v.optional(oneOf(["front-matter", "git"]), "front-matter"),
      from: v.optional(
        v.pipe(
          listOf(oneOf(dateSources), 'a list such as ["front-matter", "file-name", "folders"]'),
          v.minLength(1, 'at least one place, such as ["front-matter"]'),
        ),
        ["front-matter", "file-name"],
      ),
      zoneless: v.optional(oneOf(["site", "utc", "yaml"]), "site"),
    }),
    {},
  ),
  feeds: v.optional(feedsSchema, {}),
  news: v.optional(
    section({
      publication: text("the publication's name exactly as in Google News"),
      language: v.optional(language),
    }),
  ),
  podcast: v.optional(podcastSchema),
  sitemap: v.optional(flag, false),
  headers: v.optional(flag, false),
  page: v.optional(page, true),
  websub: v.optional(
    section({
      hubs: v.optional(
        listOf(url("https://hub.example/"), 'a list of hubs such as ["https://hub.example/"]'),
        [],
      ),
    }),
    {},
  ),
  check: v.optional(check, {}),
  publish: v.optional(publishSchema, {}),
});

/** A checked configuration, with paths still as written. */
export type CheckedConfig = v.InferOutput<typeof configSchema>;

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
/** Every key path of a type, such as `site` and `site.url`: a type that lacks an optional key is assignable, but differs here. */
type Paths<T> = T extends string | number | boolean | readonly unknown[] | ((...given: never[]) => unknown)
  ? never
  : { [K in keyof T & string]-?: K | `${K}.${Paths<NonNullable<T[K]>>}` }[keyof T & string];
type Input = v.InferInput<typeof configSchema>;
type Placed = Omit<Config, "root" | "file">;
/** Does not compile when a key is missing in the schema, in `UserConfig` or in `Config`. */
export const schemaFitsTypes: [
  Same<Input, UserConfig>,
  Same<Paths<Input>, Paths<UserConfig>>,
  CheckedConfig extends Placed ? true : false,
  Same<Paths<CheckedConfig>, Paths<Placed>>,
] = [true, true, true, true];
