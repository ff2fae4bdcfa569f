// In come posts and feeds that keep a consumer's rules; out go the findings of what that consumer would reject.
import { join, relative } from "node:path";
import type { Entry } from "./entries.ts";
import { rejectByProfile } from "./feeds/reject-by-profile.ts";
import { reviewFeed } from "./feeds/review-feed.ts";
import { diagnose } from "./model/codes.ts";
import type { Config, ProfileName } from "./model/config.ts";
import type { Diagnostic, Position } from "./model/diagnostic.ts";
import type { FeedPlan } from "./model/plan.ts";
import { nameForPeople } from "./posts/people-name.ts";

/**
 * Why a post stays out of a feed that keeps a consumer's rules; nothing where it may be in.
 * @param locate says where the first of some fields stands in the post's file
 */
export function findRejection(
  { post, content }: Entry,
  feed: string,
  profile: ProfileName,
  config: Config,
  locate: (fields: readonly string[]) => Position,
): Diagnostic | undefined {
  const found = rejectByProfile(post, content, profile, config);
  if (found === undefined) return undefined;
  const file = nameForPeople(post.file, config);
  return diagnose("feed/rejected", file, `Left out of the feed ${feed} by ${found.rule}: ${found.message}`, {
    at: locate(found.fields),
    hint: found.hint,
  });
}

/** What the consumer would say of the feed itself. */
export function findFeedFaults(plan: FeedPlan, profile: ProfileName, config: Config): Diagnostic[] {
  const folder = relative(config.root, join(config.out, plan.folder)).replaceAll("\\", "/");
  return reviewFeed(plan, profile, config).map(({ rule, message, hint }) =>
    diagnose("feed/profile", folder, `${rule}: ${message}`, { hint }),
  );
}
