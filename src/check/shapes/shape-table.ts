// Out goes what a table of elements is made of, and the look-ups in it.
import type { DocumentCheck } from "../document-check.ts";
import { prefixOf } from "../namespaces.ts";
import type { XmlElement } from "../parse/xml-tree.ts";
import type { RuleCode } from "../rules/table.ts";
import { isValueName, type ValueName } from "../values/table.ts";

/**
 * What one element may hold. Children and attributes are written as words:
 * children `"<shape or value> [nonblank] [many]"`, attributes `"<value> [required] [nonblank]"`.
 * Names are local names of the vocabulary itself, or `prefix:local` with the customary prefix of another one.
 */
export interface Shape {
  /** How to check the element's text; absent where no text may stand. */
  readonly value?: ValueName;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: Readonly<Record<string, string>>;
  /** Children that have to be there, with the rule that says so. */
  readonly required?: Readonly<Record<string, RuleCode>>;
  /** What is inside belongs to somebody else and is not looked at. */
  readonly opaque?: boolean;
  /** What a table cannot say. */
  readonly check?: (element: XmlElement, check: DocumentCheck) => void;
}

export interface Vocabulary {
  /** Namespaces whose elements are the vocabulary's own. */
  readonly own: ReadonlySet<string>;
  readonly shapes: Readonly<Record<string, Shape>>;
  /** Prefixes of extensions whose known elements may stand only where a table names them. */
  readonly strict: ReadonlySet<string>;
  /** Prefixes of extensions that the tables list in full: another element of theirs is a mistake. */
  readonly closed: ReadonlySet<string>;
  /** Whether extension attributes on the vocabulary's own elements are against its rules. */
  readonly plainAttributes: boolean;
  /** Is asked first about a child that no table lists here; true when nothing more is to be said of it. */
  readonly unknown?: (child: XmlElement, parent: XmlElement, check: DocumentCheck) => boolean;
}

/** What a child has to look like. */
export interface Slot {
  readonly shape: Shape;
  readonly nonblank: boolean;
  readonly many: boolean;
}

/** The name under which tables list an element; `undefined` when its namespace is unknown. */
export function keyOf(element: XmlElement, own: ReadonlySet<string>): string | undefined {
  if (own.has(element.ns)) return element.local;
  const prefix = prefixOf(element.ns);
  return prefix === undefined ? undefined : `${prefix}:${element.local}`;
}

const slots = new WeakMap<Shape, Map<string, Slot>>();

/** What a child of that name has to look like here; `undefined` where it has no place. */
export function slotOf(shape: Shape, key: string, vocabulary: Vocabulary): Slot | undefined {
  const kept = slots.get(shape)?.get(key);
  if (kept) return kept;
  // Only what the tables list is kept: names come from documents and have no end.
  if (!shape.children || !Object.hasOwn(shape.children, key)) return undefined;
  const [name = "", ...words] = (shape.children[key] ?? "").split(" ");
  const found = Object.hasOwn(vocabulary.shapes, name) ? vocabulary.shapes[name] : undefined;
  const own: Shape | undefined = found ?? (isValueName(name) ? { value: name } : undefined);
  if (!own) return undefined;
  const slot = { shape: own, nonblank: words.includes("nonblank"), many: words.includes("many") };
  const known = slots.get(shape) ?? new Map<string, Slot>();
  slots.set(shape, known.set(key, slot));
  return slot;
}

const listed = new WeakMap<Vocabulary, Set<string>>();

/** Whether any table of the vocabulary lists that name. */
export function isListed(key: string, vocabulary: Vocabulary): boolean {
  let names = listed.get(vocabulary);
  if (!names) {
    names = new Set(Object.values(vocabulary.shapes).flatMap((shape) => Object.keys(shape.children ?? {})));
    listed.set(vocabulary, names);
  }
  return names.has(key);
}
