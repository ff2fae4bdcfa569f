// What other packages may import; docs/library.md shows how. Everything else may change at any time.

// Feeds from a program's own data:

export { atom1 } from "./formats/atom.ts";
export type { EntryItem, FeedHeadOptions } from "./formats/document.ts";
export { jsonFeed11 } from "./formats/json.ts";
export { rss2 } from "./formats/rss.ts";

// The configuration of a site:

export { type LoadOptions, loadConfig } from "./config/load-config.ts";
export { type Config, defineConfig, type UserConfig } from "./model/config.ts";
export type { ContentMode, Format } from "./model/format.ts";

// Building a site, once or with every change:

export { type BuildOptions, type BuildResult, build } from "./build.ts";
export type { Attachment, Author, Post } from "./model/post.ts";
export { type WatchEvent, type WatchOptions, watch } from "./watch/watch.ts";

// Checking documents and sites:

export {
  type CheckedDocument,
  type CheckOptions,
  checkDocument,
  type DocumentKind,
} from "./check/check-document.ts";
export { explainCode, findProblem, listProblems } from "./check/explain.ts";
export type { Checked, Finding } from "./check/report/finding.ts";
export { type CheckSiteOptions, checkSite } from "./check/site/check-site.ts";

// What can go wrong:

export type { Diagnostic, Severity } from "./model/diagnostic.ts";
export { Failure, type FailureCode } from "./model/failure.ts";
export type { Problem } from "./model/problem.ts";
