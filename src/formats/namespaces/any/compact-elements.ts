// In come extension objects in the compact form of xml-js, with anything in them; out go elements that are sound.
import type { Addition } from "../../input/clean-entry.ts";
import { fieldOf, isList, listOf, namesOf, textOf } from "../../input/read-values.ts";
import type { Attributes, XmlElement } from "../../xml.ts";
import { type Namespaces, noNamespaces, prefixFits } from "../registry.ts";

const qualifiedName = /^([A-Za-z_][\w.-]*):[A-Za-z_][\w.-]*$/;
const plainName = /^(?!xmlns$)[A-Za-z_][\w.-]*$/;
/** Objects may hold themselves: what lies deeper than this, or beyond this many elements, is left out. */
const deepest = 24;
const most = 5000;

interface Walk {
  readonly format: "rss" | "atom";
  readonly namespaces: Namespaces;
  left: number;
}

const none: readonly XmlElement[] = Object.freeze([]);

/**
 * Elements of the extensions whose prefix is known or declared; names that XML has no place for are left out.
 * @param namespaces clean ones, as `cleanNamespaces` gives them
 */
export function elementsOfAdditions(
  additions: readonly Addition[],
  format: "rss" | "atom",
  namespaces: Namespaces = noNamespaces,
): readonly XmlElement[] {
  if (additions.length === 0) return none;
  const walk: Walk = { format, namespaces, left: most };
  return additions.flatMap(({ name, value }) => elementsOf(name, value, 0, walk));
}

function elementsOf(name: string, value: unknown, depth: number, walk: Walk): XmlElement[] {
  // RSS elements have no namespace, and some vocabularies nest them, as `snf:logo` does `url`.
  const plain = depth > 0 && walk.format === "rss" && plainName.test(name);
  if (!(plain || bound(name, walk)) || depth > deepest || walk.left <= 0) return [];
  if (isList(value)) return listOf(value).flatMap((one) => elementsOf(name, one, depth + 1, walk));
  if (value === undefined || value === null || typeof value === "function") return [];
  walk.left -= 1;
  if (typeof value !== "object") return [{ name, content: scalarText(value) }];
  const attributes = attributesOf(fieldOf(value, "_attributes"), walk);
  const children = namesOf(value)
    .filter((key) => !key.startsWith("_"))
    .flatMap((key) => elementsOf(key, fieldOf(value, key), depth + 1, walk));
  const text = [fieldOf(value, "_text"), fieldOf(value, "_cdata")].flatMap(scalarsOf).join("");
  return [{ name, attributes, content: children.length > 0 ? children : text }];
}

function bound(name: string, walk: Walk): boolean {
  const prefix = qualifiedName.exec(name)?.[1];
  return prefix !== undefined && prefixFits(prefix, walk.format, walk.namespaces);
}

function attributesOf(value: unknown, walk: Walk): Attributes {
  const pairs = namesOf(value)
    .filter((name) => plainName.test(name) || name === "xml:lang" || bound(name, walk))
    .map((name): [string, string | undefined] => {
      const one = fieldOf(value, name);
      return [name, one === undefined || one === null ? undefined : scalarText(one)];
    });
  return Object.fromEntries(pairs);
}

function scalarsOf(value: unknown): string[] {
  return (isList(value) ? listOf(value) : [value]).map(scalarText);
}

function scalarText(value: unknown): string {
  return typeof value === "boolean" ? String(value) : textOf(value);
}
