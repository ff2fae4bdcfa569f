import type { Problem } from "../../model/problem.ts";
import { nameIn, rssNamespaces } from "../parse/namespaces.ts";
import { attributeOf, type ElementNode } from "../parse/xml-tree.ts";
import { hubWithoutSelf, selfMismatch, tooManyEntries } from "./any-feed.ts";
import type { DocumentCheck } from "./document-check.ts";
import { defineRule, type Rule, ruleFor } from "./rule.ts";
import { specs } from "./specs.ts";

/** What is checked of the root of RSS 0.91 to 2.0. */
export const rssRootRules: readonly Rule[] = [
  defineRule("rss/version", {
    severity: "error",
    title: "A version of RSS that does not exist",
    why: "Readers choose their rules by it.",
    fix: 'Write `version="2.0"`.',
    spec: specs.rss,
    check(root, document) {
      const version = attributeOf(root, "version");
      if (version !== undefined && !/^(0\.9[0-4]|2\.0(\.\d+)?)$/.test(version))
        document.report(root, this, `There is no RSS "${version}".`);
    },
  }),
];

/** What is checked of a channel as a whole. */
export const channelRules: readonly Rule[] = [
  defineRule("rss/self-missing", {
    severity: "warning",
    title: "The feed does not say where it is",
    why: "Readers that get the document from elsewhere, and WebSub, need the address.",
    fix: 'Add `<atom:link rel="self" type="application/rss+xml" href="…"/>` with `xmlns:atom="http://www.w3.org/2005/Atom"`.',
    spec: `${specs.profile}#namespace-elements-atom-link`,
    check(channel, document) {
      if (channel.ns === "" && !linkOf(channel, "self"))
        document.report(channel, this, `<${channel.name}> has no <atom:link rel="self">.`);
    },
  }),
  ruleFor(hubWithoutSelf, function (channel, document) {
    const hub = linkOf(channel, "hub");
    if (channel.ns === "" && hub && !linkOf(channel, "self"))
      document.report(hub, this, "The feed names a hub but not its own address.");
  }),
  ruleFor(selfMismatch, function (channel, document) {
    const self = linkOf(channel, "self");
    const href = self && attributeOf(self, "href");
    if (channel.ns !== "" || !self || document.url === undefined || href === undefined) return;
    if (href !== document.url)
      document.report(self, this, `The self link is "${href}", but the document is at "${document.url}".`);
  }),
  defineRule("rss/channel-twice", {
    severity: "warning",
    title: "Two elements of the channel that mean the same",
    why: "Two elements that say the same may differ one day, and readers choose differently.",
    fix: "Keep the element of RSS.",
    spec: `${specs.profile}#namespace-elements`,
    check(channel, document) {
      reportTwins(channel, channelTwins, this, document);
    },
  }),
  defineRule("rss/item-early", {
    severity: "warning",
    title: "Items before the end of the channel's own elements",
    why: "Readers that stream miss what comes after the first item.",
    fix: "Put all items last.",
    spec: `${specs.profile}#element-channel`,
    check(channel, document) {
      const own = channel.children.filter((child) => rssNamespaces.has(child.ns));
      const first = own.findIndex((child) => child.local === "item");
      const late = first < 0 ? undefined : own.slice(first).find((child) => child.local !== "item");
      if (late) document.report(late, this, `<${late.name}> comes after the first <item>.`);
    },
  }),
  defineRule("rss/slash-date", {
    severity: "warning",
    title: "Comment counts without a build date",
    why: "Readers do not know how old the count is.",
    fix: "Add `<lastBuildDate>`.",
    spec: `${specs.profile}#namespace-elements-slash-comments`,
    check(channel, document) {
      const isCounted = itemsOf(channel).some((item) => item.children.some(isCommentCount));
      if (isCounted && !namesIn(channel).has("lastBuildDate"))
        document.report(channel, this, `<${channel.name}> counts comments but has no <lastBuildDate>.`);
    },
  }),
  defineRule("rss/image-title", {
    severity: "warning",
    title: "The image's title differs from the channel's",
    why: "Readers show either, expecting both to be the same.",
    fix: "Repeat the channel's title.",
    spec: `${specs.profile}#element-channel-image-title`,
    check(channel, document) {
      compareImage(channel, "title", this, document);
    },
  }),
  defineRule("rss/image-link", {
    severity: "warning",
    title: "The image's link differs from the channel's",
    why: "People who click the image expect the site.",
    fix: "Repeat the channel's link.",
    spec: `${specs.profile}#element-channel-image-link`,
    check(channel, document) {
      compareImage(channel, "link", this, document);
    },
  }),
  defineRule("rss/guid-repeated", {
    severity: "error",
    title: "Two items with one guid",
    why: "Readers show one of the two only, or re-key the whole feed.",
    fix: "Give each item its own guid.",
    spec: `${specs.profile}#element-channel-item-guid`,
    check(channel, document) {
      const seen = new Set<string>();
      for (const item of itemsOf(channel)) {
        const guid = item.children.find((child) => child.local === "guid" && rssNamespaces.has(child.ns));
        const value = guid?.text.trim() ?? "";
        if (!guid || value === "") continue;
        if (seen.has(value)) document.report(guid, this, `The guid "${value}" appears twice.`);
        seen.add(value);
      }
    },
  }),
  defineRule("itunes/missing", {
    severity: "warning",
    title: "An element that Apple Podcasts requires is missing",
    why: "Apple rejects or hides the show.",
    fix: "Add the element that the message names.",
    spec: specs.apple,
    check(channel, document) {
      if (!isPodcast(channel)) return;
      for (const name of ["language", "itunes:category", "itunes:explicit", "itunes:image"])
        if (!namesIn(channel).has(name))
          document.report(channel, this, `<${channel.name}> has no <${name}>.`);
    },
  }),
  defineRule("itunes/owner-email", {
    severity: "hint",
    title: "No owner's e-mail address",
    why: "Apple cannot reach you to verify the show.",
    fix: "Add `<itunes:owner><itunes:email>…</itunes:email></itunes:owner>`.",
    spec: specs.apple,
    check(channel, document) {
      const owner = namesIn(channel).get("itunes:owner")?.[0];
      if (isPodcast(channel) && !owner?.children.some((child) => child.local === "email"))
        document.report(channel, this, `<${channel.name}> has no <itunes:owner> with an <itunes:email>.`);
    },
  }),
  defineRule("itunes/encoding", {
    severity: "warning",
    title: "A podcast that is not UTF-8",
    why: "Apple requires UTF-8.",
    fix: "Save the document as UTF-8.",
    spec: specs.apple,
    check(channel, document) {
      if (document.encoding !== "utf-8" && isPodcast(channel))
        document.report(channel, this, `The document is in ${document.encoding}.`);
    },
  }),
  ruleFor(tooManyEntries, function (channel, document) {
    const { length } = itemsOf(channel);
    if (length > 300) document.report(channel, this, `The feed has ${length} items.`);
  }),
];

type Twins = readonly (readonly [string, readonly string[]])[];

/** Elements of RSS, and those of other vocabularies that mean the same. */
const channelTwins: Twins = [
  ["copyright", ["dc:rights"]],
  ["generator", ["admin:generatorAgent"]],
  ["language", ["dc:language"]],
  ["lastBuildDate", ["dcterms:modified"]],
  ["managingEditor", ["dc:creator"]],
  ["pubDate", ["dc:date", "dcterms:issued"]],
  ["webMaster", ["dc:publisher"]],
  ["cc:license", ["creativeCommons:license"]],
];

/** Reports where an element of RSS and a foreign one say the same thing. */
export function reportTwins(
  parent: ElementNode,
  twins: Twins,
  problem: Problem,
  document: DocumentCheck,
): void {
  const names = namesIn(parent);
  for (const [core, others] of twins) {
    if (!names.has(core)) continue;
    for (const other of others) {
      const twin = names.get(other)?.[0];
      if (twin)
        document.report(twin, problem, `<${twin.name}> says the same as <${core}>.`, `Keep <${core}>.`);
    }
  }
}

const named = new WeakMap<ElementNode, ReadonlyMap<string, ElementNode[]>>();

/** The children of an element of RSS by name, such as `title` or `dc:creator`. */
export function namesIn(element: ElementNode): ReadonlyMap<string, ElementNode[]> {
  const known = named.get(element);
  if (known) return known;
  const names = new Map<string, ElementNode[]>();
  for (const child of element.children) {
    const name = nameIn(child, rssNamespaces);
    if (name === undefined) continue;
    const same = names.get(name);
    if (same) same.push(child);
    else names.set(name, [child]);
  }
  named.set(element, names);
  return names;
}

function itemsOf(channel: ElementNode): ElementNode[] {
  return channel.children.filter((child) => child.local === "item" && rssNamespaces.has(child.ns));
}

function linkOf(channel: ElementNode, rel: string): ElementNode | undefined {
  return namesIn(channel)
    .get("atom:link")
    ?.find((link) => attributeOf(link, "rel") === rel);
}

function isCommentCount({ local, ns }: ElementNode): boolean {
  return local === "comments" && ns === "http://purl.org/rss/1.0/modules/slash/";
}

/** Reports an image whose title or link is not the channel's. */
function compareImage(
  channel: ElementNode,
  name: "title" | "link",
  problem: Problem,
  document: DocumentCheck,
): void {
  for (const image of namesIn(channel).get("image") ?? []) {
    const own = namesIn(image).get(name)?.[0];
    const outer = namesIn(channel).get(name)?.[0];
    if (!own || !outer || own.text.trim() === outer.text.trim()) continue;
    document.report(
      own,
      problem,
      `The image's <${name}> is "${own.text.trim()}", the channel's "${outer.text.trim()}".`,
    );
  }
}

function isPodcast(channel: ElementNode): boolean {
  return [channel, ...itemsOf(channel)].some(({ children }) =>
    children.some((child) => nameIn(child, rssNamespaces)?.startsWith("itunes:")),
  );
}
