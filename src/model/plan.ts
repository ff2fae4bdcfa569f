// Which posts make one feed, and the documents made of them.

import type { ByteLimit, Podcast, ProfileName } from "./config.ts";
import type { ContentMode, Format } from "./format.ts";
import type { Post } from "./post.ts";

/** One feed, in every format it is written in: its head and its window of posts, newest first. */
export interface FeedPlan {
  /** Unique in the site: `site`, `tag/<slug>`, … */
  readonly key: string;
  /** Folder of its documents below the output folder: empty, or ending in `/`. */
  readonly folder: string;
  readonly title: string;
  readonly description: string;
  /** BCP 47. */
  readonly language: string;
  /** The page this feed is about, absolute. */
  readonly homePage: string;
  readonly formats: readonly Format[];
  readonly content: ContentMode;
  readonly posts: readonly Post[];
  /** The consumer whose published rules the feed follows. */
  readonly profile?: ProfileName;
  /** The show that the feed is. */
  readonly podcast?: Podcast;
  /** Posts that were taken back, newest first; Atom says so (RFC 6721). */
  readonly deleted?: readonly Deletion[];
  /** How large each of its documents may be. */
  readonly maxBytes?: ByteLimit;
  /** Its neighbours among the documents that together hold every post (RFC 5005). */
  readonly history?: FeedHistory;
}

/** Documents that together hold every post. Folders are below the output folder: empty, or ending in `/`. */
export interface FeedHistory {
  /** Set for an archive: the feed that people subscribe to, whose id it shares. */
  readonly current?: { readonly key: string; readonly folder: string };
  /** Folder of the archive of the time before. */
  readonly previous?: string;
  /** Folder of the archive of the time after. */
  readonly next?: string;
}

/** A post that was taken back. */
export interface Deletion {
  /** The post's id. */
  readonly ref: string;
  /** Milliseconds since the epoch. */
  readonly when: number;
}

/** All that an entry may depend on of the feed it is in: one entry serves every feed of the same variant. */
export interface Variant {
  readonly content: ContentMode;
  /** Whether episodes say what podcast apps ask for. */
  readonly podcast?: boolean;
  readonly profile?: ProfileName;
}

/** The variant of a feed's entries. */
export function variantOf({ content, podcast, profile }: FeedPlan): Variant {
  return {
    content,
    ...(podcast !== undefined && { podcast: true }),
    // Entries for the other profiles are like those of any feed.
    ...(profile === "msn" && { profile }),
  };
}

/** Equal for equal variants. */
export function nameVariant({ content, podcast, profile }: Variant): string {
  return `${content}${podcast ? " podcast" : ""}${profile ? ` ${profile}` : ""}`;
}

/** A document to be written. */
export interface OutputFile {
  /** Path below the output folder, with `/`. */
  readonly path: string;
  readonly mediaType: string;
  readonly content: string | Uint8Array;
}

/** What the head of a document depends on in its fragments. */
export interface FragmentFacts {
  /** The namespace prefixes it uses. */
  readonly prefixes: readonly string[];
  /** Whether a JSON item names authors of its own. */
  readonly namesAuthors?: boolean;
}

/** A post's part of one document, already serialised. */
export interface Fragment extends FragmentFacts {
  readonly text: string;
}

/** A fragment in UTF-8, outside the heap, encoded once for all documents it is in. */
export interface PackedFragment extends FragmentFacts {
  readonly bytes: Uint8Array;
}

/** A document without its fragments: what comes before, between and after them. */
export interface DocumentFrame {
  readonly start: string;
  readonly between: string;
  readonly end: string;
}

/** A document to be written, in parts that follow one another. */
export interface PackedFile extends Omit<OutputFile, "content"> {
  readonly content: readonly Uint8Array[];
}

/** A feed that subscribers know, beside those that the configuration names. */
export interface PublishedFeed {
  /** Such as `tag`. */
  readonly kind: string;
  readonly name: string;
}

/** The age at which an article leaves the news sitemap, in milliseconds. */
export const newsAge = 2 * 86_400_000;
