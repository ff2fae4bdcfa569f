// In comes an element and the table of its attributes; out go findings about each attribute.
import type { DocumentCheck } from "../document-check.ts";
import { prefixOf } from "../namespaces.ts";
import { XML_NS, type XmlAttribute, type XmlElement } from "../parse/xml-tree.ts";
import { Place } from "../values/spot.ts";
import { isValueName, runValue } from "../values/table.ts";
import type { Shape, Vocabulary } from "./shape-table.ts";

/** Checks the attributes that are there, and those that have to be. */
export function walkAttributes(
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
    const place = new Place(check, element, attribute.name);
    if (attribute.ns === XML_NS) checkXmlAttribute(attribute, place);
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
function checkXmlAttribute({ local, value }: XmlAttribute, place: Place): void {
  if (local === "lang") runValue("optional-language", value, place);
  if (local === "base") runValue("reference-attribute", value, place);
}

function checkListed({ value }: XmlAttribute, spec: string, place: Place): void {
  const [name = "", ...words] = spec.split(" ");
  if (words.includes("nonblank") && value.trim() === "") {
    place.report("attribute/blank", `${place.name} is empty.`);
  } else if (isValueName(name)) runValue(name, value, place);
}

function reportUnknown(key: string, table: Readonly<Record<string, string>>, place: Place): void {
  const names = Object.keys(table).filter((name) => !name.includes(":"));
  const same = names.find((name) => name.toLowerCase() === key.toLowerCase());
  const hint = same ? `Write \`${same}\`.` : names.length > 0 ? `It has ${names.join(", ")}.` : undefined;
  place.report("attribute/unknown", `<${place.element.name}> has no attribute "${key}".`, hint);
}
