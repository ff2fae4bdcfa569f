import type { Config, FieldValue, Moment, Where } from "../model/config.ts";
import type { Post } from "../model/post.ts";
import { type Ages, foldName } from "./feed-name.ts";

/** Says at which ages a post is selected; empty for never, absent for always. */
export type Selector = (post: Post) => Ages | undefined;

type Test = (post: Post, age: number) => boolean;

/** One object for all posts that are never selected. */
const never: Ages = [];

/** Makes a selector. It depends on time only through the age of a post, so its answer changes only at the ages it names. */
export function makeSelector(where: Where, config: Config): Selector {
  const test = makeTest(where, config);
  const cuts = [...new Set([0, ...agesIn(where)])].sort((a, b) => a - b);
  const known = new Map<string, Ages>();
  return (post) => {
    const spans = cuts.map((cut) => test(post, cut));
    if (spans.every(Boolean)) return undefined;
    const key = spans.map(Number).join("");
    let ages = known.get(key);
    if (ages === undefined) {
      ages = joinSpans(cuts, spans);
      known.set(key, ages);
    }
    return ages;
  };
}

function joinSpans(cuts: readonly number[], spans: readonly boolean[]): Ages {
  const ages: [number, number][] = [];
  for (const [i, inside] of spans.entries()) {
    if (!inside) continue;
    const until = cuts[i + 1] ?? Number.POSITIVE_INFINITY;
    const last = ages.at(-1);
    if (last !== undefined && last[1] === cuts[i]) last[1] = until;
    else ages.push([cuts[i] ?? 0, until]);
  }
  return ages.length === 0 ? never : ages;
}

/** Every age at which the answer may change. */
function agesIn(where: Where): number[] {
  const own = [where.since, where.until].flatMap((moment) => (moment && "ago" in moment ? [moment.ago] : []));
  const inner = [...(where.any ?? []), ...(where.all ?? []), ...(where.not ? [where.not] : [])];
  return [...own, ...inner.flatMap(agesIn)];
}

function makeTest(where: Where, config: Config): Test {
  const tests: Test[] = [...nameTests(where, config), ...dateTests(where)];
  const { field, any, all, not } = where;
  if (field) tests.push((post) => holdsField(post, field.key, field.in));
  if (all) {
    const parts = all.map((one) => makeTest(one, config));
    tests.push((post, age) => parts.every((part) => part(post, age)));
  }
  if (any) {
    const parts = any.map((one) => makeTest(one, config));
    tests.push((post, age) => parts.some((part) => part(post, age)));
  }
  if (not) {
    const part = makeTest(not, config);
    tests.push((post, age) => !part(post, age));
  }
  return (post, age) => tests.every((test) => test(post, age));
}

function nameTests({ tag, section, author, language }: Where, config: Config): Test[] {
  const tests: Test[] = [];
  if (tag) {
    const names = new Set(tag.map(foldName));
    tests.push((post) => post.tags.some((one) => names.has(foldName(one))));
  }
  if (section) {
    const names = new Set(section.map(foldName));
    tests.push((post) => post.section !== undefined && names.has(foldName(post.section)));
  }
  if (author) {
    const { authors } = config.site;
    // A key of `site.authors` means the author's name here, as in posts.
    const nameOf = (word: string) => (Object.hasOwn(authors, word) ? authors[word]?.name : undefined) ?? word;
    const names = new Set(author.map((one) => foldName(nameOf(one))));
    tests.push((post) => post.authors.some(({ name }) => names.has(foldName(name))));
  }
  if (language) {
    const ranges = language.map((one) => one.toLowerCase());
    tests.push((post) => ranges.some((range) => isInRange(post.language.toLowerCase(), range)));
  }
  return tests;
}

/** Basic filtering, RFC 4647 section 3.3.1. */
function isInRange(language: string, range: string): boolean {
  return language === range || language.startsWith(`${range}-`);
}

function dateTests({ since, until }: Where): Test[] {
  return [
    ...(since ? [(post: Post, age: number) => !isBefore(post, age, since)] : []),
    ...(until ? [(post: Post, age: number) => isBefore(post, age, until)] : []),
  ];
}

/** Whether the post is older than a date, or has reached an age. */
function isBefore(post: Post, age: number, moment: Moment): boolean {
  return "at" in moment ? post.date < moment.at : age >= moment.ago;
}

/** The fields of a post that can be selected by; others are looked for in the rest of its front matter. */
const ownFields = new Set(
  "title slug section language description license canonical comments commentsFeed externalUrl correction markup".split(
    " ",
  ),
);

function holdsField(post: Post, key: string, values: readonly FieldValue[] | undefined): boolean {
  const found = fieldOf(post, key);
  const all: readonly unknown[] = Array.isArray(found) ? found : [found];
  if (values === undefined) return all.some((one) => one !== undefined && one !== null);
  return all.some((one) => isScalar(one) && values.some((value) => String(value) === String(one)));
}

function fieldOf(post: Post, key: string): unknown {
  if (key === "tags") return post.tags;
  if (key === "authors") return post.authors.map(({ name }) => name);
  if (ownFields.has(key)) return post[key as keyof Post];
  return Object.hasOwn(post.extra, key) ? post.extra[key] : undefined;
}

function isScalar(value: unknown): value is FieldValue {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
