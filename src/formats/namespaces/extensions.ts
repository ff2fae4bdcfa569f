// Elements and members that no code here knows: from `feeds.elements` of a site, or from the items of any `Feed`.
import type { Config } from "../../model/config.ts";
import type { Namespaces } from "../../model/namespaces.ts";
import type { Post, PostContent } from "../../model/post.ts";
import type { Extension } from "../input/clean-entry.ts";
import { cleanTextOf, fieldOf, isList, namesOf, valuesOf } from "../input/read-values.ts";
import { type Attributes, cleanText, type XmlElement } from "../xml.ts";
import { type Json, type Members, prefixFits, type Supplement, type XmlFormat } from "./define-namespace.ts";

/** Objects may hold themselves: what is deeper than this, or beyond this many values, is left out. */
const maxDepth = 24;
const maxValues = 5000;

const none: readonly XmlElement[] = Object.freeze([]);

export const extensions = {
  formats: ["rss", "atom"],
  entry: elementsOf,
  channel: elementsOf,
  members: membersOf,
} satisfies Supplement;

/** What an entry and the head of a feed have in common. */
interface Extended {
  readonly extensions: readonly Extension[];
  readonly namespaces: Namespaces;
}

interface Walk {
  readonly format: XmlFormat;
  readonly namespaces: Namespaces;
  left: number;
}

const qualifiedName = /^([A-Za-z_][\w.-]*):[A-Za-z_][\w.-]*$/;
const plainName = /^(?!xmlns$)[A-Za-z_][\w.-]*$/;

/** Elements whose prefix is known or declared; names that XML has no place for are left out. */
function elementsOf({ extensions, namespaces }: Extended, format: XmlFormat): readonly XmlElement[] {
  if (extensions.length === 0) return none;
  const walk: Walk = { format, namespaces, left: maxValues };
  return extensions.flatMap(({ name, objects }) => makeElements(name, objects, 0, walk));
}

function makeElements(name: string, value: unknown, depth: number, walk: Walk): XmlElement[] {
  // RSS elements have no namespace, and some vocabularies nest them, as `snf:logo` does `url`.
  const plain = depth > 0 && walk.format === "rss" && plainName.test(name);
  if (!(plain || hasPrefix(name, walk)) || depth > maxDepth || walk.left <= 0) return [];
  if (isList(value)) return valuesOf(value).flatMap((one) => makeElements(name, one, depth + 1, walk));
  if (value === undefined || value === null || typeof value === "function") return [];
  walk.left -= 1;
  if (typeof value !== "object") return [{ name, content: scalarText(value) }];
  const attributes = attributesOf(fieldOf(value, "_attributes"), walk);
  const children = namesOf(value)
    .filter((key) => !key.startsWith("_"))
    .flatMap((key) => makeElements(key, fieldOf(value, key), depth + 1, walk));
  const text = [fieldOf(value, "_text"), fieldOf(value, "_cdata")].flatMap(scalarsOf).join("");
  return [{ name, attributes, content: children.length > 0 ? children : text }];
}

function hasPrefix(name: string, { format, namespaces }: Walk): boolean {
  const prefix = qualifiedName.exec(name)?.[1];
  return prefix !== undefined && prefixFits(prefix, format, namespaces);
}

function attributesOf(value: unknown, walk: Walk): Attributes {
  const pairs = namesOf(value)
    .filter((name) => plainName.test(name) || name === "xml:lang" || hasPrefix(name, walk))
    .map((name): [string, string | undefined] => {
      const one = fieldOf(value, name);
      return [name, one === undefined || one === null ? undefined : scalarText(one)];
    });
  return Object.fromEntries(pairs);
}

function scalarsOf(value: unknown): string[] {
  return (isList(value) ? valuesOf(value) : [value]).map(scalarText);
}

function scalarText(value: unknown): string {
  return typeof value === "boolean" ? String(value) : cleanTextOf(value);
}

/** Members named `_name` whose value is an object (JSON Feed 1.1, "Extensions"); all others are left out. */
function membersOf({ extensions }: Pick<Extended, "extensions">): Members {
  const walk = { left: maxValues };
  const members = extensions.flatMap(({ name, objects }): [string, Json][] => {
    const clean = /^_[A-Za-z][^.]*$/.test(name) ? cleanJson(objects, 0, walk) : undefined;
    const isObject = typeof clean === "object" && clean !== null && !Array.isArray(clean);
    return isObject ? [[cleanText(name), clean]] : [];
  });
  return Object.fromEntries(members);
}

function cleanJson(value: unknown, depth: number, walk: { left: number }): Json | undefined {
  walk.left -= 1;
  if (depth > maxDepth || walk.left < 0) return undefined;
  if (typeof value === "string") return cleanText(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "boolean" || value === null) return value;
  if (typeof value !== "object") return undefined;
  if (isList(value)) return valuesOf(value).map((one) => cleanJson(one, depth + 1, walk) ?? null);
  return Object.fromEntries(
    namesOf(value).flatMap((key): [string, Json][] => {
      const one = key.includes(".") ? undefined : cleanJson(fieldOf(value, key), depth + 1, walk);
      return one === undefined ? [] : [[cleanText(key), one]];
    }),
  );
}

/** What the site's own function made of the post, or what its front matter has for the site's table. */
export function siteExtensions(
  { extra }: Post,
  content: PostContent,
  { elements }: Config["feeds"],
): Extension[] {
  if (typeof elements === "function") return content.elements ? extensionsFrom(content.elements) : [];
  const found = Object.entries(elements).filter(([, key]) => Object.hasOwn(extra, key));
  if (found.length === 0) return [];
  return extensionsFrom(Object.fromEntries(found.map(([name, key]) => [name, extra[key]])));
}

/**
 * An element for each name that has a value; a list gives one element an item, a mapping gives children, or attributes
 * under `_attributes` with text under `_text`. JSON Feed gets the same under `_prefix`.
 */
function extensionsFrom(values: Readonly<Record<string, unknown>>): Extension[] {
  const present = Object.entries(values).filter(([, value]) => value !== null && value !== "");
  const groups = new Map<string, Record<string, unknown>>();
  const elements = present.map(([name, objects]): Extension => {
    const colon = name.indexOf(":");
    const prefix = name.slice(0, colon);
    const group = groups.get(prefix) ?? {};
    group[name.slice(colon + 1)] = objects;
    groups.set(prefix, group);
    return { name, objects };
  });
  return [...elements, ...[...groups].map(([prefix, objects]) => ({ name: `_${prefix}`, objects }))];
}
