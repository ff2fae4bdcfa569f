// In comes what a caller wants of a build; out go the words for it, and for what the caller is told on the way.
import type { OutputFile } from "./model/plan.ts";
import type { Post } from "./model/post.ts";
import type { SourceOptions } from "./sources.ts";

export interface BuildOptions extends SourceOptions {
  /** Leave broken posts out instead of writing nothing. */
  readonly keepGoing?: boolean;
  /** Treat warnings as errors. */
  readonly strict?: boolean;
  /** Let a feed that had posts become empty. */
  readonly allowEmpty?: boolean;
  /** Take the ids that posts have now for those that readers know. */
  readonly allowIdChanges?: boolean;
  /** Work without `.feedwright/cache`. It changes the time a build takes, never a byte of output. */
  readonly cache?: false;
  /** Keep the last good version of a post that no longer reads, instead of taking it out. */
  readonly keepLast?: boolean;
  /** Leave it to the caller to call `Site.save`. */
  readonly saveLater?: boolean;
  readonly hold?: Hold;
  /** Called with every document that is made, in memory; with `write: false` nothing is written anywhere. */
  readonly onDocument?: (document: MadeDocument) => void;
  readonly write?: false;
}

/** How an update can tell that the folder was rewritten while it was read: what it saw then may be half of it. */
export interface Hold {
  /** Whether so many changes, or the deletion of a post, may come from that. */
  readonly concerns: (changes: number, gone: boolean) => boolean;
  /** Another text after each time; undefined while it is going on. Asked before anything is read, and until it is written. */
  readonly mark: () => string | undefined;
}

/** The posts folder is being rewritten (a checkout): the update waits. What it read is kept for the next one. */
export class FolderHeld extends Error {}

/** A document as it would be written, with the posts it shows in their order; none for one about the whole site. */
export interface MadeDocument extends OutputFile {
  readonly posts: readonly Post[];
}
