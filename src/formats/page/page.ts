import type { Config, PageData } from "../../model/config.ts";
import type { OutputFile } from "../../model/plan.ts";
import type { Post } from "../../model/post.ts";
import { documentsOf, type FeedHead, groupFeeds, makeAutodiscovery } from "../site/feed-list.ts";
import { firstWords } from "../text.ts";
import { type FeedView, renderGroups, renderSiteFeed } from "./feed-markup.ts";
import { renderHead } from "./head.ts";
import { directionOf, html, languageAttributes, relativeTo, SafeHtml } from "./markup.ts";
import { pageScript } from "./script.ts";
import { type SiteTexts, siteTexts } from "./texts.ts";

/** In bytes. */
const pageLimit = 30_000;

/** How much the page shows: from everything down to what fits in {@link pageLimit} for any site. */
interface Extent {
  /** Feeds beside the site's own. */
  readonly feeds: number;
  /** Links to readers at every feed; else at the site's, and the script adds the others. */
  readonly readers: boolean;
  /** Every format of every feed; else of the site's, and one format of the others. */
  readonly formats: boolean;
  readonly posts: number;
  /** Feeds in the head's autodiscovery tags: the most general ones, since readers list them all. */
  readonly discovered: number;
}

const everything: Extent = {
  feeds: Number.POSITIVE_INFINITY,
  readers: true,
  formats: true,
  posts: 10,
  discovered: 8,
};
const listed: Extent = { ...everything, readers: false, formats: false };
const extents: readonly Extent[] = [
  everything,
  { ...everything, readers: false },
  listed,
  ...[100, 50, 20, 5].map((feeds) => ({ ...listed, feeds, discovered: 1 })),
  { ...listed, feeds: 0, posts: 5, discovered: 1 },
  { ...listed, feeds: 0, posts: 0, discovered: 1 },
];

/** Characters of a post's or a feed's title that the page shows. */
const shownTitle = 120;

/** The landing page, or what the site's own `page.render` makes of the same data. Newest posts come first. */
export function makePage(feeds: readonly FeedHead[], posts: readonly Post[], config: Config): OutputFile[] {
  if (config.page === false) return [];
  const { path, render } = config.page;
  if (render !== undefined) {
    const data = pageData(feeds, posts, config, feeds.length);
    return [{ path, mediaType: "text/html", content: render(data) }];
  }
  const short = feeds.map((feed) => ({ ...feed, title: firstWords(feed.title, shownTitle) }));
  const site = shortenSite(config.site);
  let content = "";
  for (const extent of extents) {
    content = renderPage(short, posts, { ...config, site }, path, extent);
    if (Buffer.byteLength(content) <= pageLimit) break;
  }
  return [{ path, mediaType: "text/html", content }];
}

function shortenSite(site: Config["site"]): Config["site"] {
  const { title, description, copyright } = site;
  return {
    ...site,
    title: firstWords(title, 200),
    description: firstWords(description, 400),
    ...(copyright !== undefined && { copyright: firstWords(copyright, 200) }),
  };
}

function pageData(
  feeds: readonly FeedHead[],
  posts: readonly Post[],
  config: Pick<Config, "site">,
  discovered: number,
): PageData {
  const { url, title, description, language } = config.site;
  const ordered = groupFeeds(feeds).flatMap((group) => group.feeds);
  return {
    site: { url, title, description, language },
    feeds: ordered.map((feed) => ({
      key: feed.key,
      title: feed.title,
      language: feed.language,
      documents: documentsOf(feed, url).map((one) => ({
        format: one.format,
        mediaType: one.mediaType,
        url: one.url,
      })),
    })),
    posts: posts.filter(isShown).map((post) => ({
      title: titleOf(post),
      url: post.url,
      date: post.date,
      language: post.language,
    })),
    autodiscovery: makeAutodiscovery(ordered.slice(0, discovered), config),
  };
}

/** Only web pages can be linked to. */
function isShown({ url }: Post): boolean {
  return /^https?:/.test(url);
}

/** A note has no title: its description's first words, else its address. */
function titleOf({ title, description, url }: Post): string {
  const text = (title.trim() || description?.trim() || url).replace(/\s+/g, " ");
  return firstWords(text, shownTitle);
}

function renderPage(
  feeds: readonly FeedHead[],
  posts: readonly Post[],
  config: Config,
  path: string,
  extent: Extent,
): string {
  const { site } = config;
  const texts = siteTexts(site.language);
  const data = pageData(feeds, posts.slice(0, extent.posts), config, extent.discovered);
  const view: FeedView = {
    texts,
    siteUrl: site.url,
    siteTitle: site.title,
    path,
    readers: extent.readers,
    formats: extent.formats,
  };
  const address = new URL(path, site.url).href.replace(/(^|\/)index\.html$/, "$1");
  const page = html`<!doctype html>
<html lang="${texts.language}" dir="${directionOf(texts.language)}">
${renderHead(data, config, path, address)}
<body data-base="${address}" data-copy="${texts.copy}" data-copied="${texts.copied}" data-open="${texts.openIn}">
<header>
<h1${languageAttributes(site.language, texts.language)}><a href="${site.url}">${site.title}</a></h1>
${site.description === "" ? undefined : html`<p${languageAttributes(site.language, texts.language)}>${site.description}</p>\n`}</header>
<main>
<section aria-labelledby="subscribe">
<h2 id="subscribe">${texts.subscribe}</h2>
<p>${texts.about}</p>
${renderFeeds(feeds, config, view, extent)}</section>
${renderPosts(data, config, texts)}</main>
<footer>${site.copyright === undefined ? undefined : html`<p dir="auto">${site.copyright}</p>`}</footer>
<p role="status" aria-live="polite"></p>
<script>${new SafeHtml(pageScript)}</script>
</body>
</html>
`;
  return page.text;
}

function renderFeeds(feeds: readonly FeedHead[], config: Config, view: FeedView, extent: Extent): SafeHtml {
  const groups = groupFeeds(feeds);
  const own = groups.find(({ kind }) => kind === "site")?.feeds ?? [];
  const others = groups.filter(({ kind }) => kind !== "site");
  const list = config.feeds.opml ? "feeds.opml" : config.feeds.links ? "autodiscovery.html" : undefined;
  const whole =
    list === undefined ? undefined : relativeTo(view.path, new URL(list, view.siteUrl).href, view.siteUrl);
  return html`${own.map((feed) => renderSiteFeed(feed, view))}${renderGroups(others, view, extent.feeds, whole)}`;
}

function renderPosts({ posts }: PageData, { site }: Config, texts: SiteTexts): SafeHtml {
  if (posts.length === 0) return html``;
  const items = posts.map(({ title, url, date, language }) => {
    const day = dayOf(date, site.timeZone);
    return html`<li class="post"><a href="${url}"${languageAttributes(language, texts.language)}>${title}</a> <time datetime="${day}">${day}</time></li>\n`;
  });
  return html`<section aria-labelledby="latest">
<h2 id="latest">${texts.latest}</h2>
<ul>
${items}</ul>
</section>
`;
}

/** The calendar day in the site's time zone, as `2026-11-23`: the same in every language and on every machine. */
function dayOf(instant: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-u-ca-iso8601-nu-latn", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(instant);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
}
