import { defineProblem, type Problem } from "../../model/problem.ts";
import { type JsonNode, memberOf, stringOf } from "../parse/json-tree.ts";
import { implausibleDate, readAtomDate } from "../values/dates.ts";
import { entryDateMissing, hubWithoutSelf, selfMismatch, tooManyEntries } from "./any-feed.ts";
import type { DocumentCheck } from "./document-check.ts";
import { specs } from "./specs.ts";

type JsonObject = Extract<JsonNode, { type: "object" }>;

const currentVersion = "https://jsonfeed.org/version/1.1";

const unknownVersion = defineProblem("json/version", {
  severity: "error",
  title: "Not a version of JSON Feed",
  why: "Readers recognise JSON Feed by it.",
  fix: 'Write `"version": "https://jsonfeed.org/version/1.1"`.',
  spec: `${specs.json}#top-level`,
});

const oldVersion = defineProblem("json/version-old", {
  severity: "hint",
  title: "JSON Feed 1.0",
  why: "1.1 has `authors` and `language`.",
  fix: "Write version 1.1.",
  spec: `${specs.json}#changes-a-name-changes-a`,
});

const oldAuthor = defineProblem("json/author-old", {
  severity: "hint",
  title: "`author` instead of `authors`",
  why: "Version 1.1 has a list.",
  fix: 'Write `"authors": [{ "name": "…" }]`.',
  spec: `${specs.json}#top-level`,
});

/** The feed as a whole. */
export function checkJsonFeed(feed: JsonObject, document: DocumentCheck): void {
  const say = (code: Problem, node: JsonNode, message: string) =>
    document.findings.add(code, node.offset, message);
  const version = memberOf(feed, "version");
  if (version?.type === "string" && version.value !== currentVersion) {
    const old = version.value === "https://jsonfeed.org/version/1";
    say(old ? oldVersion : unknownVersion, version, `"version" is "${version.value}".`);
  }
  const author = memberOf(feed, "author");
  if (
    author &&
    !memberOf(feed, "authors") &&
    version?.type === "string" &&
    version.value === currentVersion
  ) {
    say(oldAuthor, author, '"author" is from version 1.0.');
  }
  checkAddresses(feed, document);
  const items = memberOf(feed, "items");
  if (items?.type !== "array") return;
  checkItems(feed, items.items, document);
  if (items.items.length > 300) say(tooManyEntries, items, `The feed has ${items.items.length} items.`);
}

const nextIsSelf = defineProblem("json/next-self", {
  severity: "error",
  title: "The next page is this page",
  why: "Readers would fetch it for ever.",
  fix: "Remove `next_url` or correct it.",
  spec: `${specs.json}#top-level`,
});

const homeMissing = defineProblem("json/home-missing", {
  severity: "warning",
  title: "No home_page_url",
  why: "Readers cannot open the site.",
  fix: "Add `home_page_url`.",
  spec: `${specs.json}#top-level`,
});

const selfMissing = defineProblem("json/self-missing", {
  severity: "warning",
  title: "No feed_url",
  why: "Readers cannot tell duplicates of the feed, and WebSub needs it.",
  fix: "Add `feed_url`.",
  spec: `${specs.json}#top-level`,
});

function checkAddresses(feed: JsonObject, document: DocumentCheck): void {
  const say = (code: Problem, node: JsonNode, message: string) =>
    document.findings.add(code, node.offset, message);
  const self = stringOf(feed, "feed_url");
  if (stringOf(feed, "home_page_url") === undefined)
    say(homeMissing, feed, 'The feed has no "home_page_url".');
  if (self === undefined) {
    say(selfMissing, feed, 'The feed has no "feed_url".');
    const hubs = memberOf(feed, "hubs");
    if (hubs) say(hubWithoutSelf, hubs, "The feed names a hub but not its own address.");
  } else if (document.url !== undefined && self !== document.url) {
    const node = memberOf(feed, "feed_url") ?? feed;
    say(selfMismatch, node, `"feed_url" is "${self}", but the document is at "${document.url}".`);
  }
  const next = memberOf(feed, "next_url");
  if (next?.type === "string" && (next.value === self || next.value === document.url)) {
    say(nextIsSelf, next, `"next_url" is the feed itself: "${next.value}".`);
  }
}

const repeatedId = defineProblem("json/id-repeated", {
  severity: "error",
  title: "Two items with one id",
  why: "Readers show one of the two only.",
  fix: "Give each item its own id.",
  spec: `${specs.json}#items`,
});

const authorNotShown = defineProblem("portability/author-not-shown", {
  severity: "hint",
  title: "Authors on feed and items",
  why: "Miniflux shows the feed's and the item's authors together.",
  fix: "Name authors on the items only.",
  spec: specs.json,
});

function checkItems(feed: JsonObject, items: readonly JsonNode[], document: DocumentCheck): void {
  const seen = new Set<string>();
  const shared = memberOf(feed, "authors") ?? memberOf(feed, "author");
  for (const item of items) {
    const id = memberOf(item, "id");
    if (id?.type === "string" && id.value.trim() !== "") {
      if (seen.has(id.value))
        document.findings.add(repeatedId, id.offset, `The id "${id.value}" stands twice.`);
      seen.add(id.value);
    }
    const own = memberOf(item, "authors") ?? memberOf(item, "author");
    if (shared && own) {
      document.findings.add(authorNotShown, own.offset, "The feed and this item both name authors.");
    }
    checkDates(item, document);
  }
}

function checkDates(item: JsonNode, document: DocumentCheck): void {
  const date = memberOf(item, "date_published");
  const at = date?.type === "string" ? readAtomDate(date.value) : undefined;
  if (!date || at === undefined) return;
  const value = date.type === "string" ? date.value : "";
  if (at > document.now + 86_400_000) {
    document.findings.add(
      implausibleDate,
      date.offset,
      `"date_published" is "${value}", which is in the future.`,
    );
  } else if (at < Date.UTC(1990, 0)) {
    document.findings.add(
      implausibleDate,
      date.offset,
      `"date_published" is "${value}", which is before there were feeds.`,
    );
  }
}

const blankId = defineProblem("json/id", {
  severity: "error",
  title: "An id that is none",
  why: "Readers store items by their id; blank ones are dropped.",
  fix: "Write a string that is not blank and never changes.",
  spec: `${specs.json}#items`,
});

const urlMissing = defineProblem("portability/url-missing", {
  severity: "warning",
  title: "An item without url",
  why: "FreshRSS skips JSON Feed items without `url`.",
  fix: "Add `url`.",
  spec: specs.json,
});

const textOnly = defineProblem("portability/text-only", {
  severity: "warning",
  title: "An item with content_text only",
  why: "FreshRSS shows it blank.",
  fix: "Add `content_html`.",
  spec: specs.json,
});

export const memberMissing = defineProblem("json/missing", {
  severity: "error",
  title: "A required member is missing",
  why: "Readers rely on it; NetNewsWire rejects a feed without title and drops items without id or content.",
  fix: "Add the member that the message names.",
  spec: `${specs.json}#top-level`,
});

/** One item: id, content, and what readers need beyond the specification. */
export function checkJsonItem(
  item: JsonObject,
  report: (code: Problem, offset: number, message: string, hint?: string) => void,
): void {
  const id = memberOf(item, "id");
  if (id?.type === "string" && id.value.trim() === "") report(blankId, id.offset, 'The "id" is blank.');
  const html = memberOf(item, "content_html");
  if (!html && !memberOf(item, "content_text")) {
    report(
      memberMissing,
      item.offset,
      'The item has neither "content_html" nor "content_text".',
      'Add `"content_html"`.',
    );
  } else if (!html) report(textOnly, item.offset, 'The item has "content_text" only.');
  if (!memberOf(item, "url")) report(urlMissing, item.offset, 'The item has no "url".');
  if (!memberOf(item, "date_published")) {
    report(entryDateMissing, item.offset, 'The item has no "date_published".');
  }
}
