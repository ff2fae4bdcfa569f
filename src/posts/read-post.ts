import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Post } from "../model/post.ts";
import { defineProblem, diagnose } from "../model/problem.ts";
import { collectFields, type FieldFinding } from "./fields/collect-fields.ts";
import { normalizePost } from "./fields/normalize.ts";
import { fileLanguages, readFileName } from "./folder/file-name.ts";
import { displayPath } from "./folder/posts-folder.ts";
import { readFrontMatter } from "./front-matter/front-matter.ts";
import { type LocatedText, Locator } from "./front-matter/locate-value.ts";

const missingFrontMatter = defineProblem("front-matter/missing", {
  severity: "error",
  title: "A post without front matter",
  many: "{count} files have no front matter",
  why: "Without a date the post has no position in a feed, and nothing says whether readers may see it. It cannot go into a feed.",
  fix: "Begin the file with `---`, a title and a date a line each, and `---` again; or put the date into its name.",
});

/** One file: its path below the posts folder with `/`, and all of its bytes. */
export interface PostSource {
  readonly file: string;
  readonly bytes: Buffer;
}

export interface ReadResult {
  /** Absent exactly when a diagnostic is an error. */
  post?: Post;
  diagnostics: Diagnostic[];
  /** Byte offset at which the body starts. */
  body: number;
}

/** How much of a body is looked at for a title, in bytes. */
const headingLength = 4096;

/** Reads a post's front matter; the body is not looked at. Synchronous and pure; never throws, runs nothing. */
export function readPost(source: PostSource, config: Config): ReadResult {
  const { file, bytes } = source;
  const front = readFrontMatter(bytes, config.preset);
  const name = readFileName(file, fileLanguages(config));
  const shown = displayPath(file, config);
  if (front.kind === "problem") {
    const { problem, message, hint, line, column } = front;
    return { diagnostics: [diagnose(problem, shown, message, { hint, at: { line, column } })], body: 0 };
  }
  if (front.kind === "none" && name.date === undefined)
    return { diagnostics: [describeMissing(shown)], body: front.bodyOffset };
  const data = front.kind === "none" ? new Map() : front.data;
  const start = front.bodyOffset;
  const repeated = front.kind === "none" ? [] : front.repeated;
  const context = collectFields(data, config, name, repeated, () =>
    bytes.toString("utf8", start, start + headingLength),
  );
  const post = normalizePost(file, context);
  const located = front.kind === "none" ? undefined : front;
  const diagnostics = locateFindings(context.findings, file, config, located);
  const body = front.bodyOffset;
  return post ? { post, diagnostics, body } : { diagnostics, body };
}

function describeMissing(shown: string): Diagnostic {
  const message = "The file has no front matter, and no date in its name.";
  const hint =
    "Start it with ---, then title: and date: one a line, then --- again; or name it 2026-03-01-name.md.";
  return diagnose(missingFrontMatter, shown, message, { hint, at: { line: 1, column: 1 } });
}

/** Makes diagnostics of findings: looks up their line and column. */
function locateFindings(
  findings: readonly FieldFinding[],
  file: string,
  config: Config,
  front: LocatedText | undefined,
): Diagnostic[] {
  if (findings.length === 0) return [];
  const shown = displayPath(file, config);
  const locator = front && new Locator(front);
  return findings.map(({ problem, path, isKey, message, hint }) => {
    const at = locator?.locate(path, isKey) ?? { line: 1, column: 1 };
    return diagnose(problem, shown, message, { at, ...(hint !== undefined && { hint }) });
  });
}
