import type { Stamp } from "../files/stamp.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Post, PostContent } from "../model/post.ts";

/** A local file that a post names, and where it goes below the output folder when assets are copied. */
export interface Asset {
  readonly file: string;
  readonly path: string;
}

/** A local file whose facts an entry states, as it was when they were read. */
export interface Dependency {
  /** Absolute. */
  readonly file: string;
  /** Absent when it was not there. */
  readonly stamp?: Stamp;
}

/** A post ready for any document. */
export interface Entry {
  readonly post: Post;
  readonly content: PostContent;
  readonly assets: readonly Asset[];
  readonly dependencies: readonly Dependency[];
  /** What rendering found; reading's own findings are kept with the source. */
  readonly diagnostics: readonly Diagnostic[];
}
