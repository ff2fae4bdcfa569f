import { FeedCatalog } from "../feeds/feed-catalog.ts";
import { PostIndex } from "../feeds/index/post-index.ts";
import { fixedFeeds } from "../feeds/memberships.ts";
import type { FileReader } from "../files/file-reader.ts";
import type { FileTable } from "../files/file-table.ts";
import type { Config } from "../model/config.ts";
import { EntryStore } from "./entry-store.ts";
import { FolderScanner } from "./folder-scanner.ts";
import { KnownPosts } from "./known-posts.ts";
import type { BuildOptions } from "./options.ts";
import { PublishedEntries } from "./published-entries.ts";
import { SiteDiagnostics } from "./site-diagnostics.ts";
import { StaleFeeds } from "./stale-feeds.ts";

/** Everything that is known about one site, from update to update. Each stage of an update takes it whole. */
export interface SiteState {
  readonly config: Config;
  readonly options: BuildOptions;
  /** What is known about every file of the posts folder. */
  readonly files: FileTable;
  readonly scanner: FolderScanner;
  /** Which post is in which feed, in order. */
  readonly index: PostIndex;
  /** What links to posts are told, and the posts that are left out. */
  readonly posts: KnownPosts;
  /** Which feeds have documents, and where. */
  readonly catalog: FeedCatalog;
  /** Rendered posts. */
  readonly entries: EntryStore;
  readonly diagnostics: SiteDiagnostics;
  /** What subscribers have. */
  readonly published: PublishedEntries;
  /** Feeds whose documents are out of date. */
  readonly stale: StaleFeeds;
}

/** What exists before the first update needs a {@link SiteState}. */
export interface SiteInput {
  readonly config: Config;
  readonly options: BuildOptions;
  readonly files: FileTable;
  readonly reader: FileReader;
}

/** @param history is the {@link FolderScanner.history} that the known files were read with */
export function createSiteState({ config, options, files, reader }: SiteInput, history?: string): SiteState {
  const index = new PostIndex(config, fixedFeeds(config));
  const posts = new KnownPosts(index);
  const scanner = new FolderScanner(config, options, { files, reader, history });
  return {
    config,
    options,
    files,
    scanner,
    index,
    posts,
    catalog: new FeedCatalog(config),
    entries: new EntryStore(config, scanner, posts),
    diagnostics: new SiteDiagnostics(),
    published: new PublishedEntries(config),
    stale: new StaleFeeds(),
  };
}
