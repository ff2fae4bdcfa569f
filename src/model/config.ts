// What a site says about itself, as the program uses it: checked and complete.
import type { FieldValue, MakeElements, ProfileName, UpdatePeriod } from "./feed-options.ts";
import type { PageData } from "./page-data.ts";
import type { ContentMode, Format } from "./plan.ts";
import type { Podcast } from "./podcast.ts";
import type { Author } from "./post.ts";
import type { CheckProfile, CheckSeverity, MarkdownPlugin, UserConfig } from "./user-config.ts";

export type {
  CollectionOptions,
  CustomFeedOptions,
  FieldValue,
  MakeElements,
  ProfileName,
  Selection,
  UpdatePeriod,
} from "./feed-options.ts";
export type { PageData, PageOptions } from "./page-data.ts";
export {
  type CheckProfile,
  type CheckSeverity,
  defineConfig,
  type MarkdownPlugin,
  type PublishTarget,
  type UserConfig,
} from "./user-config.ts";

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
