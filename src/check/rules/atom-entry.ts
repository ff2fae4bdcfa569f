import { atomNamespace } from "../parse/namespaces.ts";
import { attributeOf, type ElementNode } from "../parse/xml-tree.ts";
import { categoryWithComma } from "./any-feed.ts";
import { atomChildren } from "./atom-feed.ts";
import { alternatesRule, linksOf, relationOf } from "./atom-link.ts";
import { defineRule, type Rule, ruleFor } from "./rule.ts";
import { specs } from "./specs.ts";

/** What is checked of an entry as a whole. */
export const entryRules: readonly Rule[] = [
  defineRule("atom/author-missing", {
    severity: "error",
    title: "No author",
    why: "Every entry needs an author, its own or the feed's.",
    fix: "Add `<author><name>…</name></author>` to the feed.",
    spec: `${specs.atom}#section-4.1.1`,
    check(entry, document) {
      if (!hasAuthor(entry))
        document.report(entry, this, `<${entry.name}> has no <author>, and neither has the feed.`);
    },
  }),
  alternatesRule,
  defineRule("atom/summary-missing", {
    severity: "error",
    title: "Content elsewhere or in Base64 without a summary",
    why: "Readers that cannot show the content have nothing to show.",
    fix: "Add `<summary>`.",
    spec: `${specs.atom}#section-4.1.2`,
    check(entry, document) {
      const content = atomChildren(entry, "content")[0];
      if (content && needsSummary(content) && atomChildren(entry, "summary").length === 0)
        document.report(
          entry,
          this,
          `<${entry.name}> has no <summary> for content that readers may not show.`,
        );
    },
  }),
  defineRule("atom/text-missing", {
    severity: "warning",
    title: "An entry without content and summary",
    why: "Readers show a title only.",
    fix: "Add `<summary>` or `<content>`.",
    spec: `${specs.atom}#section-4.1.2`,
    check(entry, document) {
      if (atomChildren(entry, "content").length === 0 && atomChildren(entry, "summary").length === 0)
        document.report(entry, this, `<${entry.name}> has neither <content> nor <summary>.`);
    },
  }),
  defineRule("atom/alternate-missing", {
    severity: "error",
    title: "An entry with neither content nor an alternate link",
    why: "There is nothing to read and nowhere to go.",
    fix: 'Add `<content>` or `<link rel="alternate" href="…"/>`.',
    spec: `${specs.atom}#section-4.1.2`,
    check(entry, document) {
      const isLinked = linksOf(entry).some((link) => relationOf(link) === "alternate");
      if (!isLinked && atomChildren(entry, "content").length === 0)
        document.report(entry, this, `<${entry.name}> has neither <content> nor an alternate link.`);
    },
  }),
  defineRule("portability/published-missing", {
    severity: "hint",
    title: "No published date",
    why: "Miniflux, FreshRSS, NetNewsWire and Newsboat show `published`; without it an edit moves the entry.",
    fix: "Add `<published>`.",
    spec: specs.atom,
    check(entry, document) {
      if (atomChildren(entry, "published").length === 0)
        document.report(entry, this, `<${entry.name}> has no <published>.`);
    },
  }),
  ruleFor(categoryWithComma, function (entry, document) {
    for (const category of atomChildren(entry, "category")) {
      const name = attributeOf(category, "label") ?? attributeOf(category, "term") ?? "";
      if (name.includes(",")) document.report(category, this, `The category "${name}" has a comma.`);
    }
  }),
];

/** What is checked of the source of an entry that came from another feed (RFC 4287, section 4.2.11). */
export const sourceRules: readonly Rule[] = [
  alternatesRule,
  defineRule("atom/source-incomplete", {
    severity: "warning",
    title: "A source without id, title or updated",
    why: "Without them nobody can tell where the entry came from.",
    fix: "Copy `<id>`, `<title>` and `<updated>` of the source feed.",
    spec: `${specs.atom}#section-4.2.11`,
    check(source, document) {
      for (const name of ["id", "title", "updated"])
        if (atomChildren(source, name).length === 0)
          document.report(source, this, `<${source.name}> has no <${name}>.`);
    },
  }),
];

function hasAuthor(entry: ElementNode): boolean {
  if (atomChildren(entry, "author").length > 0) return true;
  if (atomChildren(entry, "source").some((source) => atomChildren(source, "author").length > 0)) return true;
  const feed = entry.parent;
  return feed?.ns === atomNamespace && atomChildren(feed, "author").length > 0;
}

function needsSummary(content: ElementNode): boolean {
  if (attributeOf(content, "src") !== undefined) return true;
  const type = attributeOf(content, "type") ?? "text";
  return type.includes("/") && !/^text\/|[+/]xml$/i.test(type);
}
