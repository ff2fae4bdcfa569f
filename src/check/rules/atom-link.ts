// In comes an Atom link; out go findings about its relation and target.
import { parseUrl } from "../../model/url.ts";
import { atomNamespace } from "../parse/namespaces.ts";
import { attributeOf, type ElementNode, xmlNamespace } from "../parse/xml-tree.ts";
import { type DocumentCheck, Spot } from "./document-check.ts";

/** IANA's registry of link relations. */
const RELATIONS = new Set(
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

const IANA = /^https?:\/\/www\.iana\.org\/assignments\/(link-)?relations?(\.html)?\/?#?/i;
const PAGING = new Set(["first", "last", "previous", "next", "prev-archive", "next-archive", "current"]);

/** The relation of a link; `alternate` when it names none (RFC 4287, section 4.2.7.2). */
export function relationOf(link: ElementNode): string {
  const rel = attributeOf(link, "rel") ?? "alternate";
  return rel.replace(IANA, "");
}

/** The link as a whole. */
export function checkLink(link: ElementNode, check: DocumentCheck): void {
  const rel = attributeOf(link, "rel");
  const href = attributeOf(link, "href");
  if (href === undefined) check.report(link, "atom/href-missing", `<${link.name}> has no href.`);
  if (link.text.trim() !== "") {
    check.findings.add("atom/link-content", () => check.textOffset(link, 0), `<${link.name}> holds text.`);
  }
  if (
    rel !== undefined &&
    (IANA.test(rel) || (!RELATIONS.has(rel.toLowerCase()) && !/^[a-z][\w+.-]*:\S+$/i.test(rel)))
  ) {
    new Spot(check, link, "rel").reject("atom/link-relation", rel, "which is not a registered relation");
  }
  for (const child of link.children) {
    if (child.ns === atomNamespace)
      check.report(child, "element/unknown", `<${child.name}> does not belong into <${link.name}>.`);
  }
  const inEntry = link.parent?.ns === atomNamespace && link.parent.local === "entry";
  if (inEntry && rel !== undefined && PAGING.has(rel)) {
    check.report(link, "history/relation-in-entry", `The link "${rel}" stands in an entry.`);
  }
  if (href !== undefined) checkTarget(link, relationOf(link), href, check);
}

function checkTarget(link: ElementNode, rel: string, href: string, check: DocumentCheck): void {
  const relative = !/^[a-z][a-z0-9+.-]*:/i.test(href.trim());
  if (rel === "self") {
    if (relative && !hasBase(link)) {
      new Spot(check, link, "href").reject("atom/self-relative", href, "which is relative");
    }
    const type = attributeOf(link, "type");
    const inAtom = link.parent?.ns === atomNamespace;
    if (inAtom && type !== undefined && !/^application\/atom\+xml/i.test(type.trim())) {
      new Spot(check, link, "type").reject("atom/self-type", type, "but this document is Atom");
    }
    return;
  }
  if (relative && hasBase(link)) {
    const base = check.baseOf(link);
    const target = base === undefined ? undefined : parseUrl(href, base)?.href;
    if (target !== undefined && target === base && target !== check.url) {
      new Spot(check, link, "href").reject("value/url-reference", href, "which is the base address itself");
    }
  }
}

function hasBase(element: ElementNode): boolean {
  for (let at: ElementNode | undefined = element; at; at = at.parent) {
    if (at.attributes.some(({ ns, local }) => ns === xmlNamespace && local === "base")) return true;
  }
  return false;
}

/** Says where two alternate links have one type and language (RFC 4287, section 4.1.1). */
export function checkAlternates(parent: ElementNode, check: DocumentCheck): void {
  const seen = new Set<string>();
  for (const link of linksOf(parent)) {
    if (relationOf(link) !== "alternate") continue;
    const key = `${attributeOf(link, "type") ?? ""} ${attributeOf(link, "hreflang") ?? ""}`.toLowerCase();
    if (seen.has(key)) {
      check.report(
        link,
        "atom/alternate-repeated",
        `<${parent.name}> has a second alternate link of this type and language.`,
      );
    }
    seen.add(key);
  }
}

/** The Atom links directly in an element. */
export function linksOf(parent: ElementNode): ElementNode[] {
  return parent.children.filter((child) => child.ns === atomNamespace && child.local === "link");
}
