// In comes a post's reading; out goes who may see it. What cannot be understood is an error, never "public".
import type { Visibility } from "../../model/post.ts";
import { isTable, textOf, Written } from "../front-matter/front-matter-value.ts";
import { quote } from "../front-matter/quote.ts";
import { reportWrong } from "./clean-field.ts";
import type { FieldName } from "./field-names.ts";
import type { Reading } from "./reading.ts";

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
export function readVisibility(reading: Reading): { draft: boolean; visibility: Visibility } {
  const { fields, name } = reading;
  const status = readStatus(reading);
  const draft =
    readFlag(reading, "draft") === true ||
    readFlag(reading, "published") === false ||
    status.draft === true ||
    name.inDrafts;
  const found: Visibility[] = [readNamed(reading), status.visibility ?? "public"];
  for (const [field, meaning] of flags)
    if (fields[field] && readFlag(reading, field) === true) found.push(meaning);
  // A table under `feed` is another program's; only `feed: false` is a wish to stay out.
  if (fields.feed && !isTable(fields.feed.value) && readFlag(reading, "feed") === false)
    found.push("unlisted");
  // Eleventy writes no page for `permalink: false`, so there is nothing to point at.
  if (fields.permalink?.value instanceof Written && fields.permalink.value.value === false)
    found.push("private");
  const strictest = Math.max(...found.map((one) => strictness.indexOf(one)));
  return { draft, visibility: strictness[strictest] ?? "private" };
}

/** Reads a flag: `true` or `false`, nothing else. */
function readFlag(reading: Reading, field: FieldName): boolean | undefined {
  const found = reading.fields[field];
  if (!found) return undefined;
  const { value, path } = found;
  if (value instanceof Written && (value.text === "true" || value.text === "false"))
    return value.value === true;
  reportWrong(reading, path, value, "true or false is expected", "Write true or false, without quotes.");
  return undefined;
}

function readNamed(reading: Reading): Visibility {
  const found = reading.fields.visibility;
  if (!found) return "public";
  const visibility = named.get(textOf(found.value) ?? "");
  if (visibility) return visibility;
  reportWrong(
    reading,
    found.path,
    found.value,
    "public, unlisted or private is expected",
    "Write one of these; members and paid count as private.",
  );
  return "private";
}

function readStatus(reading: Reading): { draft?: boolean; visibility?: Visibility } {
  const found = reading.fields.status;
  if (!found) return {};
  const known = statuses.get((textOf(found.value) ?? "").trim().toLowerCase());
  if (known) return known;
  reading.findings.push({
    code: "post/unknown-status",
    path: found.path,
    message: `status is ${quote(found.value)}, which does not say whether the post is a draft; it counts as published.`,
    hint: "Write draft: true to keep the post back, or another key for what status means here.",
  });
  return {};
}
