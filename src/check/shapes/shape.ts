import { defineProblem, type Problem } from "../../model/problem.ts";
import { findPrefix, nameIn } from "../parse/namespaces.ts";
import { type AttributeNode, type ElementNode, xmlNamespace } from "../parse/xml-tree.ts";
import type { DocumentCheck, Spot } from "../rules/document-check.ts";
import {
  attributeBlank,
  attributeMissing,
  attributeUnknown,
  elementBlank,
  elementText,
  elementUnknown,
} from "../rules/elements.ts";
import type { Rule } from "../rules/rule.ts";
import { specs } from "../rules/specs.ts";
import { isValueName, runValue, type ValueName } from "../values/table.ts";

/**
 * What one element may hold. Children and attributes are written as words:
 * children `"<shape or value> [nonblank] [many]"`, attributes `"<value> [required] [nonblank]"`.
 * Names are local names of the vocabulary itself, or `prefix:local` with the customary prefix of another one.
 */
export interface Shape {
  /** How to check the element's text; absent where no text is allowed. */
  readonly value?: ValueName;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: Readonly<Record<string, string>>;
  /** Children that have to be there, with the problem to report. */
  readonly required?: Readonly<Record<string, Problem>>;
  /** What is inside is not checked. */
  readonly opaque?: boolean;
  /** Checks of the element as a whole. */
  readonly rules?: readonly Rule[];
  /** The same, where one pass over the element finds several problems. */
  readonly check?: (element: ElementNode, document: DocumentCheck) => void;
}

export interface Vocabulary {
  /** Namespaces whose elements are the vocabulary's own. */
  readonly own: ReadonlySet<string>;
  readonly shapes: Readonly<Record<string, Shape>>;
  /** Prefixes of extensions whose known elements are allowed only where a table names them. */
  readonly strict: ReadonlySet<string>;
  /** Prefixes of extensions that the tables list in full: another element of theirs is a mistake. */
  readonly closed: ReadonlySet<string>;
  /** Whether extension attributes on the vocabulary's own elements are against its rules. */
  readonly plainAttributes: boolean;
  /** Is asked first about a child that is not in the table; true when there is nothing to report. */
  readonly unknown?: (child: ElementNode, parent: ElementNode, document: DocumentCheck) => boolean;
}

interface Slot {
  readonly shape: Shape;
  readonly nonblank: boolean;
  readonly many: boolean;
}

const slots = new WeakMap<Shape, Map<string, Slot>>();

/** The shape of a child of that name; `undefined` where it is not allowed. */
function slotOf(shape: Shape, key: string, vocabulary: Vocabulary): Slot | undefined {
  const cached = slots.get(shape)?.get(key);
  if (cached) return cached;
  // Only names that the tables list are cached: documents can have any number of others.
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
function isListed(key: string, vocabulary: Vocabulary): boolean {
  let names = listed.get(vocabulary);
  if (!names) {
    names = new Set(Object.values(vocabulary.shapes).flatMap((shape) => Object.keys(shape.children ?? {})));
    listed.set(vocabulary, names);
  }
  return names.has(key);
}

/** Checks an element and everything below it. */
export function walkShape(
  element: ElementNode,
  shape: Shape,
  vocabulary: Vocabulary,
  document: DocumentCheck,
): void {
  walkAttributes(element, shape, vocabulary, document);
  if (shape.opaque) {
    noteForeign(element, document);
  } else {
    walkChildren(element, shape, vocabulary, document);
  }
  if (shape.value) runValue(shape.value, element.text, document.at(element));
  else if (!shape.opaque && element.text.trim() !== "") {
    const hint = shape.children ? undefined : `Write \`<${element.name}/>\`.`;
    document
      .at(element)
      .report(elementText, `<${element.name}> holds text, but only elements belong there.`, hint);
  }
  if (element.end < 0) return;
  shape.check?.(element, document);
  for (const rule of shape.rules ?? []) rule.check(element, document);
}

const elementRepeated = defineProblem("element/repeated", {
  severity: "error",
  title: "An element that may appear here only once",
  why: "Some readers take the first, others the last.",
  fix: "Keep one.",
  spec: specs.rss,
});

function walkChildren(
  element: ElementNode,
  shape: Shape,
  vocabulary: Vocabulary,
  document: DocumentCheck,
): void {
  const seen = new Map<string, number>();
  for (const child of element.children) {
    const key = nameIn(child, vocabulary.own);
    const slot = key === undefined ? undefined : slotOf(shape, key, vocabulary);
    if (!slot || key === undefined) {
      reportStranger(child, element, key, vocabulary, document);
      continue;
    }
    seen.set(key, (seen.get(key) ?? 0) + 1);
    if (!slot.many && (seen.get(key) ?? 0) > 1) {
      document.report(child, elementRepeated, `<${element.name}> has more than one <${child.name}>.`);
    }
    walkShape(child, slot.shape, vocabulary, document);
    if (slot.nonblank && child.end >= 0 && child.text.trim() === "" && child.children.length === 0) {
      document.report(child, elementBlank, `<${child.name}> is empty.`);
    }
  }
  if (element.end < 0) return;
  for (const [name, problem] of Object.entries(shape.required ?? {})) {
    if (!seen.has(name)) document.report(element, problem, `<${element.name}> has no <${name}>.`);
  }
}

const noNamespace = defineProblem("xml/no-namespace", {
  severity: "warning",
  title: "An element without a namespace",
  why: "Nobody can tell which vocabulary it belongs to.",
  fix: "Put it into a namespace or leave it out.",
  spec: `${specs.atom}#section-6`,
});

function reportStranger(
  child: ElementNode,
  parent: ElementNode,
  key: string | undefined,
  vocabulary: Vocabulary,
  document: DocumentCheck,
): void {
  if (key === undefined) {
    if (child.ns === "") document.report(child, noNamespace, `<${child.name}> is in no namespace.`);
    else document.noteNamespace(child.ns, child.start);
    noteForeign(child, document);
    return;
  }
  if (vocabulary.unknown?.(child, parent, document)) return;
  const [prefix] = key.includes(":") ? key.split(":") : [undefined];
  if (prefix !== undefined) {
    const named = isListed(key, vocabulary);
    if (named ? !vocabulary.strict.has(prefix) : !vocabulary.closed.has(prefix)) return;
  }
  document.report(child, elementUnknown, `<${child.name}> does not belong in <${parent.name}>.`);
}

function noteForeign(element: ElementNode, document: DocumentCheck): void {
  for (const child of element.children) {
    if (child.ns !== "" && findPrefix(child.ns) === undefined) document.noteNamespace(child.ns, child.start);
    noteForeign(child, document);
  }
}

const extensionAttribute = defineProblem("attribute/extension", {
  severity: "warning",
  title: "An extension attribute on an element of RSS",
  why: "RSS allows extensions as elements, not as attributes of its own elements.",
  fix: "Remove the attribute.",
  spec: `${specs.profile}#namespace-elements`,
});

/** Checks the attributes that are present, and that required ones are. */
function walkAttributes(
  element: ElementNode,
  shape: Shape,
  vocabulary: Vocabulary,
  document: DocumentCheck,
): void {
  const table = shape.attributes ?? {};
  const present = new Set<string>();
  for (const attribute of element.attributes) {
    const prefix = attribute.ns === "" ? "" : findPrefix(attribute.ns);
    const key = prefix ? `${prefix}:${attribute.local}` : attribute.local;
    present.add(key);
    const spot = document.at(element, attribute.name);
    if (attribute.ns === xmlNamespace) checkXmlAttribute(attribute, spot);
    else if (prefix !== undefined && Object.hasOwn(table, key))
      checkListed(attribute, table[key] ?? "", spot);
    else if (attribute.ns !== "") {
      if (prefix === undefined) document.noteNamespace(attribute.ns, element.start);
      if (vocabulary.plainAttributes && vocabulary.own.has(element.ns)) {
        spot.report(extensionAttribute, `<${element.name}> has the extension attribute ${attribute.name}.`);
      }
    } else if (shape.attributes || !shape.opaque) reportUnknown(key, table, spot);
  }
  for (const [name, words] of Object.entries(table)) {
    if (!present.has(name) && words.includes("required")) {
      document.report(element, attributeMissing, `<${element.name}> has no attribute "${name}".`);
    }
  }
}

/** `xml:lang` and `xml:base` are allowed everywhere. */
function checkXmlAttribute({ local, value }: AttributeNode, spot: Spot): void {
  if (local === "lang") runValue("optional-language", value, spot);
  if (local === "base") runValue("reference-attribute", value, spot);
}

function checkListed({ value }: AttributeNode, spec: string, spot: Spot): void {
  const [name = "", ...words] = spec.split(" ");
  if (words.includes("nonblank") && value.trim() === "") {
    spot.report(attributeBlank, `${spot.name} is empty.`);
  } else if (isValueName(name)) runValue(name, value, spot);
}

function reportUnknown(key: string, table: Readonly<Record<string, string>>, spot: Spot): void {
  const names = Object.keys(table).filter((name) => !name.includes(":"));
  const same = names.find((name) => name.toLowerCase() === key.toLowerCase());
  const hint = same ? `Write \`${same}\`.` : names.length > 0 ? `It has ${names.join(", ")}.` : undefined;
  spot.report(attributeUnknown, `<${spot.element.name}> has no attribute "${key}".`, hint);
}
