// The nouns of podcasts: what a show says of itself, in the configuration, and what an episode says, in its post.
import type { Attachment } from "./post.ts";

/** Somebody heard in a show or an episode (podcastindex.org, `person`). */
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

/** What `podcast` in the configuration takes: the show's own words. Its title and description are its feed's. */
export interface PodcastOptions {
  /** Square JPEG or PNG of 1400 to 3000 pixels: URL, or path below the site. */
  image: string;
  /** One to three of Apple's categories, such as `"Technology"` or `"Society & Culture > Documentary"`. */
  category: string | string[];
  explicit: boolean;
  /** Default: the site's first author, else the site's title. */
  author?: string;
  /** Whom directories write to. */
  owner?: { name?: string; email: string };
  /** `serial` is heard from the first episode on. Default `episodic`, unsaid. */
  type?: "episodic" | "serial";
  /** BCP 47. Default: the feed's. */
  language?: string;
  /** Keeps the show out of Apple's directory. */
  block?: boolean;
  /** No further episode will come. */
  complete?: boolean;
  /** The feed's new address, once it has moved. */
  newFeedUrl?: string;
  /** Default: the UUID that the namespace derives from the feed's address; write it down before the address changes. */
  guid?: string;
  /** Whether other hosts may not import the feed. */
  locked?: boolean;
  persons?: { name: string; role?: string; group?: string; image?: string; url?: string }[];
  funding?: { url: string; text: string }[];
  medium?: PodcastMedium;
  /** Name of the list of the namespace such as `cc-by-4.0`, or a name of its own with its address. */
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

/** {@link PodcastOptions} as the program uses them; addresses are absolute. */
export interface Podcast {
  readonly image: string;
  readonly category: readonly PodcastCategory[];
  readonly explicit: boolean;
  readonly author?: string;
  readonly owner?: { readonly name?: string; readonly email: string };
  readonly type?: "episodic" | "serial";
  readonly language?: string;
  readonly block?: boolean;
  readonly complete?: boolean;
  readonly newFeedUrl?: string;
  readonly guid?: string;
  readonly locked?: boolean;
  readonly persons?: readonly PodcastPerson[];
  readonly funding?: readonly { readonly url: string; readonly text: string }[];
  readonly medium?: PodcastMedium;
  readonly license?: { readonly name: string; readonly url?: string };
  readonly txt?: readonly { readonly text: string; readonly purpose?: string }[];
}

export interface PodcastCategory {
  readonly name: string;
  readonly sub?: string;
}

/** What an episode says beside what every post says. Only what was written is there. */
export interface Episode {
  readonly season?: number;
  readonly seasonName?: string;
  /** The namespace allows a fraction; Apple shows whole numbers alone. */
  readonly number?: number;
  readonly type?: "full" | "trailer" | "bonus";
  readonly explicit?: boolean;
  /** Title without show and number, where the post's has them. */
  readonly title?: string;
  readonly block?: boolean;
  /** As written: URL or file. */
  readonly image?: string;
  readonly transcripts?: readonly FileReference[];
  readonly chapters?: FileReference;
  readonly soundbites?: readonly Soundbite[];
  readonly persons?: readonly PodcastPerson[];
}

/** A file as written, with what is said of it. */
export interface FileReference {
  readonly src: string;
  readonly type?: string;
  /** BCP 47. */
  readonly language?: string;
}

/** A part worth hearing. Seconds. */
export interface Soundbite {
  readonly start: number;
  readonly duration: number;
  readonly title?: string;
}

/** The files of an episode, found. */
export interface EpisodeFiles {
  readonly image?: Attachment;
  readonly transcripts: readonly (Attachment & { readonly language?: string })[];
  readonly chapters?: Attachment;
}
