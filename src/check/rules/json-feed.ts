// In comes a JSON Feed or one of its items; out go findings about it as a whole: version, ids, what readers need.

import { type JsonNode, memberOf, stringOf } from "../parse/json-tree.ts";
import { readAtomDate } from "../values/dates.ts";
import type { DocumentCheck } from "./document-check.ts";
import type { RuleCode } from "./table.ts";

type JsonObject = Extract<JsonNode, { type: "object" }>;

const VERSION = "https://jsonfeed.org/version/1.1";

/** The feed as a whole. */
export function checkJsonFeed(feed: JsonObject, check: DocumentCheck): void {
  const say = (code: RuleCode, node: JsonNode, message: string) =>
    check.findings.add(code, node.offset, message);
  const version = memberOf(feed, "version");
  if (version?.type === "string" && version.value !== VERSION) {
    const old = version.value === "https://jsonfeed.org/version/1";
    say(old ? "json/version-old" : "json/version", version, `"version" is "${version.value}".`);
  }
  const author = memberOf(feed, "author");
  if (author && !memberOf(feed, "authors") && version?.type === "string" && version.value === VERSION) {
    say("json/author-old", author, '"author" is from version 1.0.');
  }
  checkAddresses(feed, check);
  const items = memberOf(feed, "items");
  if (items?.type !== "array") return;
  checkItems(feed, items.items, check);
  if (items.items.length > 300)
    say("portability/many-entries", items, `The feed has ${items.items.length} items.`);
}

function checkAddresses(feed: JsonObject, check: DocumentCheck): void {
  const say = (code: RuleCode, node: JsonNode, message: string) =>
    check.findings.add(code, node.offset, message);
  const self = stringOf(feed, "feed_url");
  if (stringOf(feed, "home_page_url") === undefined)
    say("json/home-missing", feed, 'The feed has no "home_page_url".');
  if (self === undefined) {
    say("json/self-missing", feed, 'The feed has no "feed_url".');
    const hubs = memberOf(feed, "hubs");
    if (hubs) say("portability/hub-without-self", hubs, "The feed names a hub but not its own address.");
  } else if (check.url !== undefined && self !== check.url) {
    const node = memberOf(feed, "feed_url") ?? feed;
    say("atom/self-mismatch", node, `"feed_url" is "${self}", but the document is at "${check.url}".`);
  }
  const next = memberOf(feed, "next_url");
  if (next?.type === "string" && (next.value === self || next.value === check.url)) {
    say("json/next-self", next, `"next_url" is the feed itself: "${next.value}".`);
  }
}

function checkItems(feed: JsonObject, items: readonly JsonNode[], check: DocumentCheck): void {
  const seen = new Set<string>();
  const shared = memberOf(feed, "authors") ?? memberOf(feed, "author");
  for (const item of items) {
    const id = memberOf(item, "id");
    if (id?.type === "string" && id.value.trim() !== "") {
      if (seen.has(id.value))
        check.findings.add("json/id-repeated", id.offset, `The id "${id.value}" stands twice.`);
      seen.add(id.value);
    }
    const own = memberOf(item, "authors") ?? memberOf(item, "author");
    if (shared && own) {
      check.findings.add(
        "portability/author-not-shown",
        own.offset,
        "The feed and this item both name authors.",
      );
    }
    checkDates(item, check);
  }
}

function checkDates(item: JsonNode, check: DocumentCheck): void {
  const date = memberOf(item, "date_published");
  const at = date?.type === "string" ? readAtomDate(date.value) : undefined;
  if (!date || at === undefined) return;
  const value = date.type === "string" ? date.value : "";
  if (at > check.now + 86_400_000) {
    check.findings.add(
      "value/date-implausible",
      date.offset,
      `"date_published" is "${value}", which is in the future.`,
    );
  } else if (at < Date.UTC(1990, 0)) {
    check.findings.add(
      "value/date-implausible",
      date.offset,
      `"date_published" is "${value}", which is before there were feeds.`,
    );
  }
}

/** One item: id, content, and what readers need beyond the specification. */
export function checkJsonItem(
  item: JsonObject,
  report: (code: RuleCode, offset: number, message: string, hint?: string) => void,
): void {
  const id = memberOf(item, "id");
  if (id?.type === "string" && id.value.trim() === "") report("json/id", id.offset, 'The "id" is blank.');
  const html = memberOf(item, "content_html");
  if (!html && !memberOf(item, "content_text")) {
    report(
      "json/missing",
      item.offset,
      'The item has neither "content_html" nor "content_text".',
      'Add `"content_html"`.',
    );
  } else if (!html) report("portability/text-only", item.offset, 'The item has "content_text" only.');
  if (!memberOf(item, "url")) report("portability/url-missing", item.offset, 'The item has no "url".');
  if (!memberOf(item, "date_published")) {
    report("portability/date-missing", item.offset, 'The item has no "date_published".');
  }
}
