import { lstatSync } from "node:fs";
import { join } from "node:path";
import { hasFacts, isTorn } from "./file-facts.ts";
import { homePage } from "./foreign-files.ts";
import { LinkGuard } from "./link-guard.ts";
import type { FileFacts, Manifest } from "./manifest.ts";
import { findOwnFiles, hasMark, readBeginning } from "./own-files.ts";

/** Which files of an output folder are ours: those of the manifest that are as we left them, and those with our mark. */
export class Ownership {
  /** Our files before this update, by path. */
  readonly before: Readonly<Record<string, FileFacts>>;
  readonly #out: string;
  readonly #overwrite: boolean;
  readonly #links: LinkGuard;

  constructor(out: string, manifest: Manifest | undefined, overwrite: boolean) {
    this.#out = out;
    this.before = manifest?.files ?? findOwnFiles(out);
    this.#overwrite = overwrite;
    this.#links = new LinkGuard(out);
  }

  /** @throws Failure `output-unwritable` where a link leads away on the way to a file */
  checkWay(path: string): void {
    this.#links.check(path);
  }

  /**
   * Whether a file may be replaced by other bytes, which only a document has. What a power cut left of a document may: it is
   * the document's beginning.
   */
  mayReplace(path: string, bytes?: Uint8Array): boolean {
    if (this.#overwrite && path !== homePage) return true;
    const full = join(this.#out, path);
    const size = this.#sizeOf(full);
    if (size === undefined || size === 0) return true;
    if (bytes !== undefined && (hasMark(readBeginning(full)) || isTorn(full, bytes))) return true;
    const before = this.before[path];
    if (before === undefined || before.found) return false;
    return hasFacts(full, before) || (bytes !== undefined && isDamaged(full));
  }

  /** The size of what would be replaced, endless for a link; undefined where there is nothing, or no file. */
  #sizeOf(full: string): number | undefined {
    try {
      const stat = lstatSync(full);
      if (stat.isDirectory()) return undefined; // The write will say so.
      return stat.isFile() ? stat.size : Number.POSITIVE_INFINITY;
    } catch {
      return undefined;
    }
  }

  /** Whether a copy is there already though we did not make it. */
  isFound(path: string, facts: FileFacts): boolean {
    const before = this.before[path];
    return (before === undefined || before.found === true) && hasFacts(join(this.#out, path), facts);
  }

  /** Whether a file that is no longer made may go. One that somebody changed stays, unless it says that it is ours. */
  mayRemove(path: string): boolean {
    const before = this.before[path];
    if (before === undefined || before.found || this.#links.leadsAway(path)) return false;
    const full = join(this.#out, path);
    const size = this.#sizeOf(full);
    if (size === undefined || size === Number.POSITIVE_INFINITY) return false;
    return hasFacts(full, before) || hasMark(readBeginning(full));
  }
}

/** Whether what lies where a document of ours was is no document at all: no program made it to be there. */
function isDamaged(full: string): boolean {
  return /\.(?:xml|opml|html|json)$/.test(full) && !/^\s*[<{[]/.test(readBeginning(full));
}
