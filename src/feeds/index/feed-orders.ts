import type { Config } from "../../model/config.ts";
import type { FeedName } from "../feed-name.ts";
import type { PostRow } from "../post-row.ts";
import { FeedOrder } from "./feed-order.ts";

/** A feed's window: the rows its documents show, newest first. */
export interface FeedWindow {
  readonly name: FeedName;
  readonly rows: readonly PostRow[];
}

/** The order of every feed. A feed is made when it is first asked for, and stays. */
export class FeedOrders {
  readonly #feeds = new Map<string, FeedOrder>();
  /** Feeds that changed since they were last settled. */
  readonly #changed = new Set<FeedOrder>();
  readonly #config: Config;
  #population = 0;

  constructor(config: Config, feeds: readonly FeedName[]) {
    this.#config = config;
    for (const name of feeds) this.of(name);
  }

  /** Changes whenever a feed gets more or fewer posts. */
  get population(): number {
    return this.#population;
  }

  get(key: string): FeedOrder | undefined {
    return this.#feeds.get(key);
  }

  of(name: FeedName): FeedOrder {
    let feed = this.#feeds.get(name.key);
    if (feed === undefined) {
      feed = new FeedOrder(name, this.#config);
      this.#feeds.set(name.key, feed);
    }
    return feed;
  }

  /** A feed has to be settled. */
  markChanged(feed: FeedOrder): void {
    this.#changed.add(feed);
  }

  /** Takes in all moves. Returns the windows that changed, in order of their keys. */
  settle(): FeedWindow[] {
    const touched = sortByKey(this.#changed).filter((feed) => {
      const before = feed.size;
      const differs = feed.settle();
      if (feed.size !== before) this.#population += 1;
      return differs;
    });
    this.#changed.clear();
    return touched.map(windowOf);
  }

  window(key: string): FeedWindow | undefined {
    const feed = this.#feeds.get(key);
    return feed && windowOf(feed);
  }

  windows(): FeedWindow[] {
    return sortByKey(this.#feeds.values()).map(windowOf);
  }

  *sizes(): IterableIterator<{ readonly name: FeedName; readonly size: number }> {
    for (const { name, size } of this.#feeds.values()) yield { name, size };
  }
}

function windowOf(feed: FeedOrder): FeedWindow {
  return { name: feed.name, rows: feed.window() };
}

function sortByKey(feeds: Iterable<FeedOrder>): FeedOrder[] {
  return [...feeds].sort((a, b) => (a.name.key < b.name.key ? -1 : 1));
}
