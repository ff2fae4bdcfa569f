import type { PostIndex } from "../feeds/index/post-index.ts";
import type { PostRow } from "../feeds/post-row.ts";
import { linkNamesOf, type PostFinder } from "../posts/post-finder.ts";

/**
 * Tells about other posts what links to them need. A post that is left out is known all the same: whether it comes before
 * or after the post that links to it must make no difference.
 */
export class KnownPosts implements PostFinder {
  /** Posts left out for a problem that may lie elsewhere (a missing picture, another post's id): tried again each time. */
  readonly leftOut = new Map<string, PostRow>();
  readonly #index: PostIndex;
  /** Files by name; undefined until somebody asks. */
  #names: Map<string, Set<string>> | undefined;

  constructor(index: PostIndex) {
    this.#index = index;
  }

  urlOf(file: string): string {
    const row = this.leftOut.get(file) ?? this.#index.get(file);
    return row === undefined || isSecret(row) ? "" : row.url;
  }

  filesNamed(name: string): string {
    this.#names ??= this.#collectNames();
    return [...(this.#names.get(name) ?? [])].sort().join("\n");
  }

  /** The posts changed. */
  forgetNames(): void {
    this.#names = undefined;
  }

  #collectNames(): Map<string, Set<string>> {
    const names = new Map<string, Set<string>>();
    for (const rows of [this.#index.rows(), this.leftOut.values()])
      for (const row of rows) {
        if (isSecret(row)) continue;
        for (const name of linkNamesOf(row.file))
          names.set(name, (names.get(name) ?? new Set()).add(row.file));
      }
    return names;
  }
}

/** Nobody is to learn the address of a draft. */
function isSecret({ hidden }: PostRow): boolean {
  return hidden === "draft" || hidden === "private";
}
