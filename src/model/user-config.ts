// What a site says about itself, as people write it in `feedwright.config.*`.
import type { Severity } from "./diagnostic.ts";
import type {
  CollectionOptions,
  CustomFeedOptions,
  MakeElements,
  ProfileName,
  UpdatePeriod,
} from "./feed-options.ts";
import type { PageOptions } from "./page-data.ts";
import type { ContentMode, Format } from "./plan.ts";
import type { PodcastOptions } from "./podcast.ts";

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
