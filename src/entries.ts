// In comes a row of the index; out goes the post it stands for, rendered once and serialised once per format.
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { PostRow } from "./feeds/post-row.ts";
import { serializeEntry } from "./formats/serialize.ts";
import type { Config } from "./model/config.ts";
import type { Diagnostic } from "./model/diagnostic.ts";
import type { ContentMode, Format, Fragment } from "./model/plan.ts";
import type { Post, PostContent } from "./model/post.ts";
import { locateBody } from "./posts/front-matter.ts";
import { renderPost } from "./posts/render-post.ts";
import type { Sources } from "./sources.ts";

/** A local file that a post names, and where it goes below the output folder when assets are copied. */
export interface Asset {
  readonly file: string;
  readonly path: string;
}

/** A post ready for any document. */
export interface Entry {
  readonly post: Post;
  readonly content: PostContent;
  readonly assets: readonly Asset[];
  /** What rendering found; reading's own findings are kept with the source. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A source differs from what the index was told: the step has to take it in again. */
export class SourceChanged extends Error {
  readonly file: string;
  constructor(file: string) {
    super(`${file} changed while it was being read`);
    this.file = file;
  }
}

/** Entries kept in memory; the least recently used leave first. */
const keptEntries = 4096;

/** Makes and keeps entries. A new row means a new entry, so nothing is ever stale. */
export class EntryStore {
  readonly #config: Config;
  readonly #sources: Sources;
  readonly #entries = new Map<PostRow, Entry>();
  readonly #fragments = new WeakMap<Entry, Map<string, Fragment>>();

  constructor(config: Config, sources: Sources) {
    this.#config = config;
    this.#sources = sources;
  }

  /** @throws SourceChanged when the file is not the one the row was made from */
  async get(row: PostRow): Promise<Entry> {
    const kept = this.#entries.get(row);
    if (kept !== undefined) {
      this.#entries.delete(row);
      this.#entries.set(row, kept);
      return kept;
    }
    const entry = await this.#make(row);
    this.#entries.set(row, entry);
    if (this.#entries.size > keptEntries) this.#entries.delete(this.#entries.keys().next().value as PostRow);
    return entry;
  }

  /** The entry's part of one document, made once whatever number of feeds it is in. */
  fragment(entry: Entry, format: Format, mode: ContentMode): Fragment {
    let made = this.#fragments.get(entry);
    if (made === undefined) {
      made = new Map();
      this.#fragments.set(entry, made);
    }
    const key = `${format} ${mode}`;
    let fragment = made.get(key);
    if (fragment === undefined) {
      fragment = serializeEntry(entry.post, entry.content, format, mode, this.#config);
      made.set(key, fragment);
    }
    return fragment;
  }

  async #make(row: PostRow): Promise<Entry> {
    const bytes = readSource(this.#config, row.file);
    if (bytes === undefined || !this.#sources.isCurrent(row.file)) throw new SourceChanged(row.file);
    const { post } = this.#sources.parse(row.file, bytes);
    if (post === undefined) throw new SourceChanged(row.file);
    const { offset, line } = locateBody(bytes);
    const body = { text: bytes.toString("utf8", offset), line };
    const rendered = await renderPost(post, body, this.#config);
    return { post, content: rendered.content, assets: rendered.assets, diagnostics: rendered.diagnostics };
  }
}

/** Reads one source whole; absent when it is gone or no longer a plain file. */
export function readSource(config: Config, file: string): Buffer | undefined {
  const path = join(config.posts.dir, file);
  try {
    return statSync(path).isFile() ? readFileSync(path) : undefined;
  } catch {
    return undefined;
  }
}
