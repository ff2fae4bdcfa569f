// Rules: developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
import type { Config } from "../../model/config.ts";
import { newsAge, type OutputFile } from "../../model/plan.ts";
import type { Post } from "../../model/post.ts";
import { rfc3339 } from "../text.ts";
import { cleanText, element } from "../xml.ts";
import { isAtHome, type SitemapEntry, splitSitemap } from "./sitemap.ts";

export const newsSitemapFile = { path: "news-sitemap.xml", mediaType: "application/xml" } as const;

/** Google reads at most this many articles from one file. */
const urlsPerFile = 1000;

/** The namespace of the `news:` elements. */
const newsNamespace = "http://www.google.com/schemas/sitemap-news/0.9";

/**
 * Writes the posts of the last two days, newest first. Posts outside the window, in another language than
 * `news.language`, without a title or first published elsewhere are left out; without news the file is empty and valid.
 */
export function makeNewsSitemap(posts: readonly Post[], config: Config, now: number): OutputFile[] {
  const { news, site } = config;
  if (news === undefined) return [];
  const entries = posts
    .filter((post) => isCandidate(post, news.language, now) && hasTitle(post))
    .sort((a, b) => b.date - a.date || (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
    .map((post) => newsEntry(post, news.publication, config));
  const limits = { urls: urlsPerFile, bytes: Number.POSITIVE_INFINITY };
  return splitSitemap("news-sitemap", { "xmlns:news": newsNamespace }, entries, site.url, limits);
}

/** Whether a post is this site's own and was first published in the two days before `now`. */
export function isCandidate(post: Post, language: string | undefined, now: number): boolean {
  if (post.date > now || now - post.date >= newsAge || !isAtHome(post)) return false;
  return language === undefined || speaks(post.language, language);
}

export function hasTitle({ title }: Pick<Post, "title">): boolean {
  return cleanText(title).trim() !== "";
}

/** `en` includes `en-GB`. */
function speaks(language: string, wanted: string): boolean {
  return language === wanted || language.startsWith(`${wanted}-`);
}

function newsEntry(post: Post, publication: string, { site }: Config): SitemapEntry {
  const names = [publication, site.title, ...post.authors.map(({ name }) => name)];
  const news = element("news:news", [
    element("news:publication", [
      element("news:name", withoutBrackets(publication)),
      element("news:language", newsLanguage(post.language)),
    ]),
    element("news:publication_date", rfc3339(post.date)),
    element("news:title", bareTitle(cleanText(post.title), names)),
  ]);
  return { element: element("url", [element("loc", post.url), news]), changed: post.updated ?? post.date };
}

/** Google wants the name as on news.google.com, without anything in brackets. */
function withoutBrackets(name: string): string {
  const bare = name.replace(/\s*\([^()]*\)/g, "").trim();
  return bare === "" ? name : bare;
}

/** ISO 639 with two or three letters; Chinese has its script too: `zh-cn` or `zh-tw`. */
export function newsLanguage(language: string): string {
  const primary = language.split("-", 1)[0]?.toLowerCase() ?? "en";
  if (primary !== "zh") return primary;
  const traditional =
    /-hant\b/i.test(language) || (/-(tw|hk|mo)\b/i.test(language) && !/-hans\b/i.test(language));
  return traditional ? "zh-tw" : "zh-cn";
}

/** The title without ` - Publication` or ` | Author` behind it. */
export function bareTitle(title: string, names: readonly string[]): string {
  let bare = title.trim();
  for (let again = true; again; ) {
    again = false;
    for (const name of names) {
      const rest = cutName(bare, name.trim());
      if (rest === undefined) continue;
      bare = rest;
      again = true;
    }
  }
  return bare;
}

function cutName(title: string, name: string): string | undefined {
  if (name === "" || !title.toLowerCase().endsWith(name.toLowerCase())) return undefined;
  const before = title.slice(0, title.length - name.length);
  const end = /\s[-–—|·•]\s*$/.exec(before);
  const rest = end === null ? "" : before.slice(0, end.index).trim();
  return rest === "" ? undefined : rest;
}
