import type { Stamp } from "../files/stamp.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Post, PostContent } from "../model/post.ts";
import type { Asset } from "../posts/media/local-files.ts";
import type { PostLookup } from "../posts/post-finder.ts";

export type { Asset } from "../posts/media/local-files.ts";

/** A local file whose facts are in an entry, with its stamp from when they were read. */
export interface Dependency {
  /** Absolute. */
  readonly file: string;
  /** Absent when there was no such file. */
  readonly stamp?: Stamp;
}

/** A rendered post, ready for any document. */
export interface Entry {
  readonly post: Post;
  readonly content: PostContent;
  readonly assets: readonly Asset[];
  readonly dependencies: readonly Dependency[];
  /** What it was told about other posts. */
  readonly lookups: readonly PostLookup[];
  /** What rendering found; what reading found is in the file's {@link FileState}. */
  readonly diagnostics: readonly Diagnostic[];
}
