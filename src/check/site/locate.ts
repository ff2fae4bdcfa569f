// Which entry of a document, and which part of it, is at a line and column.
import { type JsonNode, memberOf } from "../parse/json-tree.ts";
import type { ParsedDocument } from "../parse/parsed-document.ts";
import type { ElementNode, XmlDocument } from "../parse/xml-tree.ts";

/** The entry, and the part of it, that a finding is about. */
export interface EntryPlace {
  /** Which entry, counted from 0. */
  readonly index: number;
  /** What the entry says its id and address are, as far as it does. */
  readonly names: readonly string[];
  /** The entry's element or member at that place, such as `title` or `media:content`; empty for the entry itself. */
  readonly part: string;
}

interface Part {
  readonly name: string;
  readonly start: number;
}

interface EntrySpan {
  readonly start: number;
  readonly end: number;
  readonly names: readonly string[];
  readonly parts: readonly Part[];
}

/** Where the entries of one document begin and end. */
export class EntryMap {
  readonly #spans: readonly EntrySpan[];
  readonly #starts: readonly number[];

  constructor(parsed: ParsedDocument) {
    this.#spans = parsed.json ? jsonSpans(parsed.json.root, parsed.text) : xmlSpans(parsed.xml, parsed.text);
    const ends = [...parsed.text.matchAll(/\r\n|\r|\n/g)];
    this.#starts = [0, ...ends.map(({ 0: end, index }) => index + end.length)];
  }

  /** `line` and `column` count from 1. Undefined for what is not part of an entry. */
  locate(line: number, column: number): EntryPlace | undefined {
    const offset = (this.#starts[line - 1] ?? 0) + column - 1;
    const index = this.#spans.findIndex(({ start, end }) => start <= offset && offset < end);
    const span = this.#spans[index];
    if (span === undefined) return undefined;
    const part = span.parts.findLast(({ start }) => start <= offset)?.name ?? "";
    return { index, names: span.names, part };
  }
}

function xmlSpans({ root }: XmlDocument, text: string): EntrySpan[] {
  if (root === undefined) return [];
  const channel = root.children.find(({ local }) => local === "channel");
  const holders = channel === undefined ? [root] : [root, channel];
  return holders
    .flatMap(({ children }) => children.filter(({ local }) => ["item", "entry", "url"].includes(local)))
    .map((entry) => ({
      start: entry.start,
      end: entry.end < 0 ? text.length : entry.end,
      names: entry.children.flatMap(namesOf),
      parts: entry.children.map(({ name, start }) => ({ name, start })),
    }));
}

function namesOf({ local, text, attributes }: ElementNode): string[] {
  if (local === "guid" || local === "id" || local === "loc") return [text.trim()];
  if (local !== "link") return [];
  return [text.trim(), ...attributes.filter((one) => one.local === "href").map(({ value }) => value)];
}

function jsonSpans(root: JsonNode | undefined, text: string): EntrySpan[] {
  const items = memberOf(root, "items");
  if (root?.type !== "object" || items?.type !== "array") return [];
  const after = root.members.map(({ start }) => start).filter((start) => start > items.start);
  return items.items.map((item, at) => ({
    start: item.start,
    end: items.items[at + 1]?.start ?? Math.min(text.length, ...after),
    names: ["id", "url"].flatMap((name) => stringsOf(memberOf(item, name))),
    parts: item.type === "object" ? item.members : [],
  }));
}

function stringsOf(node: JsonNode | undefined): string[] {
  return node?.type === "string" ? [node.value] : [];
}
