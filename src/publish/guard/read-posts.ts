import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../../model/config.ts";
import { type Post, postStatus } from "../../model/post.ts";
import { discoverPosts } from "../../posts/folder/discover.ts";
import { displayPath } from "../../posts/folder/posts-folder.ts";
import { readPost } from "../../posts/read-post.ts";
import type { PinnablePost } from "../ids/ids.ts";
import type { PostName } from "../plan/feed-change.ts";
import type { HiddenPost } from "./hidden-posts.ts";

interface ReadPost {
  readonly post: Post;
  /** As the author would type it. */
  readonly file: string;
  readonly bytes: Buffer;
  /** Byte offset of the body. */
  readonly body: number;
}

/** Posts by name, and the hidden ones with the beginning of their text. Posts that cannot be read are skipped: the build reports them. */
export function readPosts(config: Config, now: number): { names: PostName[]; hidden: HiddenPost[] } {
  const read = readAll(config);
  return {
    names: read.map(({ post, file }) => {
      const status = postStatus(post, now);
      const [hidden, takenBack] = [status !== "published", status === "expired"];
      const { id, url } = post;
      return { file, id, url, ...(hidden && { hidden }), ...(takenBack && { takenBack }) };
    }),
    hidden: read.flatMap((one) => {
      const reason = describeHidden(one.post, now);
      if (reason === undefined) return [];
      const { id, url, title } = one.post;
      return [{ file: one.file, id, url, title, reason, text: beginningOf(one) }];
    }),
  };
}

/** Posts with their sources, for writing ids into them; `path` is absolute. */
export function readPinnablePosts(config: Config): (PinnablePost & { readonly path: string })[] {
  return readAll(config).map(({ post, file, bytes }) => ({
    file,
    path: join(config.posts.dir, post.file),
    id: post.id,
    idSource: post.idSource,
    url: post.url,
    title: post.title,
    date: post.date,
    source: bytes.toString("utf8"),
  }));
}

function readAll(config: Config): ReadPost[] {
  return discoverPosts(config).files.flatMap(({ file }) => {
    try {
      const bytes = readFileSync(join(config.posts.dir, file));
      const { post, body } = readPost({ file, bytes }, config);
      return post === undefined ? [] : [{ post, file: displayPath(file, config), bytes, body }];
    } catch {
      return [];
    }
  });
}

function describeHidden(post: Post, now: number): string | undefined {
  const status = postStatus(post, now);
  if (status === "future") return `due on ${new Date(post.date).toISOString()}`;
  return status === "draft" ? "a draft" : undefined;
}

/** The beginning of the body without code, link addresses and tags. */
function beginningOf({ bytes, body }: ReadPost): string {
  return bytes
    .toString("utf8", body, body + 4000)
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, " ")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<[^>]*>/g, " ");
}
