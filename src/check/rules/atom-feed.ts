// In comes an Atom feed; out go findings about it as a whole: authors, ids, self link, order, history.
import { parseUrl } from "../../model/url.ts";
import { atomNamespace } from "../parse/namespaces.ts";
import { attributeOf, type ElementNode } from "../parse/xml-tree.ts";
import { checkAlternates, linksOf, relationOf } from "./atom-link.ts";
import type { DocumentCheck } from "./document-check.ts";

const HISTORY = "http://purl.org/syndication/history/1.0";

/** Children of Atom's own namespace by local name. */
export function atomChildren(parent: ElementNode, local: string): ElementNode[] {
  return parent.children.filter((child) => child.ns === atomNamespace && child.local === local);
}

/** The feed as a whole. */
export function checkFeed(feed: ElementNode, check: DocumentCheck): void {
  const links = linksOf(feed);
  checkSelf(feed, links, check);
  checkAlternates(feed, check);
  checkOrder(feed, check);
  checkIds(feed, check);
  checkHistory(feed, links, check);
  const entries = atomChildren(feed, "entry").length;
  if (entries > 300) check.report(feed, "portability/many-entries", `The feed has ${entries} entries.`);
  const first = links.find((link) => relationOf(link) === "alternate");
  const type = first && attributeOf(first, "type");
  if (first && type && !/html/i.test(type)) {
    check.report(first, "portability/alternate-first", `The first alternate link is of type "${type}".`);
  }
  for (const link of links) {
    if (attributeOf(link, "rel") === undefined) {
      check.report(link, "portability/alternate-bare", `<${link.name}> of the feed has no rel.`);
    }
  }
}

function checkSelf(feed: ElementNode, links: readonly ElementNode[], check: DocumentCheck): void {
  const self = links.find((link) => relationOf(link) === "self");
  if (!self) {
    check.report(feed, "atom/self-missing", `<${feed.name}> has no <link rel="self">.`);
    const hub = links.find((link) => relationOf(link) === "hub");
    if (hub)
      check.report(hub, "portability/hub-without-self", "The feed names a hub but not its own address.");
    return;
  }
  const href = attributeOf(self, "href");
  if (check.url === undefined || href === undefined) return;
  const target = parseUrl(href, check.baseOf(self))?.href ?? href;
  if (target !== check.url) {
    check.report(
      self,
      "atom/self-mismatch",
      `The self link is "${target}", but the document is at "${check.url}".`,
    );
  }
}

function checkOrder(feed: ElementNode, check: DocumentCheck): void {
  let entries = false;
  for (const child of feed.children) {
    if (child.ns !== atomNamespace) continue;
    if (child.local === "entry") entries = true;
    else if (entries) {
      check.report(child, "atom/metadata-late", `<${child.name}> stands behind the first <entry>.`);
      return;
    }
  }
}

function checkIds(feed: ElementNode, check: DocumentCheck): void {
  const versions = new Map<string, Set<string>>();
  const moments = new Set<string>();
  for (const entry of atomChildren(feed, "entry")) {
    const id = atomChildren(entry, "id")[0]?.text.trim();
    const updated = atomChildren(entry, "updated")[0]?.text.trim();
    if (updated) {
      if (moments.has(updated))
        check.report(entry, "atom/updated-repeated", `Two entries were updated at ${updated}.`);
      moments.add(updated);
    }
    if (!id) continue;
    const known = versions.get(id);
    if (known?.has(updated ?? "")) {
      check.report(entry, "atom/entry-repeated", `The entry "${id}" stands twice with one date.`);
    } else if (known) check.report(entry, "atom/id-repeated", `The id "${id}" stands twice.`);
    versions.set(id, (known ?? new Set()).add(updated ?? ""));
  }
}

/** RFC 5005: complete, paged and archived feeds. */
function checkHistory(feed: ElementNode, links: readonly ElementNode[], check: DocumentCheck): void {
  const marked = (local: string) =>
    feed.children.find((child) => child.ns === HISTORY && child.local === local);
  const linked = (rel: string) => links.find((link) => relationOf(link) === rel);
  const href = (rel: string) => {
    const link = linked(rel);
    return link && attributeOf(link, "href");
  };
  const complete = marked("complete");
  const archive = marked("archive");
  if (complete) {
    for (const rel of ["first", "last", "previous", "next", "prev-archive", "next-archive"]) {
      const link = linked(rel);
      if (link) check.report(link, "history/complete-paged", `A complete feed has the paging link "${rel}".`);
    }
    const current = linked("current");
    if (current && href("current") !== href("self")) {
      check.report(
        current,
        "history/complete-current",
        "The current document of a complete feed is another one.",
      );
    }
  } else if (archive) {
    if (!linked("current"))
      check.report(archive, "history/archive-current", "The archive has no link to the current feed.");
    if (!linked("prev-archive")) {
      check.report(archive, "history/archive-links", "The archive has no link to the older one.");
    }
  }
  for (const [end, past] of [
    ["last", "next"],
    ["first", "previous"],
  ] as const) {
    const link = linked(past);
    if (link && href(end) !== undefined && href(end) === href("self")) {
      check.report(link, "history/past-end", `This is the ${end} page, but it has a ${past} one.`);
    }
  }
}
