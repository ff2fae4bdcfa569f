// Points findings about the documents of a site at the posts they come from.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Post } from "../../model/post.ts";
import { displayPath } from "../../posts/folder/posts-folder.ts";
import type { ParsedDocument } from "../parse/parsed-document.ts";
import type { Finding } from "../report/finding.ts";
import { EntryMap } from "./locate.ts";
import { PostLines } from "./locate-in-post.ts";

/** A document with the posts it shows, in their order. */
export interface ShownDocument {
  readonly parsed: ParsedDocument | undefined;
  readonly posts: readonly Post[];
}

/** Finds the lines of posts; reads a post's file only when something is wrong with it. */
export class PostAttribution {
  readonly #config: Config;
  readonly #files = new Map<string, PostLines | undefined>();

  constructor(config: Config) {
    this.#config = config;
  }

  /** Points the findings about entries at the posts' lines; what is about the feed as a whole stays in the document. */
  attribute(document: ShownDocument, diagnostics: readonly Diagnostic[]): Finding[] {
    if (diagnostics.length === 0 || document.parsed === undefined) return [...diagnostics];
    const map = new EntryMap(document.parsed);
    const byName = new Map(
      document.posts.flatMap((post) => [post.id, post.url].map((name) => [name, post] as const)),
    );
    return diagnostics.map((diagnostic): Finding => {
      const { line, column } = diagnostic;
      const place = line === undefined ? undefined : map.locate(line, column ?? 1);
      if (place === undefined) return diagnostic;
      const named = place.names.map((name) => byName.get(name)).find((post) => post !== undefined);
      const post = named ?? document.posts[place.index];
      return post === undefined ? diagnostic : this.pointAt(post, place.part, diagnostic);
    });
  }

  /** Points a finding about an entry at the line of the post that its part comes from. */
  pointAt(post: Pick<Post, "file">, part: string, diagnostic: Diagnostic): Finding {
    const { file, line, column, ...rest } = diagnostic;
    const at = this.#linesOf(post.file)?.find(part, diagnostic.message) ?? { line: 1, column: 1 };
    return {
      ...rest,
      file: displayPath(post.file, this.#config),
      line: at.line,
      column: at.column,
      document: { file, ...(line !== undefined && { line }), ...(column !== undefined && { column }) },
    };
  }

  #linesOf(file: string): PostLines | undefined {
    if (!this.#files.has(file)) this.#files.set(file, this.#read(file));
    return this.#files.get(file);
  }

  #read(file: string): PostLines | undefined {
    try {
      return new PostLines(file, readFileSync(join(this.#config.posts.dir, file)), this.#config);
    } catch {
      return undefined;
    }
  }
}

/**
 * Keeps one of the findings about the same place of a post, that of the first document: formats and feeds repeat it in
 * their own words. Where the place is not known, the values that the messages quote have to be the same too.
 */
export function removeRepeats(findings: readonly Finding[]): Finding[] {
  const sources = new Map<string, string | undefined>();
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const { code, file, line, column, message, document } = finding;
    const isSure = document !== undefined && !(line === 1 && column === 1);
    const value = document && message.match(/"[^"]*"|`[^`]*`/g)?.at(-1);
    const place = JSON.stringify([code, file, line, column, isSure ? "" : (value ?? message)]);
    if (!sources.has(place)) sources.set(place, document?.file);
    const words = `${place} ${message}`;
    if (sources.get(place) !== document?.file || seen.has(words)) return false;
    seen.add(words);
    return true;
  });
}
