import { defineProblem } from "../../model/problem.ts";
import { parseUrl } from "../../model/url.ts";
import { atomNamespace } from "../parse/namespaces.ts";
import { attributeOf, type ElementNode } from "../parse/xml-tree.ts";
import { hubWithoutSelf, selfMismatch, tooManyEntries } from "./any-feed.ts";
import { alternatesRule, linksOf, relationOf } from "./atom-link.ts";
import { defineRule, type Rule, ruleFor } from "./rule.ts";
import { specs } from "./specs.ts";

const entryRepeated = defineProblem("atom/entry-repeated", {
  severity: "warning",
  title: "One entry twice with the same date",
  why: "Readers cannot tell which of the two is right.",
  fix: "Give each its own id, or different `<updated>`.",
  spec: `${specs.atom}#section-4.1.1`,
});

/** What is checked of a feed as a whole. */
export const feedRules: readonly Rule[] = [
  defineRule("atom/self-missing", {
    severity: "warning",
    title: "The feed does not say where it is",
    why: "Readers that get the document from elsewhere, and WebSub, need the address.",
    fix: 'Add `<link rel="self" href="…"/>`.',
    spec: `${specs.atom}#section-4.1.1`,
    check(feed, document) {
      if (!linkOf(feed, "self")) document.report(feed, this, `<${feed.name}> has no <link rel="self">.`);
    },
  }),
  ruleFor(hubWithoutSelf, function (feed, document) {
    const hub = linkOf(feed, "hub");
    if (hub && !linkOf(feed, "self"))
      document.report(hub, this, "The feed names a hub but not its own address.");
  }),
  ruleFor(selfMismatch, function (feed, document) {
    const self = linkOf(feed, "self");
    const href = hrefOf(feed, "self");
    if (!self || href === undefined || document.url === undefined) return;
    const target = parseUrl(href, document.baseOf(self))?.href ?? href;
    if (target !== document.url)
      document.report(self, this, `The self link is "${target}", but the document is at "${document.url}".`);
  }),
  alternatesRule,
  defineRule("atom/metadata-late", {
    severity: "error",
    title: "Feed elements after the first entry",
    why: "Readers that stream miss them.",
    fix: "Put all entries last.",
    spec: `${specs.atom}#section-4.1.1`,
    check(feed, document) {
      const own = feed.children.filter((child) => child.ns === atomNamespace);
      const first = own.findIndex((child) => child.local === "entry");
      const late = first < 0 ? undefined : own.slice(first).find((child) => child.local !== "entry");
      if (late) document.report(late, this, `<${late.name}> comes after the first <entry>.`);
    },
  }),
  defineRule("atom/updated-repeated", {
    severity: "hint",
    title: "Entries updated in the same second",
    why: "Readers that sort by date cannot order them.",
    fix: "Write the time at which each changed.",
    spec: `${specs.atom}#section-4.2.15`,
    check(feed, document) {
      const seen = new Set<string>();
      for (const entry of atomChildren(feed, "entry")) {
        const updated = textOfChild(entry, "updated");
        if (!updated) continue;
        if (seen.has(updated)) document.report(entry, this, `Two entries were updated at ${updated}.`);
        seen.add(updated);
      }
    },
  }),
  defineRule("atom/id-repeated", {
    severity: "warning",
    title: "Two entries with one id",
    why: "Most readers show the last only.",
    fix: "Give each entry its own id.",
    spec: `${specs.atom}#section-4.2.6`,
    check(feed, document) {
      const versions = new Map<string, Set<string>>();
      for (const entry of atomChildren(feed, "entry")) {
        const id = textOfChild(entry, "id");
        const updated = textOfChild(entry, "updated") ?? "";
        if (!id) continue;
        const known = versions.get(id);
        if (known?.has(updated))
          document.report(entry, entryRepeated, `The entry "${id}" appears twice with one date.`);
        else if (known) document.report(entry, this, `The id "${id}" appears twice.`);
        versions.set(id, (known ?? new Set()).add(updated));
      }
    },
  }),
  defineRule("history/complete-paged", {
    severity: "error",
    title: "A complete feed with further pages",
    why: "`fh:complete` says that there are none.",
    fix: "Remove `fh:complete` or the paging links.",
    spec: specs.history,
    check(feed, document) {
      if (!historyMark(feed, "complete")) return;
      for (const rel of ["first", "last", "previous", "next", "prev-archive", "next-archive"]) {
        const link = linkOf(feed, rel);
        if (link) document.report(link, this, `A complete feed has the paging link "${rel}".`);
      }
    },
  }),
  defineRule("history/complete-current", {
    severity: "error",
    title: "A complete feed whose current page is a different document",
    why: "A complete feed is its own current document.",
    fix: "Make `current` the same as `self`, or leave it out.",
    spec: specs.history,
    check(feed, document) {
      const current = linkOf(feed, "current");
      if (current && historyMark(feed, "complete") && hrefOf(feed, "current") !== hrefOf(feed, "self"))
        document.report(current, this, "The current document of a complete feed is a different one.");
    },
  }),
  defineRule("history/archive-current", {
    severity: "warning",
    title: "An archive without a current link",
    why: "People who find the archive cannot subscribe.",
    fix: 'Add `<link rel="current" href="…"/>`.',
    spec: specs.history,
    check(feed, document) {
      const archive = historyMark(feed, "archive");
      if (archive && !historyMark(feed, "complete") && !linkOf(feed, "current"))
        document.report(archive, this, "The archive has no link to the current feed.");
    },
  }),
  defineRule("history/archive-links", {
    severity: "hint",
    title: "An archive without neighbours",
    why: "Readers cannot go on to older entries.",
    fix: 'Add a link with `rel="prev-archive"`, unless this is the oldest one.',
    spec: specs.history,
    check(feed, document) {
      const archive = historyMark(feed, "archive");
      if (archive && !historyMark(feed, "complete") && !linkOf(feed, "prev-archive"))
        document.report(archive, this, "The archive has no link to the older one.");
    },
  }),
  defineRule("history/past-end", {
    severity: "error",
    title: "A page beyond the last",
    why: "The last page has no next one, the first no previous one.",
    fix: "Remove the link.",
    spec: specs.history,
    check(feed, document) {
      for (const [end, past] of [
        ["last", "next"],
        ["first", "previous"],
      ] as const) {
        const link = linkOf(feed, past);
        if (link && hrefOf(feed, end) !== undefined && hrefOf(feed, end) === hrefOf(feed, "self"))
          document.report(link, this, `This is the ${end} page, but it has a ${past} one.`);
      }
    },
  }),
  ruleFor(tooManyEntries, function (feed, document) {
    const { length } = atomChildren(feed, "entry");
    if (length > 300) document.report(feed, this, `The feed has ${length} entries.`);
  }),
  defineRule("portability/alternate-first", {
    severity: "warning",
    title: "The first alternate link is not the web page",
    why: "Miniflux takes the first alternate link, whatever its type.",
    fix: "Put the HTML page first.",
    spec: specs.atom,
    check(feed, document) {
      const first = linkOf(feed, "alternate");
      const type = first && attributeOf(first, "type");
      if (first && type && !/html/i.test(type))
        document.report(first, this, `The first alternate link is of type "${type}".`);
    },
  }),
  defineRule("portability/alternate-bare", {
    severity: "hint",
    title: "A link without rel",
    why: "Newsboat ignores links of the feed that have no `rel`.",
    fix: 'Write `rel="alternate"`.',
    spec: specs.atom,
    check(feed, document) {
      for (const link of linksOf(feed))
        if (attributeOf(link, "rel") === undefined)
          document.report(link, this, `<${link.name}> of the feed has no rel.`);
    },
  }),
];

/** Children of Atom's own namespace by local name. */
export function atomChildren(parent: ElementNode, local: string): ElementNode[] {
  return parent.children.filter((child) => child.ns === atomNamespace && child.local === local);
}

function textOfChild(entry: ElementNode, local: string): string | undefined {
  return atomChildren(entry, local)[0]?.text.trim();
}

function linkOf(feed: ElementNode, rel: string): ElementNode | undefined {
  return linksOf(feed).find((link) => relationOf(link) === rel);
}

function hrefOf(feed: ElementNode, rel: string): string | undefined {
  const link = linkOf(feed, rel);
  return link && attributeOf(link, "href");
}

/** The element by which a feed says that it is complete, or an archive (RFC 5005). */
function historyMark(feed: ElementNode, local: "complete" | "archive"): ElementNode | undefined {
  return feed.children.find(
    (child) => child.ns === "http://purl.org/syndication/history/1.0" && child.local === local,
  );
}
