// In comes nothing; out goes what a publish is given: the set and its rules, and the tools that reach the world.
import type { Clock } from "../net/clock.ts";
import type { GuardedFetch } from "../net/guarded-fetch.ts";
import type { GuardLimits } from "./guard/guard.ts";
import type { Outbox } from "./notify/outbox.ts";
import type { Audience } from "./notify/services.ts";
import type { PlanInput } from "./plan/plan.ts";
import type { Target } from "./targets/target.ts";

export interface PublishInput extends PlanInput {
  readonly limits: GuardLimits;
  readonly audience: Audience;
  /** Milliseconds for the public addresses to show new bytes; false proves nothing and tells nobody. */
  readonly verify: false | { readonly timeoutMs: number };
  /** Plans and guards; changes nothing anywhere. */
  readonly dryRun?: boolean;
}

export interface PublishTools {
  readonly target: Target;
  /** Reaches the site's own host. */
  readonly fetchLive: GuardedFetch;
  /** Reaches hubs, IndexNow and rssCloud. */
  readonly fetchHubs: GuardedFetch;
  readonly clock: Clock;
  readonly outbox: Outbox;
  /** Values that must show up nowhere. */
  readonly secrets: readonly string[];
}
