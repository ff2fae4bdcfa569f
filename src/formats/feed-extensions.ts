// In come a plan and the configuration; out goes what a feed's head says in other vocabularies.
import type { Config } from "../model/config.ts";
import type { FeedPlan } from "../model/plan.ts";
import type { Extension } from "./extensions/extension.ts";
import { itunesChannel } from "./extensions/itunes.ts";
import { podcastChannel } from "./extensions/podcasting.ts";
import { smartnewsChannel } from "./extensions/smartnews.ts";
import { sourceOfChannel } from "./extensions/source.ts";
import { syndication } from "./extensions/syndication.ts";
import { tombstones } from "./extensions/tombstones.ts";

/**
 * Only what the site asked for. `feedUrl` is the address by which podcast apps know the feed.
 * Vocabularies that a format has no use for are left out when it is written.
 */
export function feedExtensions(plan: FeedPlan, config: Config, feedUrl: string): Extension[] {
  const { site, feeds } = config;
  const author = Object.values(site.authors)[0]?.name ?? site.title;
  return [
    ...(plan.extensions ?? []),
    ...(plan.profile === "smartnews" ? smartnewsChannel(site.image) : []),
    ...syndication(feeds.updatePeriod),
    ...sourceOfChannel(feeds.accounts, feeds.blogroll),
    ...(plan.podcast ? itunesChannel(plan.podcast, author) : []),
    ...(plan.podcast ? podcastChannel(plan.podcast, feedUrl) : []),
    ...tombstones(plan.deleted),
  ];
}
