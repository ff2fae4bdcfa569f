import type { Mutable, Post, Visibility } from "../../model/post.ts";
import { defineProblem } from "../../model/problem.ts";
import { isMapping, quoteValue, TypedScalar, valueText } from "../front-matter/front-matter-value.ts";
import { reportWrong } from "./clean-field.ts";
import type { FieldContext } from "./collect-fields.ts";
import type { FieldName } from "./field-names.ts";

const unknownStatus = defineProblem("post/unknown-status", {
  severity: "warning",
  title: "A status that feedwright does not know",
  why: "The post counts as published. If the status was meant to hold it back, readers see it too early.",
  fix: "Write `draft: true` or `draft: false`.",
});

const named = new Map<string, Visibility>([
  ["public", "public"],
  ["unlisted", "unlisted"],
  ["private", "private"],
  // Ghost's paywalls: their text is for some only.
  ["members", "private"],
  ["paid", "private"],
  ["tiers", "private"],
]);

/** Flags and what they mean when they are on; `feed` counts when it is off. */
const flags: readonly (readonly [FieldName, Visibility])[] = [
  ["private", "private"],
  ["retracted", "private"],
  ["unlisted", "unlisted"],
  ["hidden", "unlisted"],
  ["noindex", "unlisted"],
  ["eleventyExcludeFromCollections", "unlisted"],
];

const statuses = new Map<string, { draft?: boolean; visibility?: Visibility }>([
  ["draft", { draft: true }],
  ["pending", { draft: true }],
  ["auto-draft", { draft: true }],
  ["private", { visibility: "private" }],
  ["hidden", { visibility: "unlisted" }],
  ["unlisted", { visibility: "unlisted" }],
  ["published", {}],
  ["publish", {}],
  ["public", {}],
  ["scheduled", {}],
  ["future", {}],
]);

const strictness: readonly Visibility[] = ["public", "unlisted", "private"];

/** Reads whether a post is a draft and who may see it; where several keys speak, the strictest counts. */
export function readVisibility(context: FieldContext, post: Mutable<Post>): void {
  const { fields, name } = context;
  const status = readStatus(context);
  post.draft =
    readFlag(context, "draft") === true ||
    readFlag(context, "published") === false ||
    status.draft === true ||
    name.inDrafts;
  const found: Visibility[] = [readNamed(context), status.visibility ?? "public"];
  for (const [field, meaning] of flags)
    if (fields[field] && readFlag(context, field) === true) found.push(meaning);
  // A table under `feed` is another program's; only `feed: false` asks for the post to stay out.
  if (fields.feed && !isMapping(fields.feed.value) && readFlag(context, "feed") === false)
    found.push("unlisted");
  // Eleventy writes no page for `permalink: false`, so there is nothing to point at.
  if (fields.permalink?.value instanceof TypedScalar && fields.permalink.value.value === false)
    found.push("private");
  const strictest = Math.max(...found.map((one) => strictness.indexOf(one)));
  post.visibility = strictness[strictest] ?? "private";
}

/** Reads a flag: `true` or `false`, nothing else. */
function readFlag(context: FieldContext, field: FieldName): boolean | undefined {
  const found = context.fields[field];
  if (!found) return undefined;
  const { value, path } = found;
  if (value instanceof TypedScalar && (value.text === "true" || value.text === "false"))
    return value.value === true;
  reportWrong(context, path, value, "true or false is expected", "Write true or false, without quotes.");
  return undefined;
}

function readNamed(context: FieldContext): Visibility {
  const found = context.fields.visibility;
  if (!found) return "public";
  const visibility = named.get(valueText(found.value) ?? "");
  if (visibility) return visibility;
  reportWrong(
    context,
    found.path,
    found.value,
    "public, unlisted or private is expected",
    "Write one of these; members and paid count as private.",
  );
  return "private";
}

function readStatus(context: FieldContext): { draft?: boolean; visibility?: Visibility } {
  const found = context.fields.status;
  if (!found) return {};
  const known = statuses.get((valueText(found.value) ?? "").trim().toLowerCase());
  if (known) return known;
  context.findings.push({
    problem: unknownStatus,
    path: found.path,
    message: `status is ${quoteValue(found.value)}, which does not say whether the post is a draft; it counts as published.`,
    hint: "Write draft: true to keep the post back, or another key for what status means here.",
  });
  return {};
}
