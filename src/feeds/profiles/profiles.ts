import type { ProfileName } from "../../model/config.ts";
import type { ContentMode, Format } from "../../model/format.ts";

/** From the least to the most, both included. */
export interface Range {
  readonly least?: number | undefined;
  readonly most?: number | undefined;
}

/** What a consumer asks of a feed and of each post in it. What is absent is not asked. */
export interface FeedProfile {
  readonly formats: readonly Format[];
  readonly content: ContentMode;
  /** Entries. */
  readonly limit: number;
  /** Bytes of one document. */
  readonly maxBytes?: number;
  /** Entries below which the consumer does not take the feed. */
  readonly minEntries?: number;
  /** Characters of the feed's description. */
  readonly maxDescription?: number;
  /** Whether the feed has to name a logo (`site.image`). */
  readonly logo?: boolean;
  /** Milliseconds. */
  readonly maxAge?: number;
  /** Characters. */
  readonly title?: Range;
  /** Somebody has to have written it. */
  readonly author?: boolean;
  /** Permalink and image. */
  readonly https?: boolean;
  /** The permalink has the host of the feed. */
  readonly ownHost?: boolean;
  /** No `utm_` in the permalink. */
  readonly noTracking?: boolean;
  /** Characters of plain text. */
  readonly text?: Range;
  /** Characters of the summary. */
  readonly summary?: Range;
  /** Bytes of HTML. */
  readonly maxContent?: number;
  readonly image?: ImageFacts;
  /** The media types of which each post needs one. */
  readonly attachment?: readonly string[];
}

interface ImageFacts {
  readonly required?: boolean;
  /** Pixels. */
  readonly minWidth?: number;
  /** Pixels of the shorter side. */
  readonly minSide?: number;
  /** Bytes. */
  readonly maxBytes?: number;
  /** Width by height. */
  readonly ratio?: Required<Range>;
}

const day = 86_400_000;
const mebibyte = 1_048_576;

/** The published rules of each consumer. */
export const feedProfiles: Readonly<Record<ProfileName, FeedProfile>> = {
  google: {
    // https://support.google.com/news/publisher-center/answer/9545420
    formats: ["rss", "atom"],
    content: "full",
    limit: 60,
    maxBytes: 2 * mebibyte,
    title: { least: 1 },
    maxContent: mebibyte,
  },
  msn: {
    // https://helpcenter.microsoftstart.com/kb/feed-specifications
    formats: ["rss"],
    content: "full",
    limit: 50,
    maxAge: 365 * day,
    title: { least: 21, most: 150 },
    https: true,
    text: { least: 1 },
    image: { minWidth: 720, maxBytes: 15 * mebibyte, ratio: { least: 0.5, most: 1.89 } },
  },
  flipboard: {
    // https://about.flipboard.com/rss-spec
    formats: ["rss"],
    content: "full",
    limit: 30,
    minEntries: 20,
    title: { least: 1 },
    author: true,
    ownHost: true,
    text: { least: 300 },
    image: { required: true, minSide: 500 },
  },
  smartnews: {
    // https://publishers.smartnews.com/hc/en-us/articles/360049232353
    formats: ["rss"],
    content: "full",
    limit: 50,
    maxBytes: 1_000_000,
    maxDescription: 30,
    logo: true,
    title: { least: 1 },
    noTracking: true,
    text: { least: 1 },
  },
  "apple-podcasts": {
    // https://podcasters.apple.com/support/823-podcast-requirements
    formats: ["rss"],
    content: "full",
    limit: 300,
    title: { least: 1 },
    attachment: [
      "audio/mpeg",
      "audio/x-m4a",
      "audio/mp4",
      "video/mp4",
      "video/x-m4v",
      "video/quicktime",
      "application/pdf",
    ],
  },
  mailchimp: {
    // https://mailchimp.com/help/rss-merge-tags/
    formats: ["rss"],
    content: "full",
    limit: 50,
    title: { least: 1 },
    summary: { least: 1 },
    text: { least: 1 },
  },
};
