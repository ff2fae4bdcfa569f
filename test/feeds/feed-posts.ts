import { resolveConfig } from "../../src/config/load-config.ts";
import { PostIndex } from "../../src/feeds/index/post-index.ts";
import { makeRow } from "../../src/feeds/make-row.ts";
import { fixedFeeds } from "../../src/feeds/memberships.ts";
import type { PostRow } from "../../src/feeds/post-row.ts";
import type { FileState } from "../../src/files/file-state.ts";
import type { Config, UserConfig } from "../../src/model/config.ts";
import type { Post } from "../../src/model/post.ts";
import { makePost } from "../posts/post-fixture.ts";

/** Noon on a day of January 2026. */
export function january(day: number): number {
  return Date.UTC(2026, 0, day, 12);
}

export function makeFeedsConfig(feeds: UserConfig["feeds"], more: Partial<UserConfig> = {}): Config {
  const user = {
    site: { url: "https://site.example/", title: "Site", authority: "site.example,2026" },
    feeds,
    ...more,
  };
  const { config, diagnostics } = resolveConfig(user, { root: "/nowhere" });
  if (config === undefined) throw new Error(JSON.stringify(diagnostics));
  return config;
}

/** A post named by its file, published unless it says otherwise. */
export function namePost(file: string, changes: Partial<Post> = {}): Post {
  const url = `https://site.example/${file.replace(/\.md$/, "")}/`;
  return makePost({
    file,
    id: `tag:site.example,2026:${file}`,
    url,
    title: file,
    date: january(1),
    ...changes,
  });
}

/** What is known of a file where a test does not care. */
export const knownSource: FileState = {
  stamp: { size: 1, mtimeMs: 2, ctimeMs: 3, ino: 4 },
  settled: true,
  digest: "digest",
  endDigest: 5,
  failed: false,
  diagnostics: [],
};

export function rowsOf(posts: readonly Post[], config: Config): PostRow[] {
  return posts.map((post) => makeRow(post, config));
}

/** An index that has taken these posts in at `now`. */
export function indexOf(posts: readonly Post[], config: Config, now: number): PostIndex {
  const index = new PostIndex(config, fixedFeeds(config));
  index.apply(
    rowsOf(posts, config).map((row) => ({ file: row.file, row })),
    now,
  );
  return index;
}

/** The files that a feed's window shows. */
export function filesIn(index: PostIndex, key: string): string[] {
  return (index.window(key)?.rows ?? []).map(({ file }) => file);
}
