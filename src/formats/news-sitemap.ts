// In come recent posts and the time; out goes news-sitemap.xml as Google News reads it, and hints about what Google asks of them.
// Rules: developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
import { diagnose } from "../model/codes.ts";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { OutputFile } from "../model/plan.ts";
import type { Post, PostContent } from "../model/post.ts";
import { rfc3339 } from "./instants.ts";
import { isAtHome, type SitemapEntry, splitSitemap } from "./sitemap.ts";
import { cleanText, element } from "./xml.ts";

/** How long a post stays in the news sitemap, in milliseconds. */
const newsWindow = 2 * 24 * 60 * 60 * 1000;

/** Where it is written, and as what. */
export const newsSitemapFile = { path: "news-sitemap.xml", mediaType: "application/xml" } as const;

/** Google reads at most this many articles from one file. */
const urlsPerFile = 1000;

/** The namespace of the `news:` elements. */
const newsNamespace = "http://www.google.com/schemas/sitemap-news/0.9";

/** Whether the post belongs in the news sitemap at `now`, by its first publication. Ends exactly two days after it. */
export function isNews(post: Pick<Post, "date">, now: number): boolean {
  return post.date <= now && now - post.date < newsWindow;
}

/**
 * Writes the posts of the last two days, newest first. Posts outside the window, in another language than
 * `news.language`, without a title or first published elsewhere are left out; with nothing new the file is empty and valid.
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

function isCandidate(post: Post, language: string | undefined, now: number): boolean {
  return isNews(post, now) && isAtHome(post) && (language === undefined || speaks(post.language, language));
}

function hasTitle({ title }: Pick<Post, "title">): boolean {
  return cleanText(title).trim() !== "";
}

/** `en` holds for `en-GB` as well. */
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

/** ISO 639 with two or three letters; Chinese alone says its script: `zh-cn` or `zh-tw`. */
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

/** A post and what rendering found of its image. */
export interface NewsPost {
  readonly post: Post;
  readonly image?: PostContent["image"];
}

/**
 * Hints about posts of the last two days: what Google News and Discover ask for and the post lacks. `fileOf` gives the
 * path that its author would type. Pure.
 */
export function hintAtNews(
  posts: readonly NewsPost[],
  config: Config,
  now: number,
  fileOf: (post: Post) => string = ({ file }) => file,
): Diagnostic[] {
  const { news, site } = config;
  if (news === undefined) return [];
  return posts
    .filter(({ post }) => isCandidate(post, news.language, now))
    .flatMap((one) => [
      ...hintAtTitle(one.post, fileOf(one.post)),
      ...hintAtByline(one.post, fileOf(one.post)),
      ...hintAtTime(one.post, fileOf(one.post), site.timeZone),
      ...hintAtImage(one, fileOf(one.post)),
    ]);
}

function hintAtTitle({ title }: Post, file: string): Diagnostic[] {
  if (hasTitle({ title })) return [];
  const hint = "Write a `title:` to have it there.";
  return [diagnose("news/title", file, "A post without a title is left out of the news sitemap", { hint })];
}

function hintAtByline({ authors }: Post, file: string): Diagnostic[] {
  if (authors.length > 0) return [];
  const hint = "Write who wrote it, such as `author: Sari Wulandari`.";
  return [
    diagnose("news/byline", file, "Google News wants to see who wrote a post; this one names nobody", {
      hint,
    }),
  ];
}

function hintAtTime({ date }: Post, file: string, timeZone: string): Diagnostic[] {
  if (!isMidnight(date, timeZone)) return [];
  const message = `The date is midnight (${rfc3339(date)}); Google News orders articles by date and time`;
  const hint = "Write the time as well, such as `date: 2026-11-23T09:30:00+07:00`.";
  return [diagnose("news/time", file, message, { hint })];
}

/** Midnight exactly, at the site: most likely a date that was written without a time. */
function isMidnight(instant: number, timeZone: string): boolean {
  if (instant % 1000 !== 0) return false;
  const format = {
    timeZone,
    hourCycle: "h23",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  } as const;
  return new Intl.DateTimeFormat("en-u-nu-latn", format).format(instant) === "00:00:00";
}

/** Google Discover, "large images": 1,200 pixels wide and more than 300,000 pixels. */
function hintAtImage({ post, image }: NewsPost, file: string): Diagnostic[] {
  const hint = "Name an image at least 1200 pixels wide, such as `image: /photos/harbour.jpg`.";
  if (image === undefined && post.image === undefined)
    return [
      diagnose("news/image", file, "Google shows articles larger with an image; this post names none", {
        hint,
      }),
    ];
  const { width, height } = image ?? {};
  if (width === undefined) return [];
  if (width >= 1200 && width * (height ?? 1200) > 300_000) return [];
  const size = height === undefined ? `${width} pixels wide` : `${width} × ${height} pixels`;
  const message = `The image is ${size}; Google asks for 1200 pixels in width and 300,000 in all`;
  return [diagnose("news/image", file, message, { hint })];
}
