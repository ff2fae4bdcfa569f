// In come the rows of the index; out go those that Google News takes: the last two days, by first publication.
import type { FeedName } from "./feed-name.ts";

/** Age at which an article leaves the news sitemap, in milliseconds. */
export const newsAge = 2 * 86_400_000;

/**
 * The window as a feed of the index: the index keeps its order, tells when it changes, and wakes for the moment an
 * article turns two days old. `updated` does not count: Google asks for the first publication.
 */
export const newsFeed: FeedName = { key: "news", kind: "news", name: "", ages: [[0, newsAge]] };
