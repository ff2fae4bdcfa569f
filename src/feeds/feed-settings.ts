import type { ByteLimit, Collection, Config, CustomFeed, ProfileName } from "../model/config.ts";
import type { ContentMode, Format } from "../model/format.ts";
import type { FeedKind, FeedName } from "./feed-name.ts";
import { feedProfiles } from "./profiles/profiles.ts";

/** How a feed is made. */
export interface FeedSettings {
  /** Entries; infinite for an archive. */
  readonly limit: number;
  readonly order: "newest" | "oldest";
  readonly content: ContentMode;
  readonly formats: readonly Format[];
  readonly maxBytes?: ByteLimit;
  readonly profile?: ProfileName;
}

/** The feed's own settings, else those of its profile, else those of `feeds`. */
export function settingsOf({ kind, key }: FeedName, config: Config): FeedSettings {
  const { feeds } = config;
  const base = { order: "newest" as const, content: feeds.content, formats: feeds.formats };
  const bytes = feeds.maxBytes && { maxBytes: feeds.maxBytes };
  // An archive that dropped entries would lose them for good.
  if (kind === "archive" || kind === "news") return { ...base, limit: Number.POSITIVE_INFINITY };
  if (kind === "custom") return customSettings(findCustom(key, config), config);
  const own = collectionOf(kind, config) || undefined;
  return {
    ...base,
    ...bytes,
    limit: own?.limit ?? feeds.limit,
    ...(own?.content && { content: own.content }),
    ...(own?.formats && { formats: own.formats }),
  };
}

function customSettings(feed: CustomFeed | undefined, { feeds }: Config): FeedSettings {
  const profile = feed?.profile && feedProfiles[feed.profile];
  const asked = profile?.maxBytes;
  const bytes = Math.min(
    asked ?? Number.POSITIVE_INFINITY,
    feeds.maxBytes?.bytes ?? Number.POSITIVE_INFINITY,
  );
  return {
    limit: feed?.limit ?? profile?.limit ?? feeds.limit,
    order: feed?.order ?? "newest",
    content: feed?.content ?? profile?.content ?? feeds.content,
    formats: feed?.formats ?? profile?.formats ?? feeds.formats,
    ...(Number.isFinite(bytes) && { maxBytes: { bytes, over: feeds.maxBytes?.over ?? "drop" } }),
    ...(feed?.profile && { profile: feed.profile }),
  };
}

/** The feed of `feeds.custom` behind a key. */
export function findCustom(key: string, { feeds }: Config): CustomFeed | undefined {
  return feeds.custom.find(({ name }) => key === `custom/${name}`);
}

/** What the configuration says of a collection; false for a kind that is off. */
export function collectionOf(kind: FeedKind, { feeds }: Config): false | Collection {
  switch (kind) {
    case "tag":
      return feeds.tags;
    case "author":
      return feeds.authors;
    case "section":
      return feeds.sections;
    case "language":
      return feeds.languages;
    default:
      return false;
  }
}
