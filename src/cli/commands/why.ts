import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import pc from "picocolors";
import { Failure } from "../../model/failure.ts";
import { type Post, type PostStatus, postStatus } from "../../model/post.ts";
import { type FieldTrace, tracePost } from "../../posts/fields/trace-post.ts";
import { readPost } from "../../posts/read-post.ts";
import { loadFlaggedConfig, readInstant, type SiteFlags } from "../flags.ts";
import { note, print, printJson } from "../print.ts";
import { describeFindings } from "../report-findings.ts";

/** Explains one post. Exit code 0 when it is published, 1 when it is not. */
export async function runWhy(path: string, flags: SiteFlags): Promise<number> {
  const config = await loadFlaggedConfig(flags);
  const now = readInstant(flags.now);
  const full = resolve(path);
  const file = relative(config.posts.dir, full).replaceAll("\\", "/");
  if (file.startsWith("..")) {
    throw new Failure("usage", `${path} is not in the posts folder ${config.posts.dir}.`, {
      hint: "Give the path of a post, such as posts/hello.md.",
    });
  }
  const bytes = readPostFile(full, path);
  const { post, diagnostics } = readPost({ file, bytes }, config);
  const standing = post && postStatus(flags.drafts ? { ...post, draft: false } : post, now);
  const reason = post && standing ? explainStanding(post, standing) : "it has an error";
  const traces = tracePost({ file, bytes }, config);
  if (flags.json) {
    const answer = {
      file,
      standing: standing ?? "failed",
      reason,
      id: post?.id,
      url: post?.url,
      fields: traces,
      diagnostics,
    };
    printJson(answer);
  } else {
    print(
      `${pc.bold(path)} is ${standing === "published" ? pc.green("in the feeds") : pc.yellow("not in the feeds")}: ${reason}.`,
    );
    if (post !== undefined) print(`  id   ${post.id}\n  page ${post.url}`);
    print(traces.map(describeTrace).join("\n"));
    if (diagnostics.length > 0)
      note(describeFindings(diagnostics, { root: config.root, stream: process.stderr, all: true }));
  }
  return standing === "published" ? 0 : 1;
}

function readPostFile(full: string, path: string): Buffer {
  try {
    return readFileSync(full);
  } catch (cause) {
    throw new Failure("usage", `${path} cannot be read.`, {
      hint: "Give the path of a post, such as posts/hello.md.",
      cause,
    });
  }
}

function explainStanding(post: Post, standing: PostStatus): string {
  const reasons: Record<PostStatus, string> = {
    published: "it is public and its date is past",
    draft: "it is a draft",
    future: `its date, ${showInstant(post.date)}, has not come yet`,
    expired: `it expired at ${showInstant(post.expires ?? post.date)}`,
    unlisted: "it is unlisted",
    private: "it is private",
  };
  return reasons[standing];
}

function describeTrace({ field, key, written, line, column, defaultedFrom }: FieldTrace): string {
  const name = `  ${field.padEnd(13)}`;
  if (defaultedFrom !== undefined) return `${name}${pc.dim(`from ${defaultedFrom}`)}`;
  const place = line === undefined ? "" : pc.dim(` (${key}, line ${line}:${column ?? 1})`);
  return `${name}${(written ?? "").replace(/\s+/g, " ").slice(0, 80)}${place}`;
}

function showInstant(instant: number): string {
  return new Date(instant).toISOString().replace(".000Z", "Z");
}
