// In comes a namespace prefix; out goes the one URI it stands for, to the letter.
import { canBind, knownNamespaces } from "../model/namespaces.ts";
import { fieldOf, lineOf, namesOf } from "./read-values.ts";

/** What RSS borrows because it lacks what Atom has itself, and what only readers of RSS look for. */
const rssOnly: ReadonlySet<string> = new Set(["atom", "content", "itunes", "podcast", "source", "sy", "wfw"]);
/** What has no meaning outside Atom. */
const atomOnly: ReadonlySet<string> = new Set(["at"]);

/** More prefixes than the known ones, and what they stand for. They cannot redefine a known one. */
export type Namespaces = Readonly<Record<string, string>>;

export const noNamespaces: Namespaces = Object.freeze({});

/** Added prefixes that XML can carry: sound names, absolute URIs, and no second name for a namespace. */
export function cleanNamespaces(value: unknown): Namespaces {
  const names = namesOf(value);
  if (names.length === 0) return noNamespaces;
  const taken = new Set<string>();
  const pairs = names.flatMap((name): [string, string][] => {
    const uri = lineOf(fieldOf(value, name));
    if (!canBind(name, uri) || taken.has(uri)) return [];
    taken.add(uri);
    return [[name, uri]];
  });
  return Object.fromEntries(pairs);
}

/** The URI of a prefix, or undefined for one that nobody declared. */
export function namespaceOf(prefix: string, added: Namespaces = noNamespaces): string | undefined {
  return knownNamespaces.get(prefix) ?? (Object.hasOwn(added, prefix) ? added[prefix] : undefined);
}

/** Whether extension elements with this prefix belong into a document of this format. */
export function prefixFits(prefix: string, format: "rss" | "atom", added?: Namespaces): boolean {
  return !(format === "atom" ? rssOnly : atomOnly).has(prefix) && namespaceOf(prefix, added) !== undefined;
}

/** `xmlns:` attributes for these prefixes, in the order given. */
export function declare(prefixes: readonly string[], added?: Namespaces): Record<string, string | undefined> {
  return Object.fromEntries(prefixes.map((prefix) => [`xmlns:${prefix}`, namespaceOf(prefix, added)]));
}
