import { join, relative } from "node:path";
import type { FeedLocation } from "../feeds/feed-name.ts";
import { settingsOf } from "../feeds/feed-settings.ts";
import { type Fate, fitEntries } from "../feeds/fit-entries.ts";
import { newsFeed } from "../feeds/memberships.ts";
import { planFeed } from "../feeds/plan-feed.ts";
import { siteFeed } from "../feeds/post-row.ts";
import { judgeFeed } from "../feeds/profiles/judge.ts";
import { packFeed } from "../formats/serialize.ts";
import { hintAtNews } from "../formats/site/news-hints.ts";
import { makeNewsSitemap } from "../formats/site/news-sitemap.ts";
import { makeSiteDocuments } from "../formats/site/site-documents.ts";
import { firstWords } from "../formats/text.ts";
import type { Config, ProfileName } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Format } from "../model/format.ts";
import {
  type FeedPlan,
  type OutputFile,
  type PackedFile,
  type PackedFragment,
  variantOf,
} from "../model/plan.ts";
import type { Post } from "../model/post.ts";
import { defineProblem, diagnose } from "../model/problem.ts";
import { displayPath } from "../posts/folder/posts-folder.ts";
import type { CachedFacts } from "./cache-schema.ts";
import type { Asset, Entry } from "./entry.ts";
import { planHeads } from "./list-feeds.ts";
import type { SiteState } from "./state.ts";

const overLimit = defineProblem("feed/over-limit", {
  severity: "hint",
  title: "A document larger than feeds.maxBytes",
  why: "Entries at its end are left out or shortened, so that it stays within the limit.",
  fix: "Raise `feeds.maxBytes`, lower the feed's `limit`, or let it carry summaries.",
});

const againstProfile = defineProblem("feed/profile", {
  severity: "warning",
  title: "A feed that its consumer would not take",
  why: "The consumer that the feed's profile names has rules for feeds, and this one breaks one of them.",
  fix: "Do what the message says; it names the consumer's own rule.",
});

/** What a feed, or the site as a whole, consists of. */
export interface SiteFiles {
  readonly documents: readonly (OutputFile | PackedFile)[];
  /** Files that posts name, to be copied. */
  readonly assets: readonly Asset[];
  /** The posts that the documents show, in order; empty for documents about the whole site. */
  readonly posts: readonly Post[];
}

const nothing: SiteFiles = { documents: [], assets: [], posts: [] };

/** Stands for the documents about the whole site beside the keys of feeds. */
const wholeSite = "\u0000site";

/** Makes documents out of entries, and knows which files each feed consists of. */
export class DocumentMaker {
  readonly #state: SiteState;
  /** Paths below the output folder, by feed. */
  readonly #paths = new Map<string, readonly string[]>();
  /** The feeds that the documents about the whole site list, as JSON. */
  #listed = "";

  constructor(state: SiteState) {
    this.#state = state;
  }

  /** The files of all feeds, and of the site as a whole. */
  paths(): Set<string> {
    return new Set([...this.#paths.values()].flat());
  }

  /** For the cache. */
  facts(): Pick<CachedFacts, "documents" | "listed"> {
    return { documents: [...this.#paths], listed: this.#listed };
  }

  /** Takes over what an earlier process made. Feeds with a document in `touched` are stale. */
  restore(
    { documents, listed }: Pick<CachedFacts, "documents" | "listed">,
    touched: ReadonlySet<string>,
  ): void {
    for (const [key, paths] of documents) this.#paths.set(key, paths);
    this.touch(touched);
    this.#listed = listed;
  }

  /** Documents that somebody else changed or removed have to be made again. */
  touch(touched: ReadonlySet<string>): void {
    if (touched.size === 0) return;
    for (const [key, paths] of this.#paths) {
      if (!paths.some((path) => touched.has(path))) continue;
      if (key === wholeSite) this.forgetSite();
      else this.#state.stale.add(key);
    }
  }

  /** The documents about the whole site have to be made again. */
  forgetSite(): void {
    this.#paths.delete(wholeSite);
  }

  /** Makes a feed's documents; nothing for a feed that is gone. `now` in milliseconds since the epoch. */
  ofFeed(key: string, entries: readonly Entry[], now: number): SiteFiles {
    const location = this.#state.catalog.get(key);
    const files =
      key === newsFeed.key
        ? this.#makeNews(entries, now)
        : location === undefined
          ? nothing
          : this.#makeFeed(location, entries);
    const paths = [...files.documents, ...files.assets].map(({ path }) => path);
    if (paths.length > 0) this.#paths.set(key, paths);
    else this.#paths.delete(key);
    return files;
  }

  /**
   * Makes the documents about the site as a whole; nothing where they would be the same. `now` in milliseconds since the
   * epoch; `getNewest` gives the entries of the site's feed.
   */
  async ofSite(getNewest: () => Promise<readonly Entry[] | undefined>, now: number): Promise<SiteFiles> {
    const { index, catalog, config, stale } = this.#state;
    const plans = planHeads(catalog, index, config);
    const listed = JSON.stringify(plans.map(({ key, title }) => [key, title]));
    const isSame = listed === this.#listed && !stale.wasTaken(siteFeed.key) && !config.sitemap;
    this.#listed = listed;
    if (isSame && this.#paths.has(wholeSite)) return nothing;
    const newest = ((await getNewest()) ?? []).map(nameNote);
    const published = config.sitemap ? [...index.rows()].filter((row) => index.isShown(row)) : [];
    const documents = makeSiteDocuments({ config, plans, newest, published, now });
    this.#paths.set(
      wholeSite,
      documents.map(({ path }) => path),
    );
    return { ...nothing, documents };
  }

  #makeNews(entries: readonly Entry[], now: number): SiteFiles {
    const { index, entries: store, config, diagnostics } = this.#state;
    const posts = entries.map(({ post }) => post);
    const candidates = entries.map(({ post, content: { image } }) => ({ post, ...(image && { image }) }));
    const found = hintAtNews(candidates, config, now, ({ file }: Post, field: string) => {
      const row = index.get(file);
      return { file: displayPath(file, config), ...(row && { at: store.locate(row, [field]) }) };
    });
    diagnostics.setAbout(`${newsFeed.key} documents`, found);
    return { documents: makeNewsSitemap(posts, config, now), assets: [], posts };
  }

  #makeFeed(location: FeedLocation, entries: readonly Entry[]): SiteFiles {
    const { index, config, diagnostics } = this.#state;
    const { key } = location.name;
    const posts = entries.map(({ post }) => post);
    const spelled = entries.length > 0 ? index.window(key)?.name.name : undefined;
    const deleted = index.retracted(key);
    const plan = { ...planFeed(location, posts, config, spelled), ...(deleted.length > 0 && { deleted }) };
    const made = this.#makeDocuments(plan, entries);
    const { profile } = settingsOf(location.name, config);
    const problems = profile ? reviewByProfile(plan, profile, config) : [];
    diagnostics.setAbout(`${key} documents`, [...problems, ...made.flatMap(({ found }) => found)]);
    return {
      documents: made.map(({ file }) => file),
      assets: config.assets.copy ? entries.flatMap(({ assets }) => assets) : [],
      posts,
    };
  }

  /** A feed's documents, in the formats of its plan. */
  #makeDocuments(plan: FeedPlan, entries: readonly Entry[]): { file: PackedFile; found: Diagnostic[] }[] {
    const { entries: store } = this.#state;
    const variant = variantOf(plan);
    const parts = plan.formats.map((): PackedFragment[] => []);
    // Entry by entry and not format by format: what two formats have in common is then made once.
    for (const entry of entries)
      for (const [i, format] of plan.formats.entries())
        parts[i]?.push(store.fragment(entry, format, variant));
    const made = plan.formats.map((format, i) => this.#makeDocument(plan, format, entries, parts[i] ?? []));
    if (plan.history?.current !== undefined) store.release(entries);
    return made;
  }

  /** A feed's document in one format. Entries that it has no room for are left out or shortened, and a hint says so. */
  #makeDocument(
    plan: FeedPlan,
    format: Format,
    entries: readonly Entry[],
    parts: readonly PackedFragment[],
  ): { file: PackedFile; found: Diagnostic[] } {
    const { config, entries: store } = this.#state;
    const whole = packFeed(plan, format, parts, config);
    const limit = plan.maxBytes;
    if (limit === undefined) return { file: whole, found: [] };
    const bytes = whole.content.reduce((sum, { length }) => sum + length, 0);
    if (bytes <= limit.bytes) return { file: whole, found: [] };
    const variant = variantOf(plan);
    const summary = { ...variant, content: "summary" } as const;
    const sizes = entries.map((entry, i) => ({
      full: (parts[i]?.bytes.length ?? 0) + separatorBytes,
      summary: store.fragment(entry, format, summary).bytes.length + separatorBytes,
    }));
    const head = bytes - sizes.reduce((sum, { full }) => sum + full, 0);
    const fates = fitEntries(sizes, head, limit);
    const shown = entries.slice(0, fates.filter((fate) => fate !== "drop").length);
    const fragments = shown.map((entry, i) =>
      store.fragment(entry, format, fates[i] === "summary" ? summary : variant),
    );
    const file = packFeed({ ...plan, posts: shown.map(({ post }) => post) }, format, fragments, config);
    return { file, found: [describeFates(file.path, bytes, limit.bytes, fates, config)] };
  }
}

/** Most bytes between two entries of a document. */
const separatorBytes = 2;

/** Lists of posts name a note without a title by its first words. */
function nameNote({ post, content }: Entry): Post {
  return post.title === "" ? { ...post, title: firstWords(content.summary, 60) } : post;
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
  return diagnose(
    overLimit,
    nameOutput(path, config),
    `This document would have ${bytes} bytes, and ${most} are allowed. Of its ${fates.length} entries ${done.join("; ")}.`,
  );
}

/** What the consumer would say about the feed itself. */
function reviewByProfile(plan: FeedPlan, profile: ProfileName, config: Config): Diagnostic[] {
  return judgeFeed(plan, profile, config).map(({ rule, message, hint }) =>
    diagnose(againstProfile, nameOutput(plan.folder, config), `${rule}: ${message}`, { hint }),
  );
}

/** A path below the output folder, as seen from the project. */
function nameOutput(path: string, config: Config): string {
  return relative(config.root, join(config.out, path)).replaceAll("\\", "/");
}
