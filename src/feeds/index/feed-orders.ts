// In come names of feeds; out go their orders, and the windows that differ once rows have moved.
import type { Config } from "../../model/config.ts";
import type { FeedName } from "../feed-name.ts";
import type { PostRow } from "../post-row.ts";
import { FeedOrder } from "./feed-order.ts";

/** A feed's window: the rows its documents show, newest first. */
export interface FeedWindow {
  readonly name: FeedName;
  readonly rows: readonly PostRow[];
}

/** Every feed's order. A feed is made when it is first asked for, and stays. */
export class FeedOrders {
  readonly #feeds = new Map<string, FeedOrder>();
  /** Feeds with rows that came or went since they were last settled. */
  readonly #open = new Set<FeedOrder>();
  readonly #config: Config;
  #population = 0;

  constructor(config: Config, standing: readonly FeedName[]) {
    this.#config = config;
    for (const name of standing) this.of(name);
  }

  /** Another number whenever some feed has more or fewer posts than before. */
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

  /** Says that a feed has to be settled. */
  open(feed: FeedOrder): void {
    this.#open.add(feed);
  }

  /** Takes in all moves. Returns the windows that differ from before, in order of their keys. */
  settle(): FeedWindow[] {
    const touched = sortByKey(this.#open).filter((feed) => {
      const before = feed.size;
      const differs = feed.settle();
      if (feed.size !== before) this.#population += 1;
      return differs;
    });
    this.#open.clear();
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
