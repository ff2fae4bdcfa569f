// In come the entries of a feed, or the facts of a site; out go its documents, staged beside those that they will replace.

import { join, relative } from "node:path";
import type { FeedCatalog } from "../feeds/feed-catalog.ts";
import type { FeedLocation } from "../feeds/feed-name.ts";
import { settingsOf } from "../feeds/feed-settings.ts";
import { type Fate, fitEntries } from "../feeds/fit-entries.ts";
import { newsFeed } from "../feeds/memberships.ts";
import { planFeed } from "../feeds/plan-feed.ts";
import type { PostRow } from "../feeds/post-row.ts";
import { judgeFeed, judgePost } from "../feeds/profiles/judge.ts";
import { packFeed } from "../formats/serialize.ts";
import { hintAtNews } from "../formats/site/news-hints.ts";
import { makeNewsSitemap } from "../formats/site/news-sitemap.ts";
import { type FeedHead, makeSiteDocuments } from "../formats/site/site-documents.ts";
import { firstWords } from "../formats/text.ts";
import { diagnose } from "../model/codes.ts";
import type { Config, ProfileName } from "../model/config.ts";
import type { Diagnostic, Position } from "../model/diagnostic.ts";
import type { Format } from "../model/format.ts";
import {
  type FeedPlan,
  type OutputFile,
  type PackedFile,
  type PackedFragment,
  variantOf,
} from "../model/plan.ts";
import type { Post } from "../model/post.ts";
import type { FileWriter } from "../output/write-files.ts";
import { displayPath } from "../posts/folder/posts-folder.ts";
import type { EntryStore } from "./entries.ts";
import type { Entry } from "./entry.ts";
import type { BuildOptions } from "./options.ts";
import type { SiteParts } from "./site-cache.ts";

/** What was staged: paths below the output folder, and what making it found. */
export interface Staged {
  readonly paths: readonly string[];
  readonly found: readonly Diagnostic[];
}

/** Makes documents and hands them to a writer, or, in a dry run, to whoever listens alone. */
export class DocumentMaker {
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
        file: displayPath(file, this.#config),
        ...(row && { at: store.locate(row, [field]) }),
      };
    });
    return { paths: this.#stage(makeNewsSitemap(posts, this.#config, now), posts, writer), found };
  }

  #feedAt(place: FeedLocation, entries: readonly Entry[], writer: FileWriter): Staged {
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

/** Bytes that may stand between two entries of a document. */
const between = 2;

/** A feed's documents, in the formats of its plan. */
export function makeDocuments(
  plan: FeedPlan,
  entries: readonly Entry[],
  store: EntryStore,
  config: Config,
): { file: PackedFile; diagnostics: Diagnostic[] }[] {
  const variant = variantOf(plan);
  const parts = plan.formats.map((): PackedFragment[] => []);
  // Entry by entry and not format by format: what two formats have in common is then made once.
  for (const entry of entries)
    for (const [i, format] of plan.formats.entries()) parts[i]?.push(store.fragment(entry, format, variant));
  const made = plan.formats.map((format, i) =>
    makeDocument(plan, format, entries, parts[i] ?? [], store, config),
  );
  if (plan.history?.current !== undefined) store.release(entries);
  return made;
}

/** A feed's document in one format. Entries that it has no room for are left out or shortened, and a hint says so. */
function makeDocument(
  plan: FeedPlan,
  format: Format,
  entries: readonly Entry[],
  parts: readonly PackedFragment[],
  store: EntryStore,
  config: Config,
): { file: PackedFile; diagnostics: Diagnostic[] } {
  const variant = variantOf(plan);
  const summary = { ...variant, content: "summary" } as const;
  const whole = packFeed(plan, format, parts, config);
  const limit = plan.maxBytes;
  if (limit === undefined) return { file: whole, diagnostics: [] };
  const bytes = whole.content.reduce((sum, { length }) => sum + length, 0);
  if (bytes <= limit.bytes) return { file: whole, diagnostics: [] };
  const sizes = entries.map((entry, i) => ({
    full: (parts[i]?.bytes.length ?? 0) + between,
    summary: store.fragment(entry, format, summary).bytes.length + between,
  }));
  const head = bytes - sizes.reduce((sum, { full }) => sum + full, 0);
  const fates = fitEntries(sizes, head, limit);
  const kept = entries.slice(0, fates.filter((fate) => fate !== "drop").length);
  const fragments = kept.map((entry, i) =>
    store.fragment(entry, format, fates[i] === "summary" ? summary : variant),
  );
  const posts = kept.map(({ post }) => post);
  const file = packFeed({ ...plan, posts }, format, fragments, config);
  return { file, diagnostics: [describeFates(file.path, bytes, limit.bytes, fates, config)] };
}

function describeFates(
  path: string,
  bytes: number,
  most: number,
  fates: readonly Fate[],
  config: Config,
): Diagnostic {
  const count = (fate: Fate) => fates.filter((one) => one === fate).length;
  const [dropped, shortened] = [count("drop"), count("summary")];
  const done = [
    ...(dropped > 0 ? [`left out at its end: ${dropped}`] : []),
    ...(shortened > 0 ? [`turned to summaries: ${shortened}`] : []),
  ];
  const document = relative(config.root, join(config.out, path)).replaceAll("\\", "/");
  return diagnose(
    "feed/over-limit",
    document,
    `This document would have ${bytes} bytes, and ${most} are allowed. Of its ${fates.length} entries ${done.join("; ")}.`,
    { hint: "Raise `feeds.maxBytes`, lower the feed's `limit`, or let it carry summaries." },
  );
}

/**
 * Why a post stays out of a feed that keeps a consumer's rules; nothing where it may be in.
 * @param locate says where the first of some fields stands in the post's file
 */
export function findRejection(
  { post, content }: Entry,
  feed: string,
  profile: ProfileName,
  config: Config,
  locate: (fields: readonly string[]) => Position,
): Diagnostic | undefined {
  const found = judgePost(post, content, profile, config);
  if (found === undefined) return undefined;
  const file = displayPath(post.file, config);
  return diagnose("feed/rejected", file, `Left out of the feed ${feed} by ${found.rule}: ${found.message}`, {
    at: locate(found.fields),
    hint: found.hint,
  });
}

/** What the consumer would say of the feed itself. */
export function findFeedFaults(plan: FeedPlan, profile: ProfileName, config: Config): Diagnostic[] {
  const folder = relative(config.root, join(config.out, plan.folder)).replaceAll("\\", "/");
  return judgeFeed(plan, profile, config).map(({ rule, message, hint }) =>
    diagnose("feed/profile", folder, `${rule}: ${message}`, { hint }),
  );
}
