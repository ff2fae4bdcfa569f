// In come a plan and a consumer's rules; out goes which of them the feed as a whole does not keep.
import type { Config, ProfileName } from "../model/config.ts";
import type { FeedPlan } from "../model/plan.ts";
import { profiles } from "./profiles.ts";
import type { Rejection } from "./reject-by-profile.ts";

/** What the consumer would say of the feed as a whole. */
export function reviewFeed(plan: FeedPlan, name: ProfileName, config: Config): Omit<Rejection, "fields">[] {
  const { minEntries, maxDescription, logo } = profiles[name];
  const found: Omit<Rejection, "fields">[] = [];
  if (minEntries !== undefined && plan.posts.length < minEntries)
    found.push({
      rule: `${name}/entries`,
      message: `It has ${plan.posts.length} entries, and ${minEntries} are asked for.`,
      hint: "Let its `where` select more posts, or wait until there are as many.",
    });
  const length = [...plan.description].length;
  if (maxDescription !== undefined && (length > maxDescription || length === 0))
    found.push({
      rule: `${name}/description`,
      message: `Its description has ${length} characters, and 1 to ${maxDescription} are asked for.`,
      hint: "Write a short `description` for this feed in feeds.custom.",
    });
  if (logo && config.site.image === undefined)
    found.push({
      rule: `${name}/logo`,
      message: "It has no logo.",
      hint: "Write `site.image` into the configuration.",
    });
  return found;
}
