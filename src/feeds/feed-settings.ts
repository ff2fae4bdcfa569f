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
  // An archive that dropped entries would lose them for good.
  if (kind === "archive" || kind === "news")
    return { limit: Infinity, order: "newest", content: feeds.content, formats: feeds.formats };
  const custom = kind === "custom" ? findCustom(key, config) : undefined;
  const own = custom ?? (collectionOf(kind, config) || undefined);
  const profile = custom?.profile && feedProfiles[custom.profile];
  const bytes = Math.min(profile?.maxBytes ?? Infinity, feeds.maxBytes?.bytes ?? Infinity);
  return {
    limit: own?.limit ?? profile?.limit ?? feeds.limit,
    order: custom?.order ?? "newest",
    content: own?.content ?? profile?.content ?? feeds.content,
    formats: own?.formats ?? profile?.formats ?? feeds.formats,
    maxBytes: bytes === Infinity ? undefined : { bytes, over: feeds.maxBytes?.over ?? "drop" },
    profile: custom?.profile,
  };
}

/** The feed of `feeds.custom` behind a key. */
export function findCustom(key: string, { feeds }: Config): CustomFeed | undefined {
  return feeds.custom.find(({ name }) => key === `custom/${name}`);
}

/** Kinds of feeds that posts make by themselves, with the key of each in `feeds`; its feeds are in a folder of that name. */
export const collectionKeys = {
  tag: "tags",
  author: "authors",
  section: "sections",
  language: "languages",
} as const satisfies Partial<Record<FeedKind, string>>;
export type CollectionKind = keyof typeof collectionKeys;
export const collectionKinds = Object.keys(collectionKeys) as CollectionKind[];

/** What the configuration says of a collection; false for a kind that is off or is no collection. */
export function collectionOf(kind: FeedKind, { feeds }: Config): false | Collection {
  return kind in collectionKeys && feeds[collectionKeys[kind as CollectionKind]];
}
