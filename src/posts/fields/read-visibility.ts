import type { Mutable, Post, Visibility } from "../../model/post.ts";
import { defineProblem } from "../../model/problem.ts";
import {
  isMapping,
  isSequence,
  quoteValue,
  TypedScalar,
  type Value,
  valueText,
} from "../front-matter/front-matter-value.ts";
import { type FieldContext, readSwitch, type WrittenField } from "./collect-fields.ts";
import type { FieldName } from "./field-names.ts";
import { findStanding, type WordMeaning } from "./visibility-words.ts";

const unclearVisibility = defineProblem("post/wrong-value", {
  severity: "error",
  title: "A value that does not say who may see the post",
  many: "{count} values do not say who may see the post",
  why: "A guess could show readers what was to be kept from them. The post does not go into a feed.",
  fix: "Write true or false, or one of the words that the message names.",
});

const shown: WordMeaning = {};
const unlisted: WordMeaning = { visibility: "unlisted" };
const locked: WordMeaning = { visibility: "private" };

/** Flags, what they mean when they are on, and what when they are off. */
const flags: readonly (readonly [FieldName, WordMeaning, WordMeaning])[] = [
  ["draft", { draft: true }, shown],
  ["published", shown, { draft: true }],
  ["private", locked, shown],
  // That it is in no feed, and since when, follows from its times.
  ["retracted", shown, shown],
  ["unlisted", unlisted, shown],
  ["hidden", unlisted, shown],
  ["noindex", unlisted, shown],
  ["eleventyExcludeFromCollections", unlisted, shown],
  ["feed", shown, unlisted],
  // Zola and Hugo make no page of it, so there is nothing to point at.
  ["render", shown, locked],
];

const strictness: readonly Visibility[] = ["public", "unlisted", "private"];

/** Reads whether a post is a draft and who may see it; where several keys speak, the strictest counts. */
export function readVisibility(context: FieldContext, post: Mutable<Post>): void {
  post.draft = context.name.inDrafts;
  post.visibility = "public";
  const { fields } = context;
  const apply = ({ draft, visibility = "public" }: WordMeaning): void => {
    if (draft) post.draft = true;
    if (strictness.indexOf(visibility) > strictness.indexOf(post.visibility)) post.visibility = visibility;
  };
  for (const [field, on, off] of flags) {
    if (fields[field] === undefined) continue;
    for (const found of everyValue(context, field)) apply(readFlag(context, found, on, off));
  }
  for (const found of everyValue(context, "status")) apply(readWord(context, found, "status"));
  for (const found of everyValue(context, "visibility")) apply(readWord(context, found, "visibility"));
  for (const { value } of everyValue(context, "robots")) if (forbidsIndex(value)) apply(unlisted);
  for (const { value } of everyValue(context, "build")) apply(readBuild(value));
  if (fields.sitemap !== undefined) post.sitemap = false;
  // A text that is locked behind a password is for some only.
  if (fields.password !== undefined) apply(locked);
  // Eleventy writes no page for `permalink: false`, so there is nothing to point at.
  if (fields.permalink?.value instanceof TypedScalar && fields.permalink.value.value === false) apply(locked);
}

const nothing: readonly never[] = Object.freeze([]);

/** What all keys of one field say. */
export function everyValue({ fields }: FieldContext, field: FieldName): readonly WrittenField[] {
  const found = fields[field];
  if (found === undefined) return nothing;
  return found.others === undefined ? [found] : [found, ...found.others];
}

function readFlag(
  context: FieldContext,
  found: WrittenField,
  on: WordMeaning,
  off: WordMeaning,
): WordMeaning {
  const isOn = readSwitch(found.value);
  if (isOn === undefined) return reportUnclear(context, found, "true or false");
  return isOn ? on : off;
}

function readWord(context: FieldContext, found: WrittenField, field: "status" | "visibility"): WordMeaning {
  const known = findStanding(found.value);
  if (known !== undefined) return known;
  const isOn = readSwitch(found.value);
  if (isOn !== undefined) return isOn ? shown : field === "status" ? { draft: true } : locked;
  return reportUnclear(
    context,
    found,
    field === "status" ? "draft or published" : "public, unlisted or private",
  );
}

/** `robots: noindex, nofollow`, a list of such words, or Yoast's `{ index: false }`. */
function forbidsIndex(value: Value): boolean {
  if (isSequence(value)) return value.some(forbidsIndex);
  if (isMapping(value)) {
    const [index, noindex] = [value.get("index"), value.get("noindex")];
    return (
      (index !== undefined && readSwitch(index) === false) ||
      (noindex !== undefined && readSwitch(noindex) === true)
    );
  }
  return (
    /(?:^|[\s,;])(?:noindex|none)(?:$|[\s,;])/i.test(valueText(value) ?? "") || readSwitch(value) === false
  );
}

/** Hugo's `build: { list: never, render: never }`. */
function readBuild(value: Value): WordMeaning {
  if (!isMapping(value)) return shown;
  const says = (key: string): string => (valueText(value.get(key)) ?? "always").toLowerCase();
  if (["never", "false", "link"].includes(says("render"))) return locked;
  return ["never", "false", "local"].includes(says("list")) ? unlisted : shown;
}

function reportUnclear(context: FieldContext, { path, value }: WrittenField, expected: string): WordMeaning {
  context.findings.push({
    problem: unclearVisibility,
    path,
    message: `${path.join(".")} is ${quoteValue(value)}, which does not say whether readers may see the post.`,
    hint: `Write ${expected}.`,
  });
  return locked;
}
