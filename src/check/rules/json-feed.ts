import { defineProblem } from "../../model/problem.ts";
import { type JsonNode, type JsonObject, memberOf, stringOf } from "../parse/json-tree.ts";
import { implausibleDate, readAtomDate } from "../values/dates.ts";
import { entryDateMissing, hubWithoutSelf, selfMismatch, tooManyEntries } from "./any-feed.ts";
import { defineRule, type Rule, ruleFor } from "./rule.ts";
import { specs } from "./specs.ts";

const currentVersion = "https://jsonfeed.org/version/1.1";
const oldVersion = "https://jsonfeed.org/version/1";

/** What is checked of a JSON Feed as a whole. */
export const jsonFeedRules: readonly Rule<JsonObject>[] = [
  defineRule("json/version", {
    severity: "error",
    title: "Not a version of JSON Feed",
    why: "Readers recognise JSON Feed by it.",
    fix: 'Write `"version": "https://jsonfeed.org/version/1.1"`.',
    spec: `${specs.json}#top-level`,
    check(feed, document) {
      const version = memberOf(feed, "version");
      if (version?.type === "string" && ![currentVersion, oldVersion].includes(version.value))
        document.report(version, this, `"version" is "${version.value}".`);
    },
  }),
  defineRule("json/version-old", {
    severity: "hint",
    title: "JSON Feed 1.0",
    why: "1.1 has `authors` and `language`.",
    fix: "Write version 1.1.",
    spec: `${specs.json}#changes-a-name-changes-a`,
    check(feed, document) {
      const version = memberOf(feed, "version");
      if (version?.type === "string" && version.value === oldVersion)
        document.report(version, this, `"version" is "${version.value}".`);
    },
  }),
  defineRule("json/author-old", {
    severity: "hint",
    title: "`author` instead of `authors`",
    why: "Version 1.1 has a list.",
    fix: 'Write `"authors": [{ "name": "…" }]`.',
    spec: `${specs.json}#top-level`,
    check(feed, document) {
      const author = memberOf(feed, "author");
      if (author && !memberOf(feed, "authors") && stringOf(feed, "version") === currentVersion)
        document.report(author, this, '"author" is from version 1.0.');
    },
  }),
  defineRule("json/home-missing", {
    severity: "warning",
    title: "No home_page_url",
    why: "Readers cannot open the site.",
    fix: "Add `home_page_url`.",
    spec: `${specs.json}#top-level`,
    check(feed, document) {
      if (stringOf(feed, "home_page_url") === undefined)
        document.report(feed, this, 'The feed has no "home_page_url".');
    },
  }),
  defineRule("json/self-missing", {
    severity: "warning",
    title: "No feed_url",
    why: "Readers cannot tell duplicates of the feed, and WebSub needs it.",
    fix: "Add `feed_url`.",
    spec: `${specs.json}#top-level`,
    check(feed, document) {
      if (stringOf(feed, "feed_url") === undefined)
        document.report(feed, this, 'The feed has no "feed_url".');
    },
  }),
  ruleFor(hubWithoutSelf, function (feed, document) {
    const hubs = memberOf(feed, "hubs");
    if (hubs && stringOf(feed, "feed_url") === undefined)
      document.report(hubs, this, "The feed names a hub but not its own address.");
  }),
  ruleFor(selfMismatch, function (feed, document) {
    const self = memberOf(feed, "feed_url");
    if (self?.type !== "string" || document.url === undefined || self.value === document.url) return;
    document.report(self, this, `"feed_url" is "${self.value}", but the document is at "${document.url}".`);
  }),
  defineRule("json/next-self", {
    severity: "error",
    title: "The next page is this page",
    why: "Readers would fetch it for ever.",
    fix: "Remove `next_url` or correct it.",
    spec: `${specs.json}#top-level`,
    check(feed, document) {
      const next = memberOf(feed, "next_url");
      if (next?.type === "string" && [stringOf(feed, "feed_url"), document.url].includes(next.value))
        document.report(next, this, `"next_url" is the feed itself: "${next.value}".`);
    },
  }),
  defineRule("json/id-repeated", {
    severity: "error",
    title: "Two items with one id",
    why: "Readers show one of the two only.",
    fix: "Give each item its own id.",
    spec: `${specs.json}#items`,
    check(feed, document) {
      const seen = new Set<string>();
      for (const item of itemsOf(feed)) {
        const id = memberOf(item, "id");
        if (id?.type !== "string" || id.value.trim() === "") continue;
        if (seen.has(id.value)) document.report(id, this, `The id "${id.value}" appears twice.`);
        seen.add(id.value);
      }
    },
  }),
  defineRule("portability/author-not-shown", {
    severity: "hint",
    title: "Authors on feed and items",
    why: "Miniflux shows the feed's and the item's authors together.",
    fix: "Name authors on the items only.",
    spec: specs.json,
    check(feed, document) {
      if (!memberOf(feed, "authors") && !memberOf(feed, "author")) return;
      for (const item of itemsOf(feed)) {
        const own = memberOf(item, "authors") ?? memberOf(item, "author");
        if (own) document.report(own, this, "The feed and this item both name authors.");
      }
    },
  }),
  ruleFor(tooManyEntries, function (feed, document) {
    const items = memberOf(feed, "items");
    const { length } = itemsOf(feed);
    if (items && length > 300) document.report(items, this, `The feed has ${length} items.`);
  }),
];

export const memberMissing = defineProblem("json/missing", {
  severity: "error",
  title: "A required member is missing",
  why: "Readers rely on it; NetNewsWire rejects a feed without title and drops items without id or content.",
  fix: "Add the member that the message names.",
  spec: `${specs.json}#top-level`,
});

/** What is checked of an item of a JSON Feed as a whole. */
export const jsonItemRules: readonly Rule<JsonObject>[] = [
  defineRule("json/id", {
    severity: "error",
    title: "A blank id",
    why: "Readers store items by their id; blank ones are dropped.",
    fix: "Write a string that is not blank and never changes.",
    spec: `${specs.json}#items`,
    check(item, document) {
      const id = memberOf(item, "id");
      if (id?.type === "string" && id.value.trim() === "") document.report(id, this, 'The "id" is blank.');
    },
  }),
  ruleFor(memberMissing, function (item, document) {
    if (!memberOf(item, "content_html") && !memberOf(item, "content_text"))
      document.report(
        item,
        this,
        'The item has neither "content_html" nor "content_text".',
        'Add `"content_html"`.',
      );
  }),
  defineRule("portability/text-only", {
    severity: "warning",
    title: "An item with content_text only",
    why: "FreshRSS shows it blank.",
    fix: "Add `content_html`.",
    spec: specs.json,
    check(item, document) {
      if (!memberOf(item, "content_html") && memberOf(item, "content_text"))
        document.report(item, this, 'The item has "content_text" only.');
    },
  }),
  defineRule("portability/url-missing", {
    severity: "warning",
    title: "An item without url",
    why: "FreshRSS skips JSON Feed items without `url`.",
    fix: "Add `url`.",
    spec: specs.json,
    check(item, document) {
      if (!memberOf(item, "url")) document.report(item, this, 'The item has no "url".');
    },
  }),
  ruleFor(entryDateMissing, function (item, document) {
    if (!memberOf(item, "date_published")) document.report(item, this, 'The item has no "date_published".');
  }),
  ruleFor(implausibleDate, function (item, document) {
    const date = memberOf(item, "date_published");
    const at = date?.type === "string" ? readAtomDate(date.value) : undefined;
    if (date?.type !== "string" || at === undefined) return;
    const what =
      at > document.now + 86_400_000
        ? "in the future"
        : at < Date.UTC(1990, 0)
          ? "before there were feeds"
          : undefined;
    if (what) document.report(date, this, `"date_published" is "${date.value}", which is ${what}.`);
  }),
];

function itemsOf(feed: JsonObject): readonly JsonNode[] {
  const items = memberOf(feed, "items");
  return items?.type === "array" ? items.items : [];
}
