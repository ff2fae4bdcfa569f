// What a site says of its feeds beyond the site's own: collections, feeds that select their posts, elements of their own.
import type { ContentMode, Format } from "./plan.ts";
import type { PodcastOptions } from "./podcast.ts";
import type { Post } from "./post.ts";

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
