// In come elements of the site's own vocabularies with their values; out go extensions.
import type { Extension } from "./extension.ts";

/** The values of a post's front matter by the elements that they fill. */
export function fillElements(
  table: Readonly<Record<string, string>>,
  front: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const found = Object.entries(table).filter(([, key]) => Object.hasOwn(front, key));
  return Object.fromEntries(found.map(([name, key]) => [name, front[key]]));
}

/**
 * An element for each name that has a value; a list gives one element an item, a mapping gives children, or attributes
 * under `_attributes` with text under `_text`. JSON Feed gets the same under `_prefix`.
 */
export function siteElements(values: Readonly<Record<string, unknown>>): Extension[] {
  const present = Object.entries(values).filter(([, value]) => value !== null && value !== "");
  const groups = new Map<string, Record<string, unknown>>();
  const extensions = present.map(([name, objects]): Extension => {
    const colon = name.indexOf(":");
    const prefix = name.slice(0, colon);
    const group = groups.get(prefix) ?? {};
    group[name.slice(colon + 1)] = objects;
    groups.set(prefix, group);
    return { name, objects };
  });
  return [...extensions, ...[...groups].map(([prefix, objects]) => ({ name: `_${prefix}`, objects }))];
}
