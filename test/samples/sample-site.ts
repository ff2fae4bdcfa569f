import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../../src/config/load-config.ts";
import { type Post, type PostStatus, postStatus } from "../../src/model/post.ts";
import { discoverPosts } from "../../src/posts/folder/discover.ts";
import { readPost } from "../../src/posts/read-post.ts";
import { repositoryRoot, runProgram } from "../support/program.ts";

/** The day of the sample site. */
export const sampleTime = "2026-11-23T09:00:00Z";

/** Every sample post, with where it stands; fails where one cannot be read. A copy of the site is read just as well. */
export async function readSamplePosts(
  at: { root?: string; siteUrl?: string } = {},
): Promise<{ post: Post; standing: PostStatus }[]> {
  const { root = repositoryRoot, siteUrl } = at;
  const config = await loadConfig({ root, ...(siteUrl !== undefined && { overrides: { siteUrl } }) });
  const { files } = await discoverPosts(config);
  return files.map(({ file }) => {
    const bytes = readFileSync(join(config.posts.dir, file));
    const { post, diagnostics } = readPost({ file, bytes }, config);
    if (post === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
    return { post, standing: postStatus(post, Date.parse(sampleTime)) };
  });
}

/** A copy of the sample site, as a clone has it; whoever asks for it removes it. */
export function copySamples(): string {
  const root = mkdtempSync(join(tmpdir(), "feedwright-samples-"));
  for (const name of ["posts", "public", "feedwright.config.ts"])
    cpSync(join(repositoryRoot, name), join(root, name), { recursive: true });
  return root;
}

/** Builds a copy of the sample site; gives its documents by name. */
export function buildSamples(): Record<"rss.xml" | "atom.xml" | "feed.json", string> {
  const root = copySamples();
  try {
    const { status, stderr } = runProgram(["build", "--now", sampleTime], { cwd: root });
    if (status !== 0) throw new Error(stderr);
    const read = (name: string): string => readFileSync(join(root, "dist", name), "utf8");
    return { "rss.xml": read("rss.xml"), "atom.xml": read("atom.xml"), "feed.json": read("feed.json") };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
