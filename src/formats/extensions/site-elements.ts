// In come a post's front matter and the site's table of elements; out go extensions in vocabularies of the site's own.
import type { Extension } from "./extension.ts";
/**
 * An element for each key of the table that the front matter has; a list gives one element an item, a mapping gives
 * children, or attributes under `_attributes` with text under `_text`. JSON Feed gets the same under `_prefix`.
 */
export function siteElements(
  elements: Readonly<Record<string, string>>,
  front: Readonly<Record<string, unknown>>,
): Extension[] {
  const names = Object.keys(elements).filter((name) => isPresent(front, elements[name] ?? ""));
  if (names.length === 0) return [];
  const groups = new Map<string, Record<string, unknown>>();
  const extensions = names.map((name): Extension => {
    const objects = front[elements[name] ?? ""];
    const colon = name.indexOf(":");
    const prefix = name.slice(0, colon);
    const group = groups.get(prefix) ?? {};
    group[name.slice(colon + 1)] = objects;
    groups.set(prefix, group);
    return { name, objects };
  });
  return [...extensions, ...[...groups].map(([prefix, objects]) => ({ name: `_${prefix}`, objects }))];
}

function isPresent(front: Readonly<Record<string, unknown>>, key: string): boolean {
  return Object.hasOwn(front, key) && front[key] !== null && front[key] !== "";
}
