// In comes a post as text; out goes what reading it gives.
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import type { Post } from "../../src/model/post.ts";
import { type ReadResult, readPost } from "../../src/posts/read-post.ts";
import { makeConfig, type Settings } from "./make-config.ts";

export function read(text: string | Buffer, file = "a.md", settings: Settings = {}): ReadResult {
  return readPost({ file, bytes: Buffer.from(text as string) }, makeConfig(settings));
}

/** Reads front matter lines under a date, and gives the post; fails when there is none. */
export function readFields(lines: string, file = "a.md", settings: Settings = {}): Post {
  const { post, diagnostics } = read(withDate(lines), file, settings);
  if (!post) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return post;
}

/** The diagnostics of front matter lines under a date. */
export function findings(lines: string, file = "a.md", settings: Settings = {}): Diagnostic[] {
  return read(withDate(lines), file, settings).diagnostics;
}

/** One line a diagnostic: `line:column code`. */
export function summarize(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ line, column, code }) => `${line}:${column} ${code}`);
}

function withDate(lines: string): string {
  return `---\ndate: 2026-03-01T09:30:00Z\n${lines}\n---\nBody.\n`;
}
