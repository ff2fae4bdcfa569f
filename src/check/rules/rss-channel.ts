// In comes an RSS root or channel; out go findings about it as a whole: self link, order, repeated meaning, Apple's needs.

import { rssNamespaces } from "../parse/namespaces.ts";
import { attributeOf, type ElementNode } from "../parse/xml-tree.ts";
import { keyOf } from "../shapes/shape.ts";
import type { DocumentCheck } from "./document-check.ts";

const VERSIONS = /^(0\.9[0-4]|2\.0(\.\d+)?)$/;

/** Elements of RSS, and the ones of other vocabularies that mean the same. */
const CHANNEL_TWINS: readonly (readonly [string, readonly string[]])[] = [
  ["copyright", ["dc:rights"]],
  ["generator", ["admin:generatorAgent"]],
  ["language", ["dc:language"]],
  ["lastBuildDate", ["dcterms:modified"]],
  ["managingEditor", ["dc:creator"]],
  ["pubDate", ["dc:date", "dcterms:issued"]],
  ["webMaster", ["dc:publisher"]],
  ["cc:license", ["creativeCommons:license"]],
];

/** The root: its version. */
export function checkRssRoot(root: ElementNode, check: DocumentCheck): void {
  const version = attributeOf(root, "version");
  if (version !== undefined && !VERSIONS.test(version)) {
    check.report(root, "rss/version", `There is no RSS "${version}".`);
  }
}

/** Children by the names that tables use. */
export function namesIn(element: ElementNode): Map<string, ElementNode[]> {
  const names = new Map<string, ElementNode[]>();
  for (const child of element.children) {
    const key = keyOf(child, rssNamespaces);
    if (key === undefined) continue;
    const same = names.get(key);
    if (same) same.push(child);
    else names.set(key, [child]);
  }
  return names;
}

/** Says where an element of RSS and a foreign one say the same thing. */
export function reportTwins(
  names: ReadonlyMap<string, ElementNode[]>,
  twins: typeof CHANNEL_TWINS,
  code: "rss/channel-twice" | "rss/item-twice",
  check: DocumentCheck,
): void {
  for (const [core, others] of twins) {
    if (!names.has(core)) continue;
    for (const other of others) {
      const element = names.get(other)?.[0];
      if (element)
        check.report(element, code, `<${element.name}> says the same as <${core}>.`, `Keep <${core}>.`);
    }
  }
}

/** The channel as a whole. */
export function checkChannel(channel: ElementNode, check: DocumentCheck): void {
  const names = namesIn(channel);
  const items = channel.children.filter((child) => child.local === "item" && rssNamespaces.has(child.ns));
  if (channel.ns === "") checkSelf(channel, names, check);
  reportTwins(names, CHANNEL_TWINS, "rss/channel-twice", check);
  checkOrder(channel, check);
  if (!names.has("lastBuildDate") && items.some((item) => item.children.some(isCommentCount))) {
    check.report(channel, "rss/slash-date", `<${channel.name}> counts comments but has no <lastBuildDate>.`);
  }
  checkImageOfChannel(names, check);
  checkGuidsOf(items, check);
  if (isPodcast(channel, items)) checkPodcast(channel, names, check);
  if (items.length > 300) {
    check.report(channel, "portability/many-entries", `The feed has ${items.length} items.`);
  }
}

function isCommentCount(child: ElementNode): boolean {
  return child.local === "comments" && child.ns === "http://purl.org/rss/1.0/modules/slash/";
}

function checkSelf(
  channel: ElementNode,
  names: ReadonlyMap<string, ElementNode[]>,
  check: DocumentCheck,
): void {
  const links = names.get("atom:link") ?? [];
  const self = links.find((link) => attributeOf(link, "rel") === "self");
  const hub = links.find((link) => attributeOf(link, "rel") === "hub");
  if (!self) {
    check.report(channel, "rss/self-missing", `<${channel.name}> has no <atom:link rel="self">.`);
    if (hub)
      check.report(hub, "portability/hub-without-self", "The feed names a hub but not its own address.");
    return;
  }
  const href = attributeOf(self, "href");
  if (check.url !== undefined && href !== undefined && href !== check.url) {
    check.report(
      self,
      "atom/self-mismatch",
      `The self link is "${href}", but the document is at "${check.url}".`,
    );
  }
}

function checkOrder(channel: ElementNode, check: DocumentCheck): void {
  let items = false;
  for (const child of channel.children) {
    if (child.local === "item" && rssNamespaces.has(child.ns)) items = true;
    else if (items && rssNamespaces.has(child.ns)) {
      check.report(child, "rss/item-early", `<${child.name}> stands behind the first <item>.`);
      return;
    }
  }
}

function checkImageOfChannel(names: ReadonlyMap<string, ElementNode[]>, check: DocumentCheck): void {
  for (const image of names.get("image") ?? []) {
    const inside = namesIn(image);
    for (const [name, code] of [
      ["title", "rss/image-title"],
      ["link", "rss/image-link"],
    ] as const) {
      const own = inside.get(name)?.[0];
      const outer = names.get(name)?.[0];
      if (own && outer && own.text.trim() !== outer.text.trim()) {
        check.report(
          own,
          code,
          `The image's <${name}> is "${own.text.trim()}", the channel's "${outer.text.trim()}".`,
        );
      }
    }
  }
}

/** Every guid once (Best Practices Profile, guid). */
function checkGuidsOf(items: readonly ElementNode[], check: DocumentCheck): void {
  const seen = new Set<string>();
  for (const item of items) {
    const guid = item.children.find((child) => child.local === "guid" && rssNamespaces.has(child.ns));
    const value = guid?.text.trim() ?? "";
    if (!guid || value === "") continue;
    if (seen.has(value)) check.report(guid, "rss/guid-repeated", `The guid "${value}" stands twice.`);
    seen.add(value);
  }
}

function isPodcast(channel: ElementNode, items: readonly ElementNode[]): boolean {
  const ours = (element: ElementNode) =>
    element.children.some((child) => keyOf(child, rssNamespaces)?.startsWith("itunes:"));
  return ours(channel) || items.some(ours);
}

function checkPodcast(
  channel: ElementNode,
  names: ReadonlyMap<string, ElementNode[]>,
  check: DocumentCheck,
): void {
  for (const name of ["language", "itunes:category", "itunes:explicit", "itunes:image"]) {
    if (!names.has(name)) check.report(channel, "itunes/missing", `<${channel.name}> has no <${name}>.`);
  }
  const owner = names.get("itunes:owner")?.[0];
  if (!owner?.children.some((child) => child.local === "email")) {
    check.report(
      channel,
      "itunes/owner-email",
      `<${channel.name}> has no <itunes:owner> with an <itunes:email>.`,
    );
  }
  if (check.encoding !== "utf-8") {
    check.report(channel, "itunes/encoding", `The document is in ${check.encoding}.`);
  }
}
