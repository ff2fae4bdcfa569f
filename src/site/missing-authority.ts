import { shownPath } from "../config/resolve-config.ts";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { defineProblem, diagnose } from "../model/problem.ts";
import type { Entry } from "./entry.ts";

const missingAuthority = defineProblem("site/authority-missing", {
  severity: "hint",
  title: "Ids that are addresses",
  why: "Without `site.authority` the id of a post is its address. When the address changes, with the domain or the slug for example, readers see the post again as a new one.",
  fix: 'Write `authority: "example.org,2026"` inside `site`: a domain that you own, and a year in which you owned it. If readers have the posts already, run `feedwright ids pin` first, which keeps the ids that they know.',
});

/** Says once for a site what keeps its ids the same; nothing where no post needs it. */
export function findMissingAuthority(entries: readonly Entry[], config: Config, now: number): Diagnostic[] {
  if (config.site.authority !== undefined) return [];
  if (!entries.some(({ post }) => post.idSource === "permalink")) return [];
  const host = new URL(config.site.url).hostname.replace(/^www\./, "");
  const message = "site.authority is not set, so the ids of posts are their addresses.";
  const hint = `Write authority: "${host},${new Date(now).getUTCFullYear()}" inside site, so that ids stay when addresses change. If readers have these posts already, run feedwright ids pin first.`;
  return [diagnose(missingAuthority, shownPath(config), message, { hint })];
}
