// In comes an RSS item, guid or enclosure; out go findings about it as a whole.

import { atomNamespace } from "../parse/namespaces.ts";
import { attributeOf, type ElementNode } from "../parse/xml-tree.ts";
import { readAnyDate } from "../values/dates.ts";
import { type DocumentCheck, Spot } from "./document-check.ts";
import { namesIn, reportTwins } from "./rss-channel.ts";

const ITEM_TWINS = [
  ["author", ["dc:creator"]],
  ["category", ["dc:subject"]],
  ["guid", ["atom:id"]],
  ["pubDate", ["dc:date", "dcterms:issued", "atom:published"]],
  ["source", ["dc:source"]],
  ["cc:license", ["creativeCommons:license"]],
] as const;

/** Other elements that carry an item's text. */
const TEXTS = ["xhtml:body", "xhtml:div", "atom:content", "atom:summary"];

/** The item as a whole. */
export function checkItem(item: ElementNode, check: DocumentCheck): void {
  const names = namesIn(item);
  const core = item.ns === "";
  if (core && !names.has("title") && !names.has("description")) {
    check.report(item, "rss/item-empty", `<${item.name}> has neither <title> nor <description>.`);
  }
  if (core && !names.has("guid")) check.report(item, "rss/guid-missing", `<${item.name}> has no <guid>.`);
  reportTwins(names, ITEM_TWINS, "rss/item-twice", check);
  checkTexts(names, check);
  const enclosures = names.get("enclosure") ?? [];
  if (enclosures[1]) {
    check.report(
      enclosures[1],
      "rss/enclosure-repeated",
      `<${item.name}> has ${enclosures.length} enclosures.`,
    );
  }
  const comments = names.get("wfw:commentRSS")?.[0];
  if (comments) check.report(comments, "rss/comment-feed", "<wfw:commentRSS> is spelt in the old way.");
  if (core) checkItemDates(item, names, check);
  for (const category of names.get("category") ?? []) {
    if (category.text.includes(",")) {
      check.report(
        category,
        "portability/category-comma",
        `The category "${category.text.trim()}" has a comma.`,
      );
    }
  }
}

function checkTexts(names: ReadonlyMap<string, ElementNode[]>, check: DocumentCheck): void {
  const description = names.get("description")?.[0];
  const encoded = names.get("content:encoded")?.[0];
  if (encoded && (!description || description.start > encoded.start)) {
    check.report(encoded, "rss/description-order", "<content:encoded> has no <description> before it.");
  }
  if (encoded && !description) {
    check.report(
      encoded,
      "portability/description-missing",
      "<content:encoded> stands without <description>.",
    );
  }
  const other = TEXTS.flatMap((name) => names.get(name) ?? []).find(
    (text) => attributeOf(text, "src") === undefined,
  );
  const borrowed = other?.ns === atomNamespace && !description && !encoded;
  if (other && !borrowed) {
    check.report(other, "rss/text-elsewhere", `<${other.name}> carries the text of the item.`);
  }
}

function checkItemDates(
  item: ElementNode,
  names: ReadonlyMap<string, ElementNode[]>,
  check: DocumentCheck,
): void {
  const own = names.get("pubDate")?.[0];
  const other = names.get("dc:date")?.[0];
  if (!own && !other && !names.has("atom:published") && !names.has("atom:updated")) {
    check.report(item, "portability/date-missing", `<${item.name}> has no <pubDate>.`);
  }
  const [one, two] = [readAnyDate(own?.text), readAnyDate(other?.text)];
  if (other && one !== undefined && two !== undefined && one !== two) {
    check.report(other, "portability/dates-differ", `<${other.name}> and <pubDate> name different moments.`);
  }
}

/** A guid by its own rules: an address unless it says otherwise. */
export function checkGuid(guid: ElementNode, check: DocumentCheck): void {
  const place = new Spot(check, guid);
  const value = guid.text.trim();
  const permalink = attributeOf(guid, "isPermaLink");
  if (permalink === undefined || permalink === "true") {
    if (/^(tag|urn|uuid):/i.test(value)) place.reject("rss/guid-permalink", value, "which is not a page");
    else if (!/^https?:\/\/[^/?#\s][^\s<>"]*$/i.test(value)) {
      place.reject("rss/guid-url", value, "which is not an http or https address");
      if (value.includes("/"))
        place.reject("portability/guid-path", value, "which NetNewsWire opens as a page");
    }
  }
  if (/^\d{1,9}$/.test(value)) place.reject("rss/guid-short", value, "a number that other feeds use too");
}

const APPLE_FORMATS = /\.(m4a|mp3|mov|mp4|m4v|pdf|epub)$/i;

/** An enclosure's length, and whether a podcast app plays it. */
export function checkEnclosure(enclosure: ElementNode, check: DocumentCheck): void {
  const length = attributeOf(enclosure, "length");
  if (length !== undefined && !/^\d+$/.test(length.trim())) {
    new Spot(check, enclosure, "length").reject(
      "rss/enclosure-length",
      length,
      "which is not a number of bytes",
    );
  }
  const url = attributeOf(enclosure, "url");
  const podcast =
    enclosure.parent?.children.some((child) => child.ns.includes("itunes.com/dtds/podcast")) ?? false;
  if (podcast && url !== undefined && /^https?:/i.test(url.trim())) {
    const path = url.trim().split(/[?#]/, 1)[0] ?? "";
    if (!APPLE_FORMATS.test(path)) {
      new Spot(check, enclosure, "url").reject(
        "itunes/format",
        url,
        "which names no file that Apple Podcasts plays",
      );
    }
  }
}
