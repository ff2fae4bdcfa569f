// In come extension objects with anything in them; out go members that JSON Feed allows.
import type { Addition } from "../../input/clean-entry.ts";
import { fieldOf, isList, listOf, namesOf } from "../../input/read-values.ts";
import { cleanText } from "../../xml.ts";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** Objects may hold themselves: what lies deeper than this, or beyond this many values, is left out. */
const deepest = 24;
const most = 5000;

/** Members named `_name` whose value is an object (JSON Feed 1.1, "Extensions"); all others are left out. */
export function membersOfAdditions(additions: readonly Addition[]): { readonly [name: string]: Json } {
  const walk = { left: most };
  const members = additions.flatMap(({ name, value }): [string, Json][] => {
    const clean = /^_[A-Za-z][^.]*$/.test(name) ? cleanJson(value, 0, walk) : undefined;
    const isObject = typeof clean === "object" && clean !== null && !Array.isArray(clean);
    return isObject ? [[cleanText(name), clean]] : [];
  });
  return Object.fromEntries(members);
}

function cleanJson(value: unknown, depth: number, walk: { left: number }): Json | undefined {
  walk.left -= 1;
  if (depth > deepest || walk.left < 0) return undefined;
  if (typeof value === "string") return cleanText(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "boolean" || value === null) return value;
  if (typeof value !== "object") return undefined;
  if (isList(value)) return listOf(value).map((one) => cleanJson(one, depth + 1, walk) ?? null);
  return Object.fromEntries(
    namesOf(value).flatMap((key): [string, Json][] => {
      const one = key.includes(".") ? undefined : cleanJson(fieldOf(value, key), depth + 1, walk);
      return one === undefined ? [] : [[cleanText(key), one]];
    }),
  );
}
