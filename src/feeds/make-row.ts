import type { Config } from "../model/config.ts";
import type { Post } from "../model/post.ts";
import { feedsOf } from "./memberships.ts";
import type { PostRow } from "./post-row.ts";

/** Makes the row of a post. With `drafts`, drafts are shown. `version` is the digest of its file. */
export function makeRow(
  post: Post,
  config: Config,
  options: { readonly drafts?: boolean } = {},
  version?: string,
): PostRow {
  const { file, id, url, date, expires = Number.POSITIVE_INFINITY } = post;
  const hidden = post.draft && !options.drafts ? "draft" : post.visibility;
  const group = translationGroup(post);
  // Fields are set one by one, so that nearly all rows have one shape.
  const row: { -readonly [Field in keyof PostRow]: PostRow[Field] } = {
    file,
    version,
    id,
    url,
    date,
    expires,
    feeds: feedsOf(post, config),
  };
  if (post.language !== config.site.language) row.language = post.language;
  if (post.retracted !== undefined) row.retracted = post.retracted;
  if (hidden !== "public") row.hidden = hidden;
  if (group !== undefined) row.group = group;
  if (config.sitemap && post.updated !== undefined) row.updated = post.updated;
  // A page that is at home nowhere is in no sitemap.
  const home = post.sitemap === false ? "" : post.canonical;
  if (config.sitemap && home !== undefined) row.canonical = home;
  return row;
}

/** `name.id.md`: a name, a language, an extension. */
const languageSuffix = /^(.+)\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.[^./]+$/;

/**
 * What a post has in common with its translations: `translationKey` in its front matter, or its path without language and
 * extension. A post without a language in its name may belong to such a path too; the index finds that out.
 */
function translationGroup(post: Post): string | undefined {
  const key = Object.hasOwn(post.extra, "translationKey") ? post.extra.translationKey : undefined;
  if (typeof key === "string" || typeof key === "number") return `\u0000${key}`;
  if (post.file.indexOf(".") === post.file.lastIndexOf(".")) return undefined;
  const [, stem, language] = languageSuffix.exec(post.file) ?? [];
  return language?.toLowerCase() === post.language.toLowerCase() ? stem : undefined;
}
