import { atomNamespace } from "../parse/namespaces.ts";
import { attributeOf, type ElementNode } from "../parse/xml-tree.ts";
import { readAnyDate } from "../values/dates.ts";
import { categoryWithComma, entryDateMissing } from "./any-feed.ts";
import { namesIn, reportTwins } from "./rss-channel.ts";
import { defineRule, type Rule, ruleFor } from "./rule.ts";
import { specs } from "./specs.ts";

/** What is checked of an item as a whole. */
export const itemRules: readonly Rule[] = [
  defineRule("rss/item-empty", {
    severity: "error",
    title: "An item without title and description",
    why: "There is nothing to show; Thunderbird drops the item.",
    fix: "Add `<title>` or `<description>`.",
    spec: `${specs.rss}#hrelementsOfLtitemgt`,
    check(item, document) {
      const names = namesIn(item);
      if (item.ns === "" && !names.has("title") && !names.has("description"))
        document.report(item, this, `<${item.name}> has neither <title> nor <description>.`);
    },
  }),
  defineRule("rss/guid-missing", {
    severity: "warning",
    title: "An item without guid",
    why: "Readers make up an id from link, date or text; when one of these changes the item appears again as new.",
    fix: "Add `<guid>` with an id that never changes.",
    spec: `${specs.profile}#element-channel-item-guid`,
    check(item, document) {
      if (item.ns === "" && !namesIn(item).has("guid"))
        document.report(item, this, `<${item.name}> has no <guid>.`);
    },
  }),
  defineRule("rss/item-twice", {
    severity: "warning",
    title: "Two elements of an item that mean the same",
    why: "Two elements that say the same may differ one day, and readers choose differently.",
    fix: "Keep the element of RSS.",
    spec: `${specs.profile}#namespace-elements`,
    check(item, document) {
      reportTwins(item, itemTwins, this, document);
    },
  }),
  defineRule("rss/description-order", {
    severity: "warning",
    title: "Full text without or before a description",
    why: "Readers that stream take the first of the two for the summary.",
    fix: "Put a `<description>` before `<content:encoded>`.",
    spec: `${specs.profile}#namespace-elements-content-encoded`,
    check(item, document) {
      const description = namesIn(item).get("description")?.[0];
      const encoded = namesIn(item).get("content:encoded")?.[0];
      if (encoded && (!description || description.start > encoded.start))
        document.report(encoded, this, "<content:encoded> has no <description> before it.");
    },
  }),
  defineRule("portability/description-missing", {
    severity: "warning",
    title: "Full text without a description",
    why: "Thunderbird drops items that have `content:encoded` only.",
    fix: "Add a `<description>` with the summary.",
    spec: specs.profile,
    check(item, document) {
      const encoded = namesIn(item).get("content:encoded")?.[0];
      if (encoded && !namesIn(item).has("description"))
        document.report(encoded, this, "<content:encoded> comes without <description>.");
    },
  }),
  defineRule("rss/text-elsewhere", {
    severity: "warning",
    title: "The text in an element that few readers know",
    why: "Readers look for the text in `description` and `content:encoded`; beside these it is there twice.",
    fix: "Put the text into `<description>` or, for full text, `<content:encoded>`.",
    spec: `${specs.profile}#namespace-elements-content-encoded`,
    check(item, document) {
      const names = namesIn(item);
      const text = ["xhtml:body", "xhtml:div", "atom:content", "atom:summary"]
        .flatMap((name) => names.get(name) ?? [])
        .find((element) => attributeOf(element, "src") === undefined);
      const isAlone = !names.has("description") && !names.has("content:encoded");
      if (text && !(text.ns === atomNamespace && isAlone))
        document.report(text, this, `<${text.name}> carries the text of the item.`);
    },
  }),
  defineRule("rss/enclosure-repeated", {
    severity: "warning",
    title: "More than one enclosure",
    why: "Readers and podcast players support one; which one they take differs.",
    fix: "Keep one and list the others as `media:content`.",
    spec: `${specs.profile}#element-channel-item-enclosure`,
    check(item, document) {
      const enclosures = namesIn(item).get("enclosure") ?? [];
      if (enclosures[1])
        document.report(enclosures[1], this, `<${item.name}> has ${enclosures.length} enclosures.`);
    },
  }),
  defineRule("rss/comment-feed", {
    severity: "warning",
    title: "wfw:commentRSS",
    why: "The element is spelt `commentRss`; readers compare the case.",
    fix: "Write `<wfw:commentRss>`.",
    spec: "https://www.rssboard.org/comment-api",
    check(item, document) {
      const comments = namesIn(item).get("wfw:commentRSS")?.[0];
      if (comments) document.report(comments, this, "<wfw:commentRSS> is spelt in the old way.");
    },
  }),
  ruleFor(entryDateMissing, function (item, document) {
    const names = namesIn(item);
    const isDated = ["pubDate", "dc:date", "atom:published", "atom:updated"].some((name) => names.has(name));
    if (item.ns === "" && !isDated) document.report(item, this, `<${item.name}> has no <pubDate>.`);
  }),
  defineRule("portability/dates-differ", {
    severity: "warning",
    title: "Two dates that differ",
    why: "Miniflux takes `dc:date`, the others `pubDate`.",
    fix: "Leave `dc:date` out.",
    spec: specs.profile,
    check(item, document) {
      const other = namesIn(item).get("dc:date")?.[0];
      const one = readAnyDate(namesIn(item).get("pubDate")?.[0]?.text);
      const two = readAnyDate(other?.text);
      if (item.ns === "" && other && one !== undefined && two !== undefined && one !== two)
        document.report(other, this, `<${other.name}> and <pubDate> name different moments.`);
    },
  }),
  ruleFor(categoryWithComma, function (item, document) {
    for (const category of namesIn(item).get("category") ?? [])
      if (category.text.includes(","))
        document.report(category, this, `The category "${category.text.trim()}" has a comma.`);
  }),
];

const itemTwins = [
  ["author", ["dc:creator"]],
  ["category", ["dc:subject"]],
  ["guid", ["atom:id"]],
  ["pubDate", ["dc:date", "dcterms:issued", "atom:published"]],
  ["source", ["dc:source"]],
  ["cc:license", ["creativeCommons:license"]],
] as const;

/** What is checked of a guid: it is the address of a page unless it says otherwise. */
export const guidRules: readonly Rule[] = [
  defineRule("rss/guid-permalink", {
    severity: "error",
    title: "A guid that cannot be opened as a page",
    why: "Tag URIs and URNs name things; they are not addresses of pages.",
    fix: 'Add `isPermaLink="false"`.',
    spec: `${specs.profile}#element-channel-item-guid`,
    check(guid, document) {
      if (isPermalink(guid) && isName(guid))
        document.at(guid).reject(this, guid.text.trim(), "which is not a page");
    },
  }),
  defineRule("rss/guid-url", {
    severity: "error",
    title: "A guid that is not an address",
    why: 'A guid is a permalink unless it says `isPermaLink="false"`, so readers open it as a page.',
    fix: 'Write the address of the page or add `isPermaLink="false"`.',
    spec: `${specs.profile}#element-channel-item-guid`,
    check(guid, document) {
      if (isBrokenPermalink(guid))
        document.at(guid).reject(this, guid.text.trim(), "which is not an http or https address");
    },
  }),
  defineRule("portability/guid-path", {
    severity: "hint",
    title: "A guid that looks like an address but is none",
    why: 'NetNewsWire opens any guid with a slash that does not say `isPermaLink="false"`.',
    fix: 'Add `isPermaLink="false"`.',
    spec: specs.profile,
    check(guid, document) {
      if (isBrokenPermalink(guid) && guid.text.includes("/"))
        document.at(guid).reject(this, guid.text.trim(), "which NetNewsWire opens as a page");
    },
  }),
  defineRule("rss/guid-short", {
    severity: "warning",
    title: "A guid that others may use too",
    why: "Small numbers collide with those of other feeds; Thunderbird shares ids across an account.",
    fix: "Use an address, a tag URI or a UUID.",
    spec: `${specs.profile}#element-channel-item-guid`,
    check(guid, document) {
      const value = guid.text.trim();
      if (/^\d{1,9}$/.test(value)) document.at(guid).reject(this, value, "a number that other feeds use too");
    },
  }),
];

function isPermalink(guid: ElementNode): boolean {
  const permalink = attributeOf(guid, "isPermaLink");
  return permalink === undefined || permalink === "true";
}

function isName(guid: ElementNode): boolean {
  return /^(tag|urn|uuid):/i.test(guid.text.trim());
}

function isBrokenPermalink(guid: ElementNode): boolean {
  const isAddress = /^https?:\/\/[^/?#\s][^\s<>"]*$/i.test(guid.text.trim());
  return isPermalink(guid) && !isName(guid) && !isAddress;
}

/** What is checked of an enclosure. */
export const enclosureRules: readonly Rule[] = [
  defineRule("rss/enclosure-length", {
    severity: "error",
    title: "A length that is not a number",
    why: "Players show it as the size of the file.",
    fix: "Write the number of bytes, or `0` when it is unknown.",
    spec: `${specs.profile}#element-channel-item-enclosure`,
    check(enclosure, document) {
      const length = attributeOf(enclosure, "length");
      if (length !== undefined && !/^\d+$/.test(length.trim()))
        document.at(enclosure, "length").reject(this, length, "which is not a number of bytes");
    },
  }),
  defineRule("itunes/format", {
    severity: "warning",
    title: "A file that Apple Podcasts does not play",
    why: "The episode does not appear.",
    fix: "Publish M4A, MP3, MOV, MP4, M4V or PDF.",
    spec: specs.apple,
    check(enclosure, document) {
      const url = attributeOf(enclosure, "url");
      const isPodcast = enclosure.parent?.children.some(({ ns }) => ns.includes("itunes.com/dtds/podcast"));
      if (!isPodcast || url === undefined || !/^https?:/i.test(url.trim())) return;
      const path = url.trim().split(/[?#]/, 1)[0] ?? "";
      if (!/\.(m4a|mp3|mov|mp4|m4v|pdf|epub)$/i.test(path))
        document.at(enclosure, "url").reject(this, url, "which names no file that Apple Podcasts plays");
    },
  }),
];
