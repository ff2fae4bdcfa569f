// What a site says about itself, as the program uses it: checked and complete.

import type { Severity } from "./diagnostic.ts";
import type { ContentMode, Format } from "./format.ts";
import type { Author, Podcast, PodcastOptions, Post } from "./post.ts";

/** The checked and completed configuration. Paths are absolute; URLs are normalised. */
export interface Config {
  /** The project root: where the configuration stands. */
  readonly root: string;
  /** The configuration file, absolute; absent when everything came from flags or code. */
  readonly file?: string;
  readonly site: {
    /** Ends with `/`. */
    readonly url: string;
    readonly title: string;
    readonly description: string;
    readonly language: string;
    readonly timeZone: string;
    readonly authors: Readonly<Record<string, Author>>;
    readonly copyright?: string;
    readonly image?: string;
    readonly icon?: string;
    readonly authority?: string;
  };
  readonly posts: {
    readonly dir: string;
    readonly include: readonly string[];
    readonly exclude: readonly string[];
  };
  readonly out: string;
  readonly permalink: string;
  readonly assets: { readonly dir?: string; readonly copy: boolean };
  readonly markdown: {
    readonly plugins: readonly MarkdownPlugin[];
    readonly render?: NonNullable<UserConfig["markdown"]>["render"];
    readonly key: string;
    readonly allow: Readonly<Record<string, readonly string[]>>;
  };
  readonly dates: { readonly updated: "front-matter" | "git" };
  readonly feeds: {
    readonly formats: readonly Format[];
    readonly limit: number;
    readonly content: ContentMode;
    readonly sourceMarkdown: boolean;
    readonly opml: boolean;
    readonly menu: boolean;
    readonly links: boolean;
    readonly stylesheet: boolean;
    readonly tags: false | Collection;
    readonly authors: false | Collection;
    readonly sections: false | Collection;
    readonly languages: false | Collection;
    readonly archives: "month" | false;
    readonly maxBytes?: ByteLimit;
    readonly custom: readonly CustomFeed[];
    readonly namespaces: Readonly<Record<string, string>>;
    readonly elements: Readonly<Record<string, string>> | MakeElements;
    readonly updatePeriod?: UpdatePeriod;
    readonly accounts: Readonly<Record<string, string>>;
    readonly blogroll?: string;
  };
  readonly podcast?: Podcast;
  readonly news?: { readonly publication: string; readonly language?: string };
  readonly sitemap: boolean;
  readonly headers: boolean;
  readonly page: false | PageConfig;
  readonly websub: { readonly hubs: readonly string[] };
  readonly check: CheckConfig;
  readonly publish: PublishConfig;
}

/** {@link CollectionOptions} as the program uses them. What is absent is as in `feeds`. */
export interface Collection {
  readonly min: number;
  readonly limit?: number;
  readonly content?: ContentMode;
  readonly formats?: readonly Format[];
  readonly page?: string;
  readonly keep: readonly string[];
}

/** How large one document may be, and what gives way. */
export interface ByteLimit {
  readonly bytes: number;
  readonly over: "drop" | "summary";
}

/** {@link CustomFeedOptions} as the program uses them. What is absent is as its profile has it, else as in `feeds`. */
export interface CustomFeed {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly where: Where;
  readonly limit?: number;
  readonly order: "newest" | "oldest";
  readonly content?: ContentMode;
  readonly formats?: readonly Format[];
  /** Ends in `/`. */
  readonly path: string;
  readonly profile?: ProfileName;
  readonly podcast?: Podcast;
}

/** A date in milliseconds since the epoch, or an age in milliseconds. */
export type Moment = { readonly at: number } | { readonly ago: number };

/** {@link Selection} as the program uses it: lists are lists, dates are numbers. */
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

/** {@link PageOptions} as the program uses them. */
export interface PageConfig {
  readonly path: string;
  readonly render?: (data: PageData) => string;
}

/** `check` as the program uses it. */
export interface CheckConfig {
  readonly severity: Readonly<Record<string, CheckSeverity>>;
  readonly ignore: readonly { readonly code: string; readonly file: string; readonly reason: string }[];
  readonly profiles: readonly CheckProfile[];
}

/** `publish` as the program uses it; times in milliseconds. */
export interface PublishConfig {
  readonly target?: ResolvedTarget;
  readonly verify: false | { readonly timeoutMs: number };
  readonly indexnow?: { readonly key: string; readonly endpoint: string };
  readonly rsscloud?: { readonly ping: string };
  readonly guard: { readonly maxNew: number; readonly maxBytes: number; readonly maxRemoved: number };
}

/** A target with its defaults; `path` is absolute, a prefix is empty or ends in `/`. */
export type ResolvedTarget =
  | { readonly type: "directory"; readonly path: string }
  | { readonly type: "git"; readonly remote: string; readonly branch: string; readonly prefix: string }
  | {
      readonly type: "s3";
      readonly bucket: string;
      readonly region: string;
      readonly endpoint?: string;
      readonly prefix: string;
      readonly cacheControl: string;
    }
  | {
      readonly type: "command";
      readonly run: readonly string[];
      readonly timeoutMs: number;
      readonly remember: boolean;
    };

/** What may be said of all tag feeds, all author feeds and so on. */
export interface CollectionOptions {
  /** Posts that a name needs before it gets a feed; once it has one it keeps it. Default 1. */
  min?: number;
  /** Entries in each. Default: that of `feeds.limit`. */
  limit?: number;
  content?: ContentMode;
  formats?: Format[];
  /** The page that such a feed is about, below the site, such as `/tags/:slug/`. Default: the home page. */
  page?: string;
  /** Names that have a feed even when no post is in it. */
  keep?: string[];
}

/** A feed that selects its posts. */
export interface CustomFeedOptions {
  /** Small letters, digits and dashes: the feed's name in messages and, without `path`, its folder `feeds/<name>/`. */
  name: string;
  title?: string;
  description?: string;
  /** Which posts; absent: all. */
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

/** Consumers with published rules. */
export type ProfileName = "google" | "msn" | "flipboard" | "smartnews" | "apple-podcasts" | "mailchimp";

/** All keys have to hold; a list holds when one of its words does. Names are compared without regard to case. */
export interface Selection {
  tag?: string | string[];
  section?: string | string[];
  author?: string | string[];
  /** BCP 47; `en` holds for `en-GB` as well. */
  language?: string | string[];
  /** From this date on, such as `2026-01-01` (UTC), or from this long ago, such as `30d`. */
  since?: string;
  /** Before this date, or this long ago and earlier. */
  until?: string;
  /** A key of front matter, with the value or the values it has to have; with neither: the key has to be there. */
  field?: { key: string; equals?: FieldValue; in?: FieldValue[] };
  any?: Selection[];
  all?: Selection[];
  not?: Selection;
}

export type FieldValue = string | number | boolean;

/** The elements of one post by name, such as `{ "my:minutes": 4 }`: text, numbers, lists and mappings, as front matter has them. */
export type MakeElements = (post: Post) => Readonly<Record<string, unknown>>;

/** What may be said of the landing page. */
export interface PageOptions {
  /** Below the output folder. Default `index.html`. */
  path?: string;
  /** Replaces the page: what it would have shown in, HTML out. It is written as it is. */
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

/** What people write in `feedwright.config.*`. Nothing is required but `site.url` and `site.title`. */
export interface UserConfig {
  site: {
    /** Absolute http(s) URL of the site; it may have a path. */
    url: string;
    title: string;
    description?: string;
    /** BCP 47, such as `id` or `en-GB`. Default `en`. */
    language?: string;
    /** IANA name, such as `Asia/Jakarta`, for dates without a zone. Default `UTC`. */
    timeZone?: string;
    /** Authors by key; posts may name the key. The first one writes what names nobody. */
    authors?: Record<string, string | { name: string; email?: string; url?: string; avatar?: string }>;
    copyright?: string;
    /** Logo: URL, or path below the site. */
    image?: string;
    /** Square icon: URL, or path below the site. */
    icon?: string;
    /** Who mints the ids and since when, such as `example.org,2026` (RFC 4151). */
    authority?: string;
  };
  posts?: { dir?: string; include?: string[]; exclude?: string[] };
  /** Output folder. Default `dist`. */
  out?: string;
  /** Pattern of permalinks with `:section :slug :year :month :day :path :filename :language`. Default `/:slug/`. */
  permalink?: string;
  assets?: { dir?: string; copy?: boolean };
  markdown?: {
    /** markdown-it plug-ins: a function, or `[function, …options]`. */
    plugins?: MarkdownPlugin[];
    /** Replaces markdown-it: body in, HTML out (cleaned afterwards as ever). */
    render?: (body: string, post: { file: string; data: Readonly<Record<string, unknown>> }) => string;
    /** Say another word here whenever a function above changes what it does. */
    key?: string;
    /** Further elements and attributes that cleaning lets through: `{ "my-el": ["title"] }`. Never scripts, styles or handlers. */
    allow?: Record<string, string[]>;
  };
  dates?: { updated?: "front-matter" | "git" };
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
    /** Writes `feeds.css` and names it in RSS and Atom, so that a browser shows what a feed is. Default true. */
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
    /** Bytes of one feed document; past that the last entries are dropped, or turned to summaries. Default: no limit. */
    maxBytes?: number | { bytes: number; over?: "drop" | "summary" };
    /** Feeds of the site's own making. */
    custom?: CustomFeedOptions[];
    /** Prefixes beside the well-known ones, and the URIs they stand for: `{ my: "https://example.org/ns" }`. */
    namespaces?: Record<string, string>;
    /** Elements that entries get, and the keys of front matter that fill them: `{ "my:rating": "rating" }`; or a function that gives them. */
    elements?: Record<string, string> | MakeElements;
    /** How often the feeds change, for `sy:updatePeriod` in RSS. */
    updatePeriod?: UpdatePeriod;
    /** The site's accounts elsewhere, by service, for `source:account` in RSS: `{ mastodon: "@kabar@example.social" }`. */
    accounts?: Record<string, string>;
    /** URL, or path below the site, of the list of feeds that the site reads, in OPML, for `source:blogroll` in RSS. */
    blogroll?: string;
  };
  /** Makes the site's feed a podcast. A custom feed is made one by its own `podcast`. */
  podcast?: PodcastOptions;
  /** Writes `news-sitemap.xml`: the posts of the last two days for Google News. */
  news?: {
    /** The publication's name, as it stands on its articles in Google News. */
    publication: string;
    /** Only posts in this language, BCP 47. Default: all, each with its own. */
    language?: string;
  };
  /** Writes `sitemap.xml`. Default false. */
  sitemap?: boolean;
  /** Writes `_headers` for Netlify and Cloudflare: media types, caching, CORS. Default false. */
  headers?: boolean;
  /** The page where people subscribe, `index.html`; `render` writes another in its place. Default true. */
  page?: boolean | PageOptions;
  websub?: { hubs?: string[] };
  /** What `feedwright check` makes of what it finds. */
  check?: {
    /** Another severity by code; `off` leaves its findings out. */
    severity?: Record<string, CheckSeverity>;
    /** Findings that are meant to stay. */
    ignore?: {
      code: string;
      /** Path or glob, from the project folder, of posts or documents; or an address. */
      file: string;
      reason: string;
    }[];
    /** Consumers whose wishes every feed is checked for. */
    profiles?: CheckProfile[];
  };
  publish?: {
    /** Where the feeds go. Absent: somebody else deploys, and feedwright proves and tells. */
    target?: PublishTarget;
    /** How long the public addresses may take to show new bytes, such as `5m`; `false` proves nothing and tells nobody. */
    verify?: false | { timeout?: string };
    /** The key is public: it stands in a file at the site's root. */
    indexnow?: { key: string; endpoint?: string };
    /** rssCloud: the address that takes pings, such as `http://rpc.rsscloud.io:5337/rssCloud/ping`. */
    rsscloud?: { ping: string };
    guard?: {
      /** New entries in one feed at once. Default 50. */
      maxNew?: number;
      /** Bytes of one feed document. Default 2 MiB. */
      maxBytes?: number;
      /** Files removed at once. Default 256. */
      maxRemoved?: number;
    };
  };
}

/** Where `publish` puts the feeds. Secrets never stand here: they come from the environment. */
export type PublishTarget =
  | { type: "directory"; path: string }
  | {
      type: "git";
      /** URL, path, or the name of a remote of the project's own repository. Default `origin`. */
      remote?: string;
      branch: string;
      /** Folder inside the branch. */
      prefix?: string;
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
      /** Runs the program once more after telling, so that the site itself knows what was told. Default false. */
      remember?: boolean;
    };

/** A markdown-it plug-in, whatever its options: `never` lets any such function through. */
export type MarkdownPluginFunction = (md: never, ...options: never[]) => void;
export type MarkdownPlugin = MarkdownPluginFunction | [MarkdownPluginFunction, ...unknown[]];

export type CheckSeverity = Severity | "off";
export type CheckProfile = Exclude<ProfileName, "mailchimp">;

/** Gives editors the types of the configuration; returns what it was given. */
export function defineConfig(config: UserConfig): UserConfig {
  return config;
}
