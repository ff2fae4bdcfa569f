// In comes a table that says what an element may hold; out go the findings where a document differs. The one tree walk.

import { findPrefix } from "../parse/namespaces.ts";
import { type AttributeNode, type ElementNode, xmlNamespace } from "../parse/xml-tree.ts";
import { type DocumentCheck, Spot } from "../rules/document-check.ts";
import type { RuleCode } from "../rules/table.ts";
import { isValueName, runValue, type ValueName } from "../values/table.ts";

/** Checks an element and everything below it. */
export function walkShape(
  element: ElementNode,
  shape: Shape,
  vocabulary: Vocabulary,
  check: DocumentCheck,
): void {
  walkAttributes(element, shape, vocabulary, check);
  if (shape.opaque) {
    noteForeign(element, check);
  } else {
    walkChildren(element, shape, vocabulary, check);
  }
  if (shape.value) runValue(shape.value, element.text, new Spot(check, element));
  else if (!shape.opaque && element.text.trim() !== "") {
    const hint = shape.children ? undefined : `Write \`<${element.name}/>\`.`;
    check.findings.add(
      "element/text",
      () => check.textOffset(element, 0),
      `<${element.name}> holds text, but only elements belong there.`,
      hint,
    );
  }
  if (element.end >= 0) shape.check?.(element, check);
}

function walkChildren(
  element: ElementNode,
  shape: Shape,
  vocabulary: Vocabulary,
  check: DocumentCheck,
): void {
  const seen = new Map<string, number>();
  for (const child of element.children) {
    const key = keyOf(child, vocabulary.own);
    const slot = key === undefined ? undefined : slotOf(shape, key, vocabulary);
    if (!slot || key === undefined) {
      reportStranger(child, element, key, vocabulary, check);
      continue;
    }
    seen.set(key, (seen.get(key) ?? 0) + 1);
    if (!slot.many && (seen.get(key) ?? 0) > 1) {
      check.report(child, "element/repeated", `<${element.name}> has more than one <${child.name}>.`);
    }
    walkShape(child, slot.shape, vocabulary, check);
    if (slot.nonblank && child.end >= 0 && child.text.trim() === "" && child.children.length === 0) {
      check.report(child, "element/blank", `<${child.name}> is empty.`);
    }
  }
  if (element.end < 0) return;
  for (const [name, code] of Object.entries(shape.required ?? {})) {
    if (!seen.has(name)) check.report(element, code, `<${element.name}> has no <${name}>.`);
  }
}

function reportStranger(
  child: ElementNode,
  parent: ElementNode,
  key: string | undefined,
  vocabulary: Vocabulary,
  check: DocumentCheck,
): void {
  if (key === undefined) {
    if (child.ns === "") check.report(child, "xml/no-namespace", `<${child.name}> stands in no namespace.`);
    else check.noteNamespace(child.ns, child.start);
    noteForeign(child, check);
    return;
  }
  if (vocabulary.unknown?.(child, parent, check)) return;
  const [prefix] = key.includes(":") ? key.split(":") : [undefined];
  if (prefix !== undefined) {
    const named = isListed(key, vocabulary);
    if (named ? !vocabulary.strict.has(prefix) : !vocabulary.closed.has(prefix)) return;
  }
  check.report(child, "element/unknown", `<${child.name}> does not belong into <${parent.name}>.`);
}

function noteForeign(element: ElementNode, check: DocumentCheck): void {
  for (const child of element.children) {
    if (child.ns !== "" && findPrefix(child.ns) === undefined) check.noteNamespace(child.ns, child.start);
    noteForeign(child, check);
  }
}

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
  readonly check?: (element: ElementNode, check: DocumentCheck) => void;
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
  readonly unknown?: (child: ElementNode, parent: ElementNode, check: DocumentCheck) => boolean;
}

/** What a child has to look like. */
export interface Slot {
  readonly shape: Shape;
  readonly nonblank: boolean;
  readonly many: boolean;
}

/** The name under which tables list an element; `undefined` when its namespace is unknown. */
export function keyOf(element: ElementNode, own: ReadonlySet<string>): string | undefined {
  if (own.has(element.ns)) return element.local;
  const prefix = findPrefix(element.ns);
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

/** Checks the attributes that are there, and those that have to be. */
export function walkAttributes(
  element: ElementNode,
  shape: Shape,
  vocabulary: Vocabulary,
  check: DocumentCheck,
): void {
  const table = shape.attributes ?? {};
  const present = new Set<string>();
  for (const attribute of element.attributes) {
    const prefix = attribute.ns === "" ? "" : findPrefix(attribute.ns);
    const key = prefix ? `${prefix}:${attribute.local}` : attribute.local;
    present.add(key);
    const place = new Spot(check, element, attribute.name);
    if (attribute.ns === xmlNamespace) checkXmlAttribute(attribute, place);
    else if (prefix !== undefined && Object.hasOwn(table, key))
      checkListed(attribute, table[key] ?? "", place);
    else if (attribute.ns !== "") {
      if (prefix === undefined) check.noteNamespace(attribute.ns, element.start);
      if (vocabulary.plainAttributes && vocabulary.own.has(element.ns)) {
        place.report(
          "attribute/extension",
          `<${element.name}> has the extension attribute ${attribute.name}.`,
        );
      }
    } else if (shape.attributes || !shape.opaque) reportUnknown(key, table, place);
  }
  for (const [name, words] of Object.entries(table)) {
    if (!present.has(name) && words.includes("required")) {
      check.report(element, "attribute/missing", `<${element.name}> has no attribute "${name}".`);
    }
  }
}

/** `xml:lang` and `xml:base` may stand anywhere. */
function checkXmlAttribute({ local, value }: AttributeNode, place: Spot): void {
  if (local === "lang") runValue("optional-language", value, place);
  if (local === "base") runValue("reference-attribute", value, place);
}

function checkListed({ value }: AttributeNode, spec: string, place: Spot): void {
  const [name = "", ...words] = spec.split(" ");
  if (words.includes("nonblank") && value.trim() === "") {
    place.report("attribute/blank", `${place.name} is empty.`);
  } else if (isValueName(name)) runValue(name, value, place);
}

function reportUnknown(key: string, table: Readonly<Record<string, string>>, place: Spot): void {
  const names = Object.keys(table).filter((name) => !name.includes(":"));
  const same = names.find((name) => name.toLowerCase() === key.toLowerCase());
  const hint = same ? `Write \`${same}\`.` : names.length > 0 ? `It has ${names.join(", ")}.` : undefined;
  place.report("attribute/unknown", `<${place.element.name}> has no attribute "${key}".`, hint);
}
