// In come the entries of a feed, or the facts of a site; out go its documents, staged beside those that they will replace.
import type { Entry } from "./entries.ts";
import { makeDocuments } from "./feed-documents.ts";
import { findFeedFaults } from "./feed-review.ts";
import type { FeedCatalog, FeedPlace } from "./feeds/feed-catalog.ts";
import { settingsOf } from "./feeds/feed-settings.ts";
import { newsFeed } from "./feeds/news-window.ts";
import { planFeed } from "./feeds/plan-feed.ts";
import type { PostRow } from "./feeds/post-row.ts";
import { firstWords } from "./formats/html-text.ts";
import { hintAtNews } from "./formats/news-hints.ts";
import { makeNewsSitemap } from "./formats/news-sitemap.ts";
import { type FeedHead, makeSiteDocuments } from "./formats/site-documents.ts";
import type { Config } from "./model/config.ts";
import type { Diagnostic } from "./model/diagnostic.ts";
import type { OutputFile, PackedFile } from "./model/plan.ts";
import type { Post } from "./model/post.ts";
import type { FileWriter } from "./output/write-files.ts";
import { nameForPeople } from "./posts/people-name.ts";
import type { SiteParts } from "./site-memory.ts";
import type { BuildOptions } from "./site-options.ts";

/** What was staged: paths below the output folder, and what making it found. */
export interface Staged {
  readonly paths: readonly string[];
  readonly found: readonly Diagnostic[];
}

/** Makes documents and hands them to a writer, or, in a dry run, to whoever listens alone. */
export class DocumentStage {
  readonly #config: Config;
  readonly #options: BuildOptions;
  readonly #parts: Pick<SiteParts, "index" | "entries">;
  readonly #catalog: FeedCatalog;

  constructor(
    config: Config,
    options: BuildOptions,
    parts: Pick<SiteParts, "index" | "entries">,
    catalog: FeedCatalog,
  ) {
    this.#config = config;
    this.#options = options;
    this.#parts = parts;
    this.#catalog = catalog;
  }

  /** Stages what a feed is made of; nothing for one that is gone. `now` in milliseconds since the epoch. */
  feed(key: string, entries: readonly Entry[], now: number, writer: FileWriter): Staged {
    if (key === newsFeed.key) return this.#news(entries, now, writer);
    const place = this.#catalog.get(key);
    if (place === undefined) return { paths: [], found: [] };
    const { paths, found } = this.#feedAt(place, entries, writer);
    if (!this.#config.assets.copy || this.#options.write === false) return { paths, found };
    const assets = entries.flatMap((entry) => entry.assets);
    for (const { path, file } of assets) writer.stageCopy(path, file);
    return { paths: [...paths, ...assets.map(({ path }) => path)], found };
  }

  /** Stages the documents about the site as a whole. `now` in milliseconds since the epoch. */
  wholeSite(
    plans: readonly FeedHead[],
    newest: readonly Entry[],
    published: readonly PostRow[],
    now: number,
    writer: FileWriter,
  ): string[] {
    const facts = { config: this.#config, plans, newest: newest.map(nameNote), published, now };
    return this.#stage(makeSiteDocuments(facts), [], writer);
  }

  #news(entries: readonly Entry[], now: number, writer: FileWriter): Staged {
    const { index, entries: store } = this.#parts;
    const posts = entries.map(({ post }) => post);
    const candidates = entries.map(({ post, content: { image } }) => ({ post, ...(image && { image }) }));
    const found = hintAtNews(candidates, this.#config, now, ({ file }: Post, field: string) => {
      const row = index.get(file);
      return {
        file: nameForPeople(file, this.#config),
        ...(row && { at: store.locate(row, [field]) }),
      };
    });
    return { paths: this.#stage(makeNewsSitemap(posts, this.#config, now), posts, writer), found };
  }

  #feedAt(place: FeedPlace, entries: readonly Entry[], writer: FileWriter): Staged {
    const { index, entries: store } = this.#parts;
    const { key } = place.name;
    const posts = entries.map(({ post }) => post);
    const spelled = entries.length > 0 ? index.window(key)?.name.name : undefined;
    const deleted = index.retracted(key);
    const plan = { ...planFeed(place, posts, this.#config, spelled), ...(deleted.length > 0 && { deleted }) };
    const made = makeDocuments(plan, entries, store, this.#config);
    const { profile } = settingsOf(place.name, this.#config);
    const faults = profile ? findFeedFaults(plan, profile, this.#config) : [];
    const files = made.map(({ file }) => file);
    return {
      paths: this.#stage(files, posts, writer),
      found: [...faults, ...made.flatMap(({ diagnostics }) => diagnostics)],
    };
  }

  #stage(files: readonly (OutputFile | PackedFile)[], posts: readonly Post[], writer: FileWriter): string[] {
    for (const file of files) {
      this.#options.onDocument?.({ ...file, content: joinParts(file), posts });
      if (this.#options.write !== false) writer.stage(file);
    }
    return files.map(({ path }) => path);
  }
}

/** The parts of a document as text, for whoever looks at whole ones. */
function joinParts({ content }: OutputFile | PackedFile): OutputFile["content"] {
  return typeof content === "string" || content instanceof Uint8Array
    ? content
    : Buffer.concat(content).toString();
}

/** A list of posts has no line for a post without a title: a note goes by its first words. */
function nameNote({ post, content }: Entry): Post {
  return post.title === "" ? { ...post, title: firstWords(content.summary, 60) } : post;
}
