import { type Code, diagnose } from "../../model/codes.ts";
import type { Config } from "../../model/config.ts";
import type { Diagnostic, Position } from "../../model/diagnostic.ts";
import type { Post, PostContent } from "../../model/post.ts";
import { rfc3339 } from "../text.ts";
import { hasTitle, isCandidate } from "./news-sitemap.ts";

/** A post and what rendering found of its image. */
export interface NewsPost {
  readonly post: Post;
  readonly image?: PostContent["image"];
}

/** A post's path as its author would type it, and where a field stands in it. */
export type PlaceOf = (post: Post, field: string) => { readonly file: string; readonly at?: Position };

interface Hint {
  readonly code: Code;
  /** The field that is to blame. */
  readonly field: string;
  readonly message: string;
  readonly hint: string;
}

/** Hints about the posts of the last two days. Pure. */
export function hintAtNews(
  posts: readonly NewsPost[],
  config: Config,
  now: number,
  placeOf: PlaceOf = ({ file }) => ({ file }),
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
      ].flatMap((found) => (found === undefined ? [] : [tell(found, one.post, placeOf)])),
    );
}

function tell({ code, field, message, hint }: Hint, post: Post, placeOf: PlaceOf): Diagnostic {
  const { file, at } = placeOf(post, field);
  return diagnose(code, file, message, { hint, ...(at && { at }) });
}

function hintAtTitle(post: Post): Hint | undefined {
  if (hasTitle(post)) return undefined;
  const message = "A post without a title is left out of the news sitemap";
  return { code: "news/title", field: "title", message, hint: "Write a `title:` to have it there." };
}

function hintAtByline({ authors }: Post): Hint | undefined {
  if (authors.length > 0) return undefined;
  const message = "Google News wants to see who wrote a post; this one names nobody";
  const hint = "Write who wrote it, such as `author: Sari Wulandari`.";
  return { code: "news/byline", field: "authors", message, hint };
}

function hintAtTime({ date }: Post, timeZone: string): Hint | undefined {
  if (!isMidnight(date, timeZone)) return undefined;
  const message = `The date is midnight (${rfc3339(date)}); Google News orders articles by date and time`;
  const hint = "Write the time as well, such as `date: 2026-11-23T09:30:00+07:00`.";
  return { code: "news/time", field: "date", message, hint };
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
  const hint = "Name an image at least 1200 pixels wide, such as `image: /photos/harbour.jpg`.";
  const about = { code: "news/image", field: "image", hint } as const;
  if (image === undefined && post.image === undefined)
    return { ...about, message: "Google shows articles larger with an image; this post names none" };
  const { width, height } = image ?? {};
  if (width === undefined || (width >= 1200 && width * (height ?? 1200) > 300_000)) return undefined;
  const size = height === undefined ? `${width} pixels wide` : `${width} × ${height} pixels`;
  return {
    ...about,
    message: `The image is ${size}; Google asks for 1200 pixels in width and 300,000 in all`,
  };
}
