import type { Config } from "../../model/config.ts";
import type { Diagnostic, Position } from "../../model/diagnostic.ts";
import type { Post, PostContent } from "../../model/post.ts";
import { defineProblem, diagnose, type Problem } from "../../model/problem.ts";
import { rfc3339 } from "../text.ts";
import { hasTitle, isCandidate } from "./news-sitemap.ts";

const noTitle = defineProblem("news/title", {
  severity: "hint",
  title: "News without a title",
  why: "Google News asks for a title, so the post is left out of the news sitemap.",
  fix: "Write a `title:` to have it there.",
  spec: "https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap",
});

const noByline = defineProblem("news/byline", {
  severity: "hint",
  title: "News without a byline",
  why: "Google News asks that readers can see who wrote an article.",
  fix: "Write who wrote it, such as `author: Sari Wulandari`.",
  spec: "https://support.google.com/news/publisher-center/answer/6204050",
});

const midnight = defineProblem("news/time", {
  severity: "hint",
  title: "News dated at midnight",
  why: "Google News orders articles by date and time. An article from midnight looks older than it is.",
  fix: "Write the time as well, such as `date: 2026-11-23T09:30:00+07:00`.",
  spec: "https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap",
});

const noLargeImage = defineProblem("news/image", {
  severity: "hint",
  title: "News without a large image",
  why: "Google Discover shows an article large only when it has an image of at least 1200 pixels in width.",
  fix: "Name an image at least 1200 pixels wide, such as `image: /photos/harbour.jpg`.",
  spec: "https://developers.google.com/search/docs/appearance/google-discover",
});

/** A post and what rendering found of its image. */
export interface NewsPost {
  readonly post: Post;
  readonly image?: PostContent["image"];
}

/** A post's path as its author would type it, and where one of its fields is. */
export type LocateField = (post: Post, field: string) => { readonly file: string; readonly at?: Position };

interface Hint {
  readonly problem: Problem;
  /** The field that is to blame. */
  readonly field: string;
  readonly message: string;
}

/** What Google News and Discover ask for and posts of the last two days lack. `now` in milliseconds since the epoch. */
export function hintAtNews(
  posts: readonly NewsPost[],
  config: Config,
  now: number,
  locate: LocateField = ({ file }) => ({ file }),
): Diagnostic[] {
  const { news, site } = config;
  if (news === undefined) return [];
  return posts
    .filter(({ post }) => isCandidate(post, news.language, now))
    .flatMap((one) =>
      [
        hintAtTitle(one.post),
        hintAtByline(one.post),
        hintAtTime(one.post, site.timeZone),
        hintAtImage(one),
      ].flatMap((found) => {
        if (found === undefined) return [];
        const { file, at } = locate(one.post, found.field);
        return [diagnose(found.problem, file, found.message, { at })];
      }),
    );
}

function hintAtTitle(post: Post): Hint | undefined {
  if (hasTitle(post)) return undefined;
  const message = "A post without a title is left out of the news sitemap";
  return { problem: noTitle, field: "title", message };
}

function hintAtByline({ authors }: Post): Hint | undefined {
  if (authors.length > 0) return undefined;
  const message = "Google News wants to see who wrote a post; this one names nobody";
  return { problem: noByline, field: "authors", message };
}

function hintAtTime({ date }: Post, timeZone: string): Hint | undefined {
  if (!isMidnight(date, timeZone)) return undefined;
  const message = `The date is midnight (${rfc3339(date)}); Google News orders articles by date and time`;
  return { problem: midnight, field: "date", message };
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
function hintAtImage({ post, image }: NewsPost): Hint | undefined {
  const about = { problem: noLargeImage, field: "image" };
  if (image === undefined && post.image === undefined)
    return { ...about, message: "Google shows articles larger with an image; this post names none" };
  const { width, height } = image ?? {};
  if (width === undefined || (width >= 1200 && width * (height ?? 1200) > 300_000)) return undefined;
  const size = height === undefined ? `${width} pixels wide` : `${width} × ${height} pixels`;
  const message = `The image is ${size}; Google asks for 1200 pixels in width and 300,000 in all`;
  return { ...about, message };
}
