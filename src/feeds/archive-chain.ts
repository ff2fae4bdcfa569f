import type { Config } from "../model/config.ts";
import type { FeedHistory } from "../model/plan.ts";
import { type FeedLocation, type FeedName, siteFeed } from "./feed-name.ts";

/**
 * Links the documents that a reader follows to collect every post (RFC 5005, section 4). Every month before the newest
 * post's has an archive. The newest month's posts are in the subscription document, and get an archive only once that
 * document no longer holds them all: older archives then keep their bytes.
 */
export function linkArchives(
  months: readonly { readonly name: FeedName; readonly size: number }[],
  config: Config,
): { subscription?: FeedHistory; documents: FeedLocation[] } {
  const sorted = [...months].sort((a, b) => (a.name.name < b.name.name ? -1 : 1));
  const newest = sorted.at(-1);
  const dropping = config.feeds.maxBytes?.over === "drop";
  const open = newest !== undefined && newest.size <= config.feeds.limit && !dropping;
  const closed = open ? sorted.slice(0, -1) : sorted;
  const chain = closed.map(({ name }) => ({ name, folder: `archive/${name.name}/` }));
  const documents = chain.map(({ name, folder }, i): FeedLocation => {
    const [previous, next] = [chain[i - 1]?.folder, chain[i + 1]?.folder];
    const history = {
      current: { key: siteFeed.key, folder: "" },
      ...(previous !== undefined && { previous }),
      ...(next !== undefined && { next }),
    };
    return { name, folder, slug: name.name, history };
  });
  const last = chain.at(-1);
  return { ...(last && { subscription: { previous: last.folder } }), documents };
}
