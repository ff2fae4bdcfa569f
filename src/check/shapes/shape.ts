// In comes a table that says what an element may hold; out go the findings where a document differs. The one tree walk.
import type { DocumentCheck } from "../document-check.ts";
import { prefixOf } from "../namespaces.ts";
import type { XmlElement } from "../parse/xml-tree.ts";
import { Place } from "../values/spot.ts";
import { runValue } from "../values/table.ts";
import { walkAttributes } from "./shape-attributes.ts";
import { isListed, keyOf, type Shape, slotOf, type Vocabulary } from "./shape-table.ts";

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

function reportStranger(
  child: XmlElement,
  parent: XmlElement,
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

function noteForeign(element: XmlElement, check: DocumentCheck): void {
  for (const child of element.children) {
    if (child.ns !== "" && prefixOf(child.ns) === undefined) check.noteNamespace(child.ns, child.start);
    noteForeign(child, check);
  }
}
