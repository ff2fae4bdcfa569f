import { defineProblem } from "../../model/problem.ts";
import { parseUrl } from "../../model/url.ts";
import { atomNamespace } from "../parse/namespaces.ts";
import { attributeOf, type ElementNode, xmlNamespace } from "../parse/xml-tree.ts";
import { elementUnknown } from "./elements.ts";
import { defineRule, type Rule, ruleFor } from "./rule.ts";
import { specs } from "./specs.ts";

/** IANA's registry of link relations. */
const relations = new Set(
  `about acl alternate amphtml api-catalog appendix apple-touch-icon apple-touch-startup-image archives author blocked-by
  bookmark c2pa-manifest canonical chapter cite-as collection compression-dictionary contents convertedfrom copyright
  create-form current deprecation describedby describes disclosure dns-prefetch duplicate edit edit-form edit-media
  enclosure external first geofeed glossary help hosts hub ice-server icon index item last latest-version license linkset
  lrdd manifest mask-icon me media-feed memento micropub modulepreload monitor monitor-group next next-archive nofollow
  noopener noreferrer opener openid2.local_id openid2.provider original p3pv1 payment pingback preconnect
  predecessor-version prefetch preload prerender prev preview previous prev-archive privacy-policy profile publication
  related restconf replies ruleinput search section self service service-desc service-doc service-meta sponsored start
  status stylesheet subsection successor-version sunset tag terms-of-service timegate timemap type ugc up
  version-history via webmention working-copy working-copy-of`.split(/\s+/),
);

const ianaPrefix = /^https?:\/\/www\.iana\.org\/assignments\/(link-)?relations?(\.html)?\/?#?/i;
const paging = new Set(["first", "last", "previous", "next", "prev-archive", "next-archive", "current"]);

/** What is checked of a link. */
export const linkRules: readonly Rule[] = [
  defineRule("atom/href-missing", {
    severity: "error",
    title: "A link that goes nowhere",
    why: "Readers skip it.",
    fix: "Add `href`.",
    spec: `${specs.atom}#section-4.2.7.1`,
    check(link, document) {
      if (attributeOf(link, "href") === undefined) document.report(link, this, `<${link.name}> has no href.`);
    },
  }),
  defineRule("atom/link-content", {
    severity: "warning",
    title: "A link with something in it",
    why: "Readers expect it to be empty.",
    fix: "Write `<link …/>`.",
    spec: `${specs.atom}#section-4.2.7`,
    check(link, document) {
      if (link.text.trim() !== "") document.at(link).report(this, `<${link.name}> holds text.`);
    },
  }),
  defineRule("atom/link-relation", {
    severity: "warning",
    title: "A link relation that is not registered",
    why: "Readers ignore relations they do not know.",
    fix: "Use a registered one, or an absolute address of your own.",
    spec: "https://www.iana.org/assignments/link-relations/",
    check(link, document) {
      const rel = attributeOf(link, "rel");
      if (rel === undefined) return;
      const isRegistered = relations.has(rel.toLowerCase()) || /^[a-z][\w+.-]*:\S+$/i.test(rel);
      if (ianaPrefix.test(rel) || !isRegistered)
        document.at(link, "rel").reject(this, rel, "which is not a registered relation");
    },
  }),
  ruleFor(elementUnknown, function (link, document) {
    for (const child of link.children)
      if (child.ns === atomNamespace)
        document.report(child, this, `<${child.name}> does not belong in <${link.name}>.`);
  }),
  defineRule("history/relation-in-entry", {
    severity: "warning",
    title: "A paging link inside an entry",
    why: "Paging belongs to the feed.",
    fix: "Move the link to the feed.",
    spec: specs.history,
    check(link, document) {
      const rel = attributeOf(link, "rel");
      const isInEntry = link.parent?.ns === atomNamespace && link.parent.local === "entry";
      if (isInEntry && rel !== undefined && paging.has(rel))
        document.report(link, this, `The link "${rel}" is in an entry.`);
    },
  }),
  defineRule("atom/self-relative", {
    severity: "warning",
    title: "A relative self link",
    why: "Readers that get the document from elsewhere cannot resolve it.",
    fix: "Write the whole address.",
    spec: `${specs.atom}#section-4.2.7.2`,
    check(link, document) {
      const href = attributeOf(link, "href");
      if (href !== undefined && relationOf(link) === "self" && isRelative(href) && !hasBase(link))
        document.at(link, "href").reject(this, href, "which is relative");
    },
  }),
  defineRule("atom/self-type", {
    severity: "warning",
    title: "A self link that is not an Atom document",
    why: "`self` names this very document, which is Atom.",
    fix: 'Use `rel="alternate"` for the web page.',
    spec: `${specs.atom}#section-4.2.7.2`,
    check(link, document) {
      const type = attributeOf(link, "type");
      const isSelf = relationOf(link) === "self" && attributeOf(link, "href") !== undefined;
      if (!isSelf || link.parent?.ns !== atomNamespace || type === undefined) return;
      if (!/^application\/atom\+xml/i.test(type.trim()))
        document.at(link, "type").reject(this, type, "but this document is Atom");
    },
  }),
  defineRule("value/url-reference", {
    severity: "warning",
    title: "An address that points at the document itself",
    why: "With `xml:base` it is not clear which document is meant.",
    fix: "Write the whole address.",
    spec: `${specs.uri}#section-4.4`,
    check(link, document) {
      const href = attributeOf(link, "href");
      if (href === undefined || relationOf(link) === "self" || !isRelative(href) || !hasBase(link)) return;
      const base = document.baseOf(link);
      const target = base === undefined ? undefined : parseUrl(href, base)?.href;
      if (target !== undefined && target === base && target !== document.url)
        document.at(link, "href").reject(this, href, "which is the base address itself");
    },
  }),
];

const alternateRepeated = defineProblem("atom/alternate-repeated", {
  severity: "error",
  title: "Two alternate links of one type and language",
  why: "Readers cannot tell which is the page.",
  fix: "Keep one, or give them different `type` or `hreflang`.",
  spec: `${specs.atom}#section-4.1.1`,
});

/** No two alternate links of a feed, an entry or a source have one type and language (RFC 4287, section 4.1.1). */
export const alternatesRule = ruleFor(alternateRepeated, function (parent, document) {
  const seen = new Set<string>();
  for (const link of linksOf(parent)) {
    if (relationOf(link) !== "alternate") continue;
    const key = `${attributeOf(link, "type") ?? ""} ${attributeOf(link, "hreflang") ?? ""}`.toLowerCase();
    if (seen.has(key))
      document.report(link, this, `<${parent.name}> has a second alternate link of this type and language.`);
    seen.add(key);
  }
});

/** The relation of a link; `alternate` when it names none (RFC 4287, section 4.2.7.2). */
export function relationOf(link: ElementNode): string {
  return (attributeOf(link, "rel") ?? "alternate").replace(ianaPrefix, "");
}

/** The Atom links directly in an element. */
export function linksOf(parent: ElementNode): ElementNode[] {
  return parent.children.filter((child) => child.ns === atomNamespace && child.local === "link");
}

function isRelative(href: string): boolean {
  return !/^[a-z][a-z0-9+.-]*:/i.test(href.trim());
}

function hasBase(element: ElementNode): boolean {
  for (let at: ElementNode | undefined = element; at; at = at.parent) {
    if (at.attributes.some(({ ns, local }) => ns === xmlNamespace && local === "base")) return true;
  }
  return false;
}
