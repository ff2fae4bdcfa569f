// What a site says about itself: as people write it (UserConfig) and as the program uses it (Config).
import type { ContentMode, Format } from "./plan.ts";
import type { Author } from "./post.ts";

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
  };
  websub?: { hubs?: string[] };
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
  | { type: "command"; run: string[] /** Such as `10m`, the default. */; timeout?: string };

/** A markdown-it plug-in, whatever its options: `never` lets any such function through. */
export type MarkdownPluginFunction = (md: never, ...options: never[]) => void;
export type MarkdownPlugin = MarkdownPluginFunction | [MarkdownPluginFunction, ...unknown[]];

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
  };
  readonly websub: { readonly hubs: readonly string[] };
  readonly publish: PublishConfig;
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
  | { readonly type: "command"; readonly run: readonly string[]; readonly timeoutMs: number };

/** Gives editors the types of the configuration; returns what it was given. */
export function defineConfig(config: UserConfig): UserConfig {
  return config;
}
