// What one source file says, before and after its body is rendered. Plain data, frozen.

/** A person or an organisation, as feeds know one. */
export interface Author {
  readonly name: string;
  readonly email?: string;
  readonly url?: string;
  readonly avatar?: string;
}

/** A point on the earth, in degrees (WGS 84). */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  readonly name?: string;
}

/** An image as front matter names it; `src` is as written (URL or file). */
export interface ImageReference {
  readonly src: string;
  readonly alt?: string;
  readonly caption?: string;
  readonly credit?: string;
}

/** An attachment as front matter names it; facts that it does not give are read from the file. */
export interface AttachmentReference {
  readonly src: string;
  /** The key of front matter that names it, where it is not `attachments`. */
  readonly key?: string;
  /** Media type, such as `audio/mpeg`. */
  readonly type?: string;
  /** Bytes. */
  readonly length?: number;
  /** Seconds. */
  readonly duration?: number;
  readonly title?: string;
  readonly alt?: string;
  readonly caption?: string;
  readonly credit?: string;
}

/** A file that readers can fetch. Facts are known or absent, never guessed. */
export interface Attachment {
  /** Absolute URL. */
  readonly url: string;
  /** Media type, such as `audio/mpeg`. */
  readonly type: string;
  /** Bytes; absent when unknown. */
  readonly length?: number;
  /** Seconds; absent when unknown or without meaning. */
  readonly duration?: number;
  /** Pixels. */
  readonly width?: number;
  /** Pixels. */
  readonly height?: number;
  readonly title?: string;
  readonly alt?: string;
  readonly caption?: string;
  readonly credit?: string;
  /** The local file it was read from, relative to the project root; absent for a remote one. */
  readonly file?: string;
}

/** A type whose properties may be set while an object of it is made. */
export type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Who may see a post that is neither draft, future nor expired. */
export type Visibility = "public" | "unlisted" | "private";

/** How the body is written. */
export type Markup = "markdown" | "html" | "mdx";

/**
 * What one file's front matter says, normalised. The body is not kept: it is read again when an output needs it.
 * Instants are milliseconds since 1970-01-01T00:00Z. Strings are NFC and hold no character that XML forbids.
 */
export interface Post {
  /** Path below the posts folder, with `/`. The key of a post everywhere inside the program. */
  readonly file: string;
  /** The id that readers store (see docs/ids.md). */
  readonly id: string;
  /** Where `id` came from. */
  readonly idSource: "front-matter" | "authority" | "permalink";
  /** Permalink: the absolute URL where people read it. */
  readonly url: string;
  /** Empty for a note. */
  readonly title: string;
  /** Set where the title is the heading that the body begins with. */
  readonly titleSource?: "heading";
  readonly date: number;
  readonly updated?: number;
  readonly expires?: number;
  /** Set beside `expires` if the author takes the post back, and since when: Atom feeds say so. */
  readonly retracted?: number;
  readonly draft: boolean;
  readonly visibility: Visibility;
  /** Present where the page is to be in no sitemap, though it is in feeds. */
  readonly sitemap?: false;
  readonly slug: string;
  /** Plain text from front matter; absent if it is taken from the body. */
  readonly description?: string;
  readonly authors: readonly Author[];
  readonly tags: readonly string[];
  readonly section?: string;
  /** BCP 47, canonical spelling; the site's if the post does not say. */
  readonly language: string;
  readonly image?: ImageReference;
  readonly attachments: readonly AttachmentReference[];
  /** For a link post: the page elsewhere that it is about. */
  readonly externalUrl?: string;
  /** Where the text first appeared, if that is another site. */
  readonly canonical?: string;
  /** URL of the licence. */
  readonly license?: string;
  /** Page with the comments, absolute. */
  readonly comments?: string;
  /** Feed of the comments, absolute. */
  readonly commentsFeed?: string;
  /** Absolute URL this post answers. */
  readonly inReplyTo?: string;
  /** A correction note, plain text, shown at the end of the entry. */
  readonly correction?: string;
  /** Where the story takes place. */
  readonly place?: Place;
  /** Present for an episode of a podcast. */
  readonly episode?: Episode;
  /** The same text in other languages; known only when all posts are read. */
  readonly translations?: readonly { readonly language: string; readonly url: string }[];
  readonly markup: Markup;
  /** Front matter that feedwright does not know, as the front matter's language gives it. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** What a post is at one moment. */
export type PostStatus = "published" | "draft" | "future" | "expired" | "unlisted" | "private";

/** What rendering adds to a {@link Post}. */
export interface PostContent {
  /** Clean HTML: allow-listed elements, absolute URLs, no scripts; safe to put into any feed. */
  readonly html: string;
  /** Plain text, one paragraph: front matter's description, or the body's beginning. */
  readonly summary: string;
  /** The body as written, without front matter; only if an output needs it. */
  readonly markdown?: string;
  /** The post's own image first, then attachments in the order of the front matter. */
  readonly image?: Attachment;
  readonly attachments: readonly Attachment[];
  /** The files that the post's episode names. */
  readonly episode?: EpisodeFiles;
  /** What the site's own function `feeds.elements` gives for it: elements by name, plain data. */
  readonly elements?: Readonly<Record<string, unknown>>;
}

/** What a post is at `now` (milliseconds since the epoch). */
export function postStatus(post: Post, now: number): PostStatus {
  if (post.draft) return "draft";
  if (post.visibility !== "public") return post.visibility;
  if (post.expires !== undefined && post.expires <= now) return "expired";
  return post.date > now ? "future" : "published";
}

/** A person in a show or an episode (podcastindex.org, `person`). */
export interface PodcastPerson {
  readonly name: string;
  /** Such as `host` or `guest`, of the namespace's taxonomy. Readers take `host` where it is absent. */
  readonly role?: string;
  /** Such as `cast` or `writing`. */
  readonly group?: string;
  /** Absolute https URL of a picture. */
  readonly image?: string;
  /** Absolute https URL of a page. */
  readonly url?: string;
}

/** What only episodes say. Every field is optional: only what was written is here. */
export interface Episode {
  readonly season?: number;
  readonly seasonName?: string;
  /** The namespace allows a fraction; Apple shows whole numbers alone. */
  readonly number?: number;
  readonly type?: "full" | "trailer" | "bonus";
  readonly explicit?: boolean;
  /** Title without show and number, if the post's has them. */
  readonly title?: string;
  readonly block?: boolean;
  /** As written: URL or file. */
  readonly image?: string;
  readonly transcripts?: readonly FileReference[];
  readonly chapters?: FileReference;
  readonly soundbites?: readonly Soundbite[];
  readonly persons?: readonly PodcastPerson[];
}

/** A file as written, with what front matter says about it. */
export interface FileReference {
  readonly src: string;
  readonly type?: string;
  /** BCP 47. */
  readonly language?: string;
}

/** A part of an episode that represents it, in seconds. */
export interface Soundbite {
  readonly start: number;
  readonly duration: number;
  readonly title?: string;
}

/** The files of an episode, with the facts read from them. */
export interface EpisodeFiles {
  readonly image?: Attachment;
  readonly transcripts: readonly (Attachment & { readonly language?: string })[];
  readonly chapters?: Attachment;
}
