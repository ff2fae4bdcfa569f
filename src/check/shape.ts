// In comes a table that says what an element may hold; out go the findings where a document differs. The one tree walk.

import type { DocumentCheck } from "./document-check.ts";
import { prefixOf } from "./namespaces.ts";
import { Place } from "./place.ts";
import type { RuleCode } from "./rules.ts";
import { isValueName, runValue, type ValueName } from "./values.ts";
import { XML_NS, type XmlElement } from "./xml-tree.ts";

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
  /** What to do about an own element of another vocabulary's place: the names that tables list anywhere. */
  readonly unknown?: (child: XmlElement, parent: XmlElement, check: DocumentCheck) => boolean;
}

interface Slot {
  readonly shape: Shape;
  readonly nonblank: boolean;
  readonly many: boolean;
}

/** Checks an element and everything below it. */
export function walkShape(
  element: XmlElement,
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
  if (shape.value) runValue(shape.value, element.text, new Place(check, element));
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

function walkChildren(element: XmlElement, shape: Shape, vocabulary: Vocabulary, check: DocumentCheck): void {
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

function walkAttributes(
  element: XmlElement,
  shape: Shape,
  vocabulary: Vocabulary,
  check: DocumentCheck,
): void {
  const table = shape.attributes ?? {};
  const present = new Set<string>();
  for (const attribute of element.attributes) {
    const prefix = attribute.ns === "" ? "" : prefixOf(attribute.ns);
    const key = prefix ? `${prefix}:${attribute.local}` : attribute.local;
    present.add(key);
    if (attribute.ns === XML_NS) {
      if (attribute.local === "lang")
        runValue("optional-language", attribute.value, new Place(check, element, attribute.name));
      if (attribute.local === "base")
        runValue("reference-attribute", attribute.value, new Place(check, element, attribute.name));
      continue;
    }
    const words =
      prefix !== undefined && Object.hasOwn(table, key) ? (table[key] ?? "").split(" ") : undefined;
    if (words) {
      const place = new Place(check, element, attribute.name);
      if (words.includes("nonblank") && attribute.value.trim() === "") {
        place.report("attribute/blank", `${place.name} is empty.`);
      } else if (isValueName(words[0] ?? "")) runValue(words[0] as ValueName, attribute.value, place);
    } else if (attribute.ns === "" && (shape.attributes || !shape.opaque)) {
      const names = Object.keys(table).filter((name) => !name.includes(":"));
      const same = names.find((name) => name.toLowerCase() === key.toLowerCase());
      check.findings.add(
        "attribute/unknown",
        () => check.attributeOffset(element, attribute.name),
        `<${element.name}> has no attribute "${key}".`,
        same ? `Write \`${same}\`.` : names.length > 0 ? `It has ${names.join(", ")}.` : undefined,
      );
    } else if (attribute.ns !== "") {
      if (prefix === undefined) noteNamespace(attribute.ns, element.start, check);
      if (vocabulary.plainAttributes && vocabulary.own.has(element.ns)) {
        check.report(
          element,
          "attribute/extension",
          `<${element.name}> has the extension attribute ${attribute.name}.`,
        );
      }
    }
  }
  for (const [name, words] of Object.entries(table)) {
    if (!present.has(name) && words.includes("required")) {
      check.report(element, "attribute/missing", `<${element.name}> has no attribute "${name}".`);
    }
  }
}

/** The name under which tables list an element; `undefined` when its namespace is unknown. */
export function keyOf(element: XmlElement, own: ReadonlySet<string>): string | undefined {
  if (own.has(element.ns)) return element.local;
  const prefix = prefixOf(element.ns);
  return prefix === undefined ? undefined : `${prefix}:${element.local}`;
}

const slots = new WeakMap<Shape, Map<string, Slot | undefined>>();

function slotOf(shape: Shape, key: string, vocabulary: Vocabulary): Slot | undefined {
  let known = slots.get(shape);
  if (!known) {
    known = new Map();
    slots.set(shape, known);
  }
  if (known.has(key)) return known.get(key);
  const words =
    shape.children && Object.hasOwn(shape.children, key) ? (shape.children[key] ?? "").split(" ") : undefined;
  const name = words?.[0] ?? "";
  const found = Object.hasOwn(vocabulary.shapes, name) ? vocabulary.shapes[name] : undefined;
  const own: Shape | undefined = found ?? (isValueName(name) ? { value: name } : undefined);
  const slot = words &&
    own && { shape: own, nonblank: words.includes("nonblank"), many: words.includes("many") };
  known.set(key, slot);
  return slot;
}

function reportStranger(
  child: XmlElement,
  parent: XmlElement,
  key: string | undefined,
  vocabulary: Vocabulary,
  check: DocumentCheck,
): void {
  if (key === undefined) {
    if (child.ns === "") check.report(child, "xml/no-namespace", `<${child.name}> stands in no namespace.`);
    else noteNamespace(child.ns, child.start, check);
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

const listed = new WeakMap<Vocabulary, Set<string>>();

function isListed(key: string, vocabulary: Vocabulary): boolean {
  let names = listed.get(vocabulary);
  if (!names) {
    names = new Set(Object.values(vocabulary.shapes).flatMap((shape) => Object.keys(shape.children ?? {})));
    listed.set(vocabulary, names);
  }
  return names.has(key);
}

/** Says once per namespace that nobody knows it. */
export function noteNamespace(uri: string, offset: number, check: DocumentCheck): void {
  if (check.namespacesNoted.has(uri)) return;
  check.namespacesNoted.add(uri);
  check.findings.add(
    "xml/unknown-namespace",
    offset,
    `The namespace "${uri}" is not one that readers are known to use.`,
  );
}

function noteForeign(element: XmlElement, check: DocumentCheck): void {
  for (const child of element.children) {
    if (child.ns !== "" && prefixOf(child.ns) === undefined) noteNamespace(child.ns, child.start, check);
    noteForeign(child, check);
  }
}
