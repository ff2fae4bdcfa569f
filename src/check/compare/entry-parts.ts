// The parts of each entry, in a form in which two versions of a document can be compared.
import { decodeHTML } from "entities";
import { decodeBytes } from "../parse/decode-bytes.ts";
import { type JsonNode, memberOf, parseJsonTree } from "../parse/json-tree.ts";
import { atomNamespace } from "../parse/namespaces.ts";
import { type ElementNode, parseXml } from "../parse/xml-tree.ts";
import { relationOf } from "../rules/atom-link.ts";
import { listItems } from "./read-entries.ts";

/** What people call the parts of an entry, in the order in which they are listed. */
export const partNames = [
  "title",
  "link",
  "content",
  "summary",
  "attachments",
  "image",
  "author",
  "categories",
  "other",
] as const;
export type PartName = (typeof partNames)[number];

/** Each part that an entry has, with everything in it that readers could show. Id and dates are not among them. */
export type EntryParts = ReadonlyMap<PartName, string>;

const named: Readonly<Record<string, PartName | undefined>> = {
  title: "title",
  link: "link",
  url: "link",
  external_url: "link",
  encoded: "content",
  content: "content",
  content_html: "content",
  content_text: "content",
  description: "summary",
  summary: "summary",
  enclosure: "attachments",
  attachments: "attachments",
  group: "attachments",
  image: "image",
  banner_image: "image",
  thumbnail: "image",
  author: "author",
  authors: "author",
  creator: "author",
  contributor: "author",
  category: "categories",
  subject: "categories",
  tags: "categories",
};

/** Ids and dates are compared as what they mean, not as they are written. */
const elsewhere = new Set([
  "guid",
  "id",
  "pubDate",
  "date",
  "published",
  "updated",
  "modified",
  "date_published",
  "date_modified",
]);

/** The parts of each entry, in the order in which reading its entries gives them. Never throws. */
export function readEntryParts(bytes: Uint8Array, name: string): readonly EntryParts[] {
  const { text } = decodeBytes(bytes);
  if (/^[\s\ufeff]*[{[]/.test(text) || /\.json$/i.test(name)) return readJsonParts(text);
  const { root } = parseXml(text);
  return root === undefined ? [] : listItems(root).map((item) => readXmlParts(item, text));
}

function collect(parts: Iterable<readonly [PartName, string]>): EntryParts {
  const found = new Map<PartName, string>();
  for (const [name, text] of parts) found.set(name, `${found.get(name) ?? ""}${text}\n`);
  return found;
}

function readXmlParts(item: ElementNode, source: string): EntryParts {
  const children = item.children.filter(({ local }) => !elsewhere.has(local));
  const whole = children.some(({ local }) => local === "encoded");
  return collect(
    children.map((child) => {
      const name = partOf(child);
      // Where nothing else holds the text, the description does.
      const part = name === "summary" && child.local === "description" && !whole ? "content" : name;
      return [part, canonicalXml(child, source)] as const;
    }),
  );
}

function partOf(child: ElementNode): PartName {
  if (child.ns === atomNamespace && child.local === "link") {
    const relation = relationOf(child);
    if (relation === "enclosure") return "attachments";
    return relation === "alternate" ? "link" : "other";
  }
  // Media RSS calls an attachment `content`.
  if (child.local === "content" && child.ns !== atomNamespace) return "attachments";
  return named[child.local] ?? "other";
}

function canonicalXml(element: ElementNode, source: string): string {
  const attributes = element.attributes
    .filter(({ name }) => !/^xmlns(:|$)/.test(name))
    .map(({ ns, local, value }) => `${ns} ${local}=${JSON.stringify(value)}`)
    .sort();
  const mixed = element.children.length > 0 && element.text.trim() !== "";
  const inner = mixed
    ? normalizeMarkup(source.slice(element.inner, Math.max(element.inner, element.end)))
    : element.children.length > 0
      ? element.children.map((child) => canonicalXml(child, source)).join("\n")
      : normalizeMarkup(element.text);
  return `${element.ns} ${element.local} ${attributes.join(" ")} ${inner}`;
}

function readJsonParts(text: string): EntryParts[] {
  const items = memberOf(parseJsonTree(text.replace(/^\ufeff/, "")).root, "items");
  if (items?.type !== "array") return [];
  return items.items.map((item) =>
    collect(
      (item.type === "object" ? item.members : [])
        .filter(({ name }) => !elsewhere.has(name))
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ name, node }) => [named[name] ?? "other", `${name} ${canonicalJson(node)}`] as const),
    ),
  );
}

function canonicalJson(node: JsonNode): string {
  if (node.type === "array") return `[${node.items.map(canonicalJson).join()}]`;
  if (node.type === "object") {
    const members = [...node.members].sort((a, b) => (a.name < b.name ? -1 : 1));
    return `{${members.map((each) => `${JSON.stringify(each.name)}:${canonicalJson(each.node)}`).join()}}`;
  }
  if (node.type === "null") return "null";
  return node.type === "string" ? JSON.stringify(normalizeMarkup(node.value)) : String(node.value);
}

const blocks =
  "address|article|aside|blockquote|br|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul";
const aroundBlocks = new RegExp(`\\s*(</?(?:${blocks})(?:\\s[^<>]*)?/?>)\\s*`, "gi");

/** HTML with white space only where it shows, and references written in one way. */
function normalizeMarkup(markup: string): string {
  return markup
    .split(/(<pre[\s>][\s\S]*?<\/pre>)/i)
    .map((piece, at) => (at % 2 === 1 ? piece : piece.replace(/\s+/g, " ").replace(aroundBlocks, "$1")))
    .join("")
    .replace(/&#?\w+;/g, (reference) => {
      const letter = decodeHTML(reference);
      return { "<": "&lt;", ">": "&gt;", "&": "&amp;" }[letter] ?? letter;
    })
    .trim();
}
