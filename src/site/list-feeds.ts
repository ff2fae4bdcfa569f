import { join } from "node:path";
import { FeedCatalog } from "../feeds/feed-catalog.ts";
import { PostIndex } from "../feeds/index/post-index.ts";
import { fixedFeeds } from "../feeds/memberships.ts";
import { planFeed } from "../feeds/plan-feed.ts";
import type { Config } from "../model/config.ts";
import type { FeedPlan } from "../model/plan.ts";
import { readManifest } from "../output/manifest.ts";
import { FolderScanner } from "./folder-scanner.ts";

/** Plans, without posts, of every feed that has documents, except archives: what lists of feeds are made of. */
export function planHeads(catalog: FeedCatalog, index: PostIndex, config: Config): FeedPlan[] {
  return catalog
    .locations()
    .filter(({ name }) => name.kind !== "archive" && name.kind !== "news")
    .map((location) => {
      const window = index.window(location.name.key);
      const spelled = window && window.rows.length > 0 ? window.name.name : undefined;
      return planFeed(location, [], config, spelled);
    });
}

/**
 * The feeds that a site has at `now` (milliseconds since the epoch); renders and writes nothing.
 * @throws Failure `posts-missing`
 */
export async function listFeeds(config: Config, now: number): Promise<FeedPlan[]> {
  const index = new PostIndex(config, fixedFeeds(config));
  const { first, changes } = await new FolderScanner(config, {}).scan(now);
  if (first) index.restore(first.posts, changes, now);
  const catalog = new FeedCatalog(config);
  catalog.remember(readManifest(join(config.root, ".feedwright"), config.out)?.feeds ?? []);
  catalog.settle(index);
  return planHeads(catalog, index, config);
}
