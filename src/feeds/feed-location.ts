import type { FeedHistory } from "../model/plan.ts";
import type { FeedName } from "./feed-name.ts";

/** A feed that has documents. */
export interface FeedLocation {
  readonly name: FeedName;
  /** Below the output folder: empty, or ending in `/`. */
  readonly folder: string;
  /** The word that stands for its name in paths; empty for the site. */
  readonly slug: string;
  readonly history?: FeedHistory;
}
