import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Post } from "../../src/model/post.ts";
import { copySamples, readSamplePosts, sampleTime } from "../samples/sample-site.ts";
import { runProgram } from "../support/program.ts";
import { listFiles } from "../support/site.ts";
import type { Enclosure } from "./reader.ts";

/** What a reader has to show of one post. */
export interface Expected {
  readonly post: Post;
  readonly content: string;
  /** Plain text, one paragraph. */
  readonly summary: string;
  readonly enclosures: readonly Enclosure[];
}

/** The sample site at one moment. */
export interface Edition {
  readonly documents: ReadonlyMap<string, Buffer>;
  /** Published posts, newest first. */
  readonly posts: readonly Expected[];
}

interface JsonItem {
  readonly id: string;
  readonly content_html: string;
  readonly summary?: string;
}

/** The end of the id of the post that is edited: an episode, so that every feed has it. */
export const editedPost = "podcast/suara-dermaga-01";

/** The sample site as it stands, and with a new title, text and time and a second author for one post. Ids must not mind. */
export async function buildEditions(siteUrl: string): Promise<{ first: Edition; second: Edition }> {
  const root = copySamples();
  try {
    const first = await buildEdition(root, siteUrl);
    const file = join(root, "posts", `${editedPost}.md`);
    const before = readFileSync(file, "utf8");
    const after = before
      .replace(/^title = .*$/m, 'title = "Suara Dermaga 1: Kentongan & lonceng <baru>, 3 < 4"')
      .replace(/^author = .*$/m, 'authors = ["yusuf", "ratna"]')
      .replace(/^lastmod = .*$/m, "lastmod = 2026-11-22T08:00:00+07:00")
      .concat("\nTambahan: loncengnya sudah dipasang.\n");
    writeFileSync(file, after);
    return { first, second: await buildEdition(root, siteUrl) };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function buildEdition(root: string, siteUrl: string): Promise<Edition> {
  const args = ["build", "--now", sampleTime, "--site-url", siteUrl];
  const { status, stderr } = runProgram(args, { cwd: root });
  if (status !== 0) throw new Error(stderr);
  const documents = new Map(
    listFiles(join(root, "dist")).map((path) => [path, readFileSync(join(root, "dist", path))]),
  );
  const items: JsonItem[] = JSON.parse(String(documents.get("feed.json"))).items;
  const posts = (await readSamplePosts({ root, siteUrl }))
    .filter(({ standing }) => standing === "published")
    .map(({ post }) => {
      const { content_html: content = "", summary = "" } = items.find(({ id }) => id === post.id) ?? {};
      return { post, content, summary, enclosures: enclosuresOf(post, root, siteUrl) };
    })
    .sort((a, b) => b.post.date - a.post.date);
  return { documents, posts };
}

function enclosuresOf(post: Post, root: string, siteUrl: string): Enclosure[] {
  return post.attachments.map(({ src }) => ({
    url: new URL(src, siteUrl).href,
    type: "audio/mpeg",
    length: statSync(join(root, "public", src)).size,
  }));
}
