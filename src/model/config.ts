// The configuration: as people write it (`UserConfig`), and as the program uses it, checked and complete (`Config`).
import type { Severity } from "./diagnostic.ts";
import type { ContentMode, Format } from "./format.ts";
import type { Author, PodcastPerson, Post } from "./post.ts";

/** What people write in `feedwright.config.*`. Only `site.url` and `site.title` are required. */
export interface UserConfig {
  site: {
    /** Absolute http(s) URL of the site; it may have a path. */
    url: string;
    title: string;
    description?: string;
    /** BCP 47, such as `id` or `en-GB`. Default `en`. */
    language?: string;
    /** Other languages of the site. With this key, `name.en.md` is in another language only where `en` is one of them. */
    languages?: string[];
    /** IANA name, such as `Asia/Jakarta`, for dates without a zone. Default `UTC`. */
    timeZone?: string;
    /** Authors by key; posts may name the key. The first is the author of posts that name nobody. */
    authors?: Record<string, string | { name: string; email?: string; url?: string; avatar?: string }>;
    copyright?: string;
    /** Logo: URL, or path below the site. */
    image?: string;
    /** Square icon: URL, or path below the site. */
    icon?: string;
    /** Domain and year for permanent ids, such as `example.org,2026` (RFC 4151). */
    authority?: string;
  };
  /** The program that builds the site. Its rules apply where the keys written here say nothing else. */
  preset?: PresetName;
  posts?: {
    dir?: string;
    include?: string[];
    exclude?: string[];
    /** A folder with an `index` file is one post, and its other files are none. Default false. */
    bundles?: boolean;
  };
  /** Output folder. Default `dist`. */
  out?: string;
  /** Pattern of permalinks, see `permalinkTokens`. Default `/:slug/`. */
  permalink?: string;
  /** Patterns for some of the posts; the first that matches counts in place of `permalink`. */
  permalinks?: PermalinkRule[];
  /** Whose rules turn file names and titles into parts of an address. Default `as-written`. */
  slugs?: SlugForm;
  /** The title of posts that have none: nothing, their file's name, or the name's words with capitals. Default `none`. */
  titles?: "none" | "file-name" | "capitalized";
  categories?: {
    /** Folders that are categories: those above the posts' own folder, or the last one. Default `none`. */
    folder?: "none" | "above" | "last";
    /** What divides a text of categories or tags. With `spaces`, as in Jekyll, `category` is one. Default `commas`. */
    split?: "commas" | "spaces";
    /** The category of posts that have none. */
    default?: string;
    /** Words in `tags` that say how the site is built and are for no reader. */
    ignore?: string[];
  };
  assets?: { dir?: string; copy?: boolean };
  markdown?: {
    /** markdown-it plug-ins: a function, or `[function, …options]`. */
    plugins?: MarkdownPlugin[];
    /** Replaces markdown-it: body in, HTML out. The HTML is cleaned afterwards, as always. */
    render?: (body: string, post: { file: string; data: Readonly<Record<string, unknown>> }) => string;
    /** Change this word whenever a function above changes what it does: cached posts are then rendered again. */
    key?: string;
    /** More elements and attributes that cleaning keeps: `{ "my-el": ["title"] }`. Never scripts, styles or handlers. */
    allow?: Record<string, string[]>;
    /** The template language in bodies. `keep` leaves templates as text. Default: what no language would show is left out. */
    templates?: TemplateLanguage;
    /** What the site's Markdown knows besides CommonMark and GitHub's. */
    extensions?: MarkdownExtension[];
  };
  dates?: {
    updated?: "front-matter" | "git";
    /** Where a post's date may be, in this order. Default `front-matter`, `file-name`. */
    from?: DateSource[];
    /** Zone of dates without one. `yaml`: UTC for what YAML itself reads as a time, else the site's. Default `site`. */
    zoneless?: "site" | "utc" | "yaml";
  };
  feeds?: {
    formats?: Format[];
    /** Entries in a feed. Default 50. */
    limit?: number;
    content?: ContentMode;
    /** Adds `source:markdown` to RSS. Default false. */
    sourceMarkdown?: boolean;
    /** Writes `feeds.opml`, a list of every feed that readers import. Default false. */
    opml?: boolean;
    /** Writes `.well-known/feed-menu.json` (draft-nottingham-feed-menu). Default false. */
    menu?: boolean;
    /** Writes `autodiscovery.html`, the `<link>` tags of every feed for other pages to include. Default false. */
    links?: boolean;
    /** Writes `feeds.css` and links it in RSS and Atom, so that a browser shows what a feed is. Default true. */
    stylesheet?: boolean;
    /** A feed for every tag. Default false. */
    tags?: boolean | CollectionOptions;
    /** A feed for every author, by name. Default false. */
    authors?: boolean | CollectionOptions;
    /** A feed for every section. Default false. */
    sections?: boolean | CollectionOptions;
    /** A feed for every language. Default false. */
    languages?: boolean | CollectionOptions;
    /** Every post of the site's feed in documents by month (RFC 5005). Default false. */
    archives?: "month" | false;
    /** Largest size of a feed document in bytes. In a larger one the last entries are dropped or shortened. Default: no limit. */
    maxBytes?: number | { bytes: number; over?: "drop" | "summary" };
    /** Feeds that select their own posts. */
    custom?: CustomFeedOptions[];
    /** Your own prefixes and their URIs: `{ my: "https://example.org/ns" }`. */
    namespaces?: Record<string, string>;
    /** Elements for entries, and the front matter keys that fill them: `{ "my:rating": "rating" }`; or a function. */
    elements?: Record<string, string> | MakeElements;
    /** How often the feeds change, for `sy:updatePeriod` in RSS. */
    updatePeriod?: UpdatePeriod;
    /** The site's accounts by service, for `source:account` in RSS: `{ mastodon: "@kabar@example.social" }`. */
    accounts?: Record<string, string>;
    /** OPML list of the feeds that the site reads, for `source:blogroll` in RSS: URL, or path below the site. */
    blogroll?: string;
  };
  /** Makes the site's feed a podcast. A custom feed has its own `podcast`. */
  podcast?: PodcastOptions;
  /** Writes `news-sitemap.xml`: the posts of the last two days for Google News. */
  news?: {
    /** The publication's name, exactly as in Google News. */
    publication: string;
    /** Only posts in this language, BCP 47. Default: all, each with its own. */
    language?: string;
  };
  /** Writes `sitemap.xml`. Default false. */
  sitemap?: boolean;
  /** Writes `_headers` for Netlify and Cloudflare: media types, caching, CORS. Default false. */
  headers?: boolean;
  /** The page where people subscribe, `index.html`; `render` replaces it. Default true. */
  page?: boolean | PageOptions;
  websub?: { hubs?: string[] };
  /** Settings of `feedwright check`. */
  check?: {
    /** Another severity by code; `off` leaves its findings out. */
    severity?: Record<string, CheckSeverity>;
    /** Findings to leave out. */
    ignore?: {
      code: string;
      /** Path or glob, from the project folder, of posts or documents; or an address. */
      file: string;
      reason: string;
    }[];
    /** Consumers whose rules every feed is checked against. */
    profiles?: CheckProfile[];
  };
  publish?: {
    /** Where the feeds go. Without it another program deploys, and feedwright only verifies and notifies. */
    target?: PublishTarget;
    /** How long to wait until the public addresses serve the new bytes, such as `5m`; `false` verifies and notifies nothing. */
    verify?: false | { timeout?: string };
    /** The key is public: it is in a file at the site's root. */
    indexnow?: { key: string; endpoint?: string };
    /** rssCloud: the address that takes pings, such as `http://rpc.rsscloud.io:5337/rssCloud/ping`. */
    rsscloud?: { ping: string };
    guard?: {
      /** New entries in one feed at once. Default: two fifths of `feeds.limit`, but 5 to 50. */
      maxNew?: number;
      /** Bytes of one feed document. Default 2 MiB. */
      maxBytes?: number;
      /** Files removed at once. Default 256. */
      maxRemoved?: number;
    };
  };
}

/** Programs that build sites, whose rules feedwright knows. */
export const presetNames = [
  "jekyll",
  "hugo",
  "eleventy",
  "astro",
  "hexo",
  "zola",
  "pelican",
  "docusaurus",
  "vitepress",
  "nuxt",
  "quartz",
  "obsidian",
  "gatsby",
  "next",
] as const;
export type PresetName = (typeof presetNames)[number];

/** Placeholders of a permalink that stand for text that somebody wrote. */
export const writtenTokens = [
  "slug",
  "slug_or_title",
  "slug_or_path",
  "path",
  "filename",
  "folder",
  "section",
  "category",
  "categories",
] as const;

/** The placeholders of a pattern of permalinks. */
export const permalinkTokens = [
  ...writtenTokens,
  "language",
  "translation",
  "year",
  "short_year",
  "month",
  "i_month",
  "day",
  "i_day",
  "y_day",
  "hour",
  "minute",
  "second",
] as const;

/** A pattern, and the posts that it is for: all conditions have to hold. */
export interface PermalinkRule {
  pattern: string;
  /** Below `posts.dir`, such as `news`. */
  folder?: string;
  /** Posts in another language than the site's. */
  translated?: true;
  /** Posts that are a folder's `index`. */
  index?: true;
}

export const slugForms = [
  "as-written",
  "jekyll",
  "hugo",
  "astro",
  "hexo",
  "zola",
  "pelican",
  "docusaurus",
  "nuxt",
  "quartz",
  "obsidian",
] as const;
export type SlugForm = (typeof slugForms)[number];

export const templateLanguages = [
  "liquid",
  "nunjucks",
  "hexo",
  "hugo",
  "tera",
  "vue",
  "mdx",
  "keep",
] as const;
export type TemplateLanguage = (typeof templateLanguages)[number];

export const markdownExtensions = [
  "breaks",
  "callouts",
  "containers",
  "definition-lists",
  "kramdown",
  "mark",
  "mdc",
  "mdx",
  "wiki-links",
] as const;
export type MarkdownExtension = (typeof markdownExtensions)[number];

export const dateSources = ["front-matter", "file-name", "folders", "permalink", "git"] as const;
export type DateSource = (typeof dateSources)[number];

/** The feeds of all tags, of all authors and so on. */
export interface CollectionOptions {
  /** Posts that a name needs before it gets a feed; once it has one it keeps it. Default 1. */
  min?: number;
  /** Entries in each. Default: that of `feeds.limit`. */
  limit?: number;
  content?: ContentMode;
  formats?: Format[];
  /** The page that such a feed is about, below the site, such as `/tags/:slug/`. Default: the home page. */
  page?: string;
  /** Names that have a feed even without a post. */
  keep?: string[];
}

/** A feed that selects its posts. */
export interface CustomFeedOptions {
  /** Small letters, digits and dashes: the feed's name in messages and, without `path`, its folder `feeds/<name>/`. */
  name: string;
  title?: string;
  description?: string;
  /** Which posts. Default: all. */
  where?: Selection;
  limit?: number;
  /** `oldest` begins with the first post, as a course does. Default `newest`. */
  order?: "newest" | "oldest";
  content?: ContentMode;
  formats?: Format[];
  /** Folder below the output folder. */
  path?: string;
  /** The consumer whose published rules the feed keeps. */
  profile?: ProfileName;
  /** Makes the feed a podcast. */
  podcast?: PodcastOptions;
}

export type UpdatePeriod = "hourly" | "daily" | "weekly" | "monthly" | "yearly";

/** Consumers whose rules `check` knows. */
export const checkProfiles = ["google", "msn", "flipboard", "smartnews", "apple-podcasts"] as const;
export type CheckProfile = (typeof checkProfiles)[number];

/** Consumers for which a feed can be made, by their published rules. */
export const profileNames = [...checkProfiles, "mailchimp"] as const;
export type ProfileName = (typeof profileNames)[number];

/** A post has to match all keys; of a list it has to match one word. Case does not matter in names. */
export interface Selection {
  tag?: string | string[];
  section?: string | string[];
  author?: string | string[];
  /** BCP 47; `en` matches `en-GB` as well. */
  language?: string | string[];
  /** From this date on, such as `2026-01-01` (UTC), or from this long ago, such as `30d`. */
  since?: string;
  /** Before this date, or this long ago and earlier. */
  until?: string;
  /** A key of front matter with one of these values; without `equals` and `in`, the key has to exist. */
  field?: { key: string; equals?: FieldValue; in?: FieldValue[] };
  any?: Selection[];
  all?: Selection[];
  not?: Selection;
}

export type FieldValue = string | number | boolean;

/** Gives the elements of one post by name, such as `{ "my:minutes": 4 }`: text, numbers, lists and mappings. */
export type MakeElements = (post: Post) => Readonly<Record<string, unknown>>;

export interface PageOptions {
  /** Below the output folder. Default `index.html`. */
  path?: string;
  /** Gives the page's HTML in place of feedwright's own. It is written unchanged. */
  render?: (data: PageData) => string;
}

/** What a landing page shows. */
export interface PageData {
  readonly site: {
    readonly url: string;
    readonly title: string;
    readonly description: string;
    readonly language: string;
  };
  readonly feeds: readonly {
    readonly key: string;
    readonly title: string;
    readonly language: string;
    readonly documents: readonly {
      readonly format: Format;
      readonly mediaType: string;
      readonly url: string;
    }[];
  }[];
  /** Newest first. Dates are milliseconds since the epoch. */
  readonly posts: readonly {
    readonly title: string;
    readonly url: string;
    readonly date: number;
    readonly language: string;
  }[];
  /** `<link>` tags for the page's head. */
  readonly autodiscovery: string;
}

/** What Apple Podcasts and the namespace `podcast` ask about a show. Its title and description are its feed's. */
export interface PodcastOptions {
  /** Square JPEG or PNG of 1400 to 3000 pixels: URL, or path below the site. */
  image: string;
  /** One to three of Apple's categories, such as `"Technology"` or `"Society & Culture > Documentary"`. */
  category: string | string[];
  explicit: boolean;
  /** Default: the site's first author, else the site's title. */
  author?: string;
  /** The person to whom directories write. */
  owner?: { name?: string; email: string };
  /** `serial` is heard from the first episode on. Without it apps assume `episodic`. */
  type?: "episodic" | "serial";
  /** BCP 47. Default: the feed's. */
  language?: string;
  /** Keeps the show out of Apple's directory. */
  block?: boolean;
  /** No more episodes will come. */
  complete?: boolean;
  /** The feed's new address after a move. */
  newFeedUrl?: string;
  /** Default: the UUID that the namespace derives from the feed's address; write it down before the address changes. */
  guid?: string;
  /** Whether other hosts may not import the feed. */
  locked?: boolean;
  persons?: { name: string; role?: string; group?: string; image?: string; url?: string }[];
  funding?: { url: string; text: string }[];
  medium?: PodcastMedium;
  /** A name from the namespace's list such as `cc-by-4.0`, or a name of your own with its address. */
  license?: string | { name: string; url: string };
  txt?: { text: string; purpose?: string }[];
}

export const podcastMedia = [
  "podcast",
  "music",
  "video",
  "film",
  "audiobook",
  "newsletter",
  "blog",
  "course",
] as const;

export type PodcastMedium = (typeof podcastMedia)[number];

/** Where `publish` puts the feeds. Secrets come from the environment, never from here. */
export type PublishTarget =
  | { type: "directory"; path: string }
  | {
      type: "git";
      /** URL, path, or the name of a remote of the project's own repository. Default `origin`. */
      remote?: string;
      branch: string;
      /** Folder inside the branch. */
      prefix?: string;
      /** Of the commits: `Name <name@example.org>`. */
      author?: string;
      /** First line of the commits' messages. */
      message?: string;
    }
  | {
      type: "s3";
      bucket: string;
      region?: string;
      endpoint?: string;
      prefix?: string;
      /** Value of `Cache-Control` on feeds and pages. Default `public, max-age=900`. */
      cacheControl?: string;
    }
  | {
      type: "command";
      run: string[];
      /** Such as `10m`, the default. */
      timeout?: string;
      /** Runs the program again after the notifications, so that the site keeps the list of those sent. Default false. */
      remember?: boolean;
    };

/** A markdown-it plug-in with any options: `never` accepts every such function. */
export type MarkdownPluginFunction = (md: never, ...options: never[]) => void;
export type MarkdownPlugin = MarkdownPluginFunction | [MarkdownPluginFunction, ...unknown[]];

export type CheckSeverity = Severity | "off";

/** Gives editors the types of the configuration; returns its argument. */
export function defineConfig(config: UserConfig): UserConfig {
  return config;
}

type Frozen<Value> = Value extends (...given: never[]) => unknown
  ? Value
  : { readonly [Key in keyof Value]: Frozen<Value[Key]> };

/** A group with its defaults. Only the `Optional` keys may be absent; the keys of `Resolved` have another type than written. */
type Complete<Group, Optional extends keyof Group = never, Resolved = unknown> = Frozen<
  Required<Omit<Group, Optional | keyof Resolved>> & Pick<Group, Optional>
> &
  Readonly<Resolved>;

type Group<Key extends keyof UserConfig> = NonNullable<UserConfig[Key]>;

/** The checked and completed configuration. Paths are absolute; URLs are absolute and normalised. */
export interface Config {
  /** The project root: the folder of the configuration. */
  readonly root: string;
  /** The configuration file, absolute; absent when everything came from flags or code. */
  readonly file?: string;
  /** `url` ends with `/`. */
  readonly site: Complete<
    UserConfig["site"],
    "copyright" | "image" | "icon" | "authority" | "languages",
    { authors: Readonly<Record<string, Author>> }
  >;
  readonly posts: Complete<Group<"posts">>;
  readonly out: string;
  readonly preset?: PresetName;
  readonly permalink: string;
  readonly permalinks: readonly Readonly<PermalinkRule>[];
  readonly slugs: SlugForm;
  readonly titles: NonNullable<UserConfig["titles"]>;
  readonly categories: Complete<Group<"categories">, "default">;
  readonly assets: Complete<Group<"assets">, "dir">;
  readonly markdown: Complete<
    Group<"markdown">,
    "render" | "templates",
    { plugins: readonly MarkdownPlugin[] }
  >;
  readonly dates: Complete<Group<"dates">>;
  readonly feeds: Complete<
    Group<"feeds">,
    "updatePeriod" | "blogroll",
    {
      tags: false | Collection;
      authors: false | Collection;
      sections: false | Collection;
      languages: false | Collection;
      maxBytes?: ByteLimit;
      custom: readonly CustomFeed[];
    }
  >;
  readonly podcast?: Podcast;
  readonly news?: Frozen<Group<"news">>;
  readonly sitemap: boolean;
  readonly headers: boolean;
  readonly page: false | PageConfig;
  readonly websub: Complete<Group<"websub">>;
  readonly check: CheckConfig;
  readonly publish: PublishConfig;
}

/** Without `limit`, `content` and `formats` those of `feeds` apply. */
export type Collection = Complete<CollectionOptions, "limit" | "content" | "formats" | "page">;

/** Largest size of a document, and what happens to the entries past it. */
export type ByteLimit = Complete<Exclude<NonNullable<Group<"feeds">["maxBytes"]>, number>>;

/** Keys that are absent are those of its profile, else those of `feeds`. `path` ends in `/`. */
export type CustomFeed = Complete<
  CustomFeedOptions,
  "title" | "description" | "limit" | "content" | "formats" | "profile",
  { where: Where; podcast?: Podcast }
>;

/** A date in milliseconds since the epoch, or an age in milliseconds. */
export type Moment = { readonly at: number } | { readonly ago: number };

/** {@link Selection} with lists in place of single words, and dates as numbers. */
export interface Where {
  readonly tag?: readonly string[];
  readonly section?: readonly string[];
  readonly author?: readonly string[];
  readonly language?: readonly string[];
  readonly since?: Moment;
  readonly until?: Moment;
  readonly field?: { readonly key: string; readonly in?: readonly FieldValue[] };
  readonly any?: readonly Where[];
  readonly all?: readonly Where[];
  readonly not?: Where;
}

export type PageConfig = Complete<PageOptions, "render">;

export type Podcast = Frozen<Omit<PodcastOptions, "category" | "license">> & {
  readonly category: readonly PodcastCategory[];
  readonly persons?: readonly PodcastPerson[];
  readonly license?: { readonly name: string; readonly url?: string };
};

export interface PodcastCategory {
  readonly name: string;
  readonly sub?: string;
}

export type CheckConfig = Complete<Group<"check">>;

export type PublishConfig = Complete<
  Group<"publish">,
  "rsscloud",
  {
    target?: ResolvedTarget;
    verify: false | { readonly timeoutMs: number };
    indexnow?: Complete<NonNullable<Group<"publish">["indexnow"]>>;
    guard: Complete<NonNullable<Group<"publish">["guard"]>, "maxNew">;
  }
>;

type TargetOptions<Type extends PublishTarget["type"]> = Extract<PublishTarget, { type: Type }>;

/** A target with its defaults; `path` is absolute, a prefix is empty or ends in `/`. */
export type ResolvedTarget =
  | Complete<TargetOptions<"directory">>
  | Complete<TargetOptions<"git">, "message", { author?: { readonly name: string; readonly email: string } }>
  | Complete<TargetOptions<"s3">, "endpoint">
  | Complete<Omit<TargetOptions<"command">, "timeout">, never, { timeoutMs: number }>;
