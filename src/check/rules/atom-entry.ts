// In comes an Atom entry; out go findings about it as a whole: author, content, links.

import { atomNamespace } from "../parse/namespaces.ts";
import { attributeOf, type ElementNode } from "../parse/xml-tree.ts";
import { atomChildren } from "./atom-feed.ts";
import { checkAlternates, linksOf, relationOf } from "./atom-link.ts";
import type { DocumentCheck } from "./document-check.ts";

/** The entry as a whole. */
export function checkEntry(entry: ElementNode, check: DocumentCheck): void {
  if (!hasAuthor(entry)) {
    check.report(entry, "atom/author-missing", `<${entry.name}> has no <author>, and neither has the feed.`);
  }
  checkAlternates(entry, check);
  const content = atomChildren(entry, "content")[0];
  const summary = atomChildren(entry, "summary")[0];
  if (content) {
    if (!summary && needsSummary(content)) {
      check.report(
        entry,
        "atom/summary-missing",
        `<${entry.name}> has no <summary> for content that readers may not show.`,
      );
    }
  } else {
    if (!summary)
      check.report(entry, "atom/text-missing", `<${entry.name}> has neither <content> nor <summary>.`);
    if (!linksOf(entry).some((link) => relationOf(link) === "alternate")) {
      check.report(
        entry,
        "atom/alternate-missing",
        `<${entry.name}> has neither <content> nor an alternate link.`,
      );
    }
  }
  if (atomChildren(entry, "published").length === 0) {
    check.report(entry, "portability/published-missing", `<${entry.name}> has no <published>.`);
  }
  for (const category of atomChildren(entry, "category")) {
    const name = attributeOf(category, "label") ?? attributeOf(category, "term") ?? "";
    if (name.includes(",")) {
      check.report(category, "portability/category-comma", `The category "${name}" has a comma.`);
    }
  }
}

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
