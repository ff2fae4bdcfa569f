import { type Element, isTag } from "domhandler";
import { elementsUnder, nodeText } from "./dom.ts";
import { type ArticleData, readArticleData } from "./json-ld.ts";
import type { PageTree } from "./page-tree.ts";

/** What a page says of itself in its head, as written. */
export interface PageFacts {
  /** `<title>`. */
  readonly title: string | undefined;
  /** The first `<h1>` that is seen. */
  readonly heading: string | undefined;
  /** `<html lang>`. */
  readonly language: string | undefined;
  /** Addresses of `<link rel="canonical">`; more than one is a fault of the page. */
  readonly canonical: readonly string[];
  /** `<base href>`: what the page's addresses are resolved against. */
  readonly base: string | undefined;
  /** Feeds that the page names for readers to find. */
  readonly feeds: readonly FeedLink[];
  /** `<meta>` by `property`, `name` or `itemprop`, in lower case: `og:title`, `article:published_time`, `robots`. */
  readonly meta: ReadonlyMap<string, readonly string[]>;
  /** Articles of the page's JSON-LD. */
  readonly articles: readonly ArticleData[];
  /** Scripts of JSON-LD that are no JSON. */
  readonly brokenJsonLd: number;
}

export interface FeedLink {
  readonly href: string;
  readonly type: string;
  readonly title: string | undefined;
}

const feedTypes: ReadonlySet<string> = new Set([
  "application/rss+xml",
  "application/atom+xml",
  "application/feed+json",
  "application/json",
]);

/** Values of one `<meta>` name that are kept. */
const mostValues = 50;

export function readPageFacts({ document, body }: PageTree): PageFacts {
  const facts = { canonical: [] as string[], feeds: [] as FeedLink[], meta: new Map<string, string[]>() };
  const scripts: string[] = [];
  let title: string | undefined;
  let base: string | undefined;
  const elements = elementsUnder(document, ({ name }) => name !== "svg" && name !== "noscript");
  for (const element of elements) {
    const { name, attribs } = element;
    if (name === "title") title ??= rawText(element).trim();
    else if (name === "base") base ??= attribs.href;
    else if (name === "link") addLink(element, facts.canonical, facts.feeds);
    else if (name === "meta") addMeta(element, facts.meta);
    else if (name === "script" && attribs.type?.trim().toLowerCase() === "application/ld+json")
      scripts.push(rawText(element));
  }
  const data = scripts.slice(0, mostValues).map(readArticleData);
  const heading = elementsUnder(body).find(({ name }) => name === "h1");
  return {
    ...facts,
    title,
    base,
    heading: heading === undefined ? undefined : nodeText(heading, 2000).replace(/\s+/g, " ").trim(),
    language: document.children.find(isTag)?.attribs.lang,
    articles: data.flatMap((articles) => articles ?? []),
    brokenJsonLd: data.filter((articles) => articles === undefined).length,
  };
}

function rawText(element: Element): string {
  return element.children.map((child) => (child.type === "text" ? child.data : "")).join("");
}

function addLink({ attribs }: Element, canonical: string[], feeds: FeedLink[]): void {
  const { href } = attribs;
  const relations = (attribs.rel ?? "").slice(0, 500).toLowerCase().split(/\s+/);
  const type = (attribs.type ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (href === undefined) return;
  if (relations.includes("canonical") && canonical.length < mostValues) canonical.push(href.trim());
  else if (relations.includes("alternate") && feedTypes.has(type) && feeds.length < mostValues)
    feeds.push({ href: href.trim(), type, title: attribs.title });
}

function addMeta({ attribs }: Element, meta: Map<string, string[]>): void {
  const { content } = attribs;
  if (content === undefined) return;
  for (const key of new Set([attribs.property, attribs.name, attribs.itemprop])) {
    if (key === undefined || key.trim() === "") continue;
    const name = key.trim().toLowerCase();
    const values = meta.get(name) ?? [];
    if (values.length < mostValues) values.push(content.trim());
    meta.set(name, values);
  }
}
