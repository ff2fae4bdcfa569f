import { existsSync, lstatSync, realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { Failure } from "../model/failure.ts";

/** Finds symbolic links to folders below the output folder: what lies behind them is somebody else's. */
export class LinkGuard {
  readonly #out: string;
  /** Links that lead out of the output folder, by folder; undefined for folders without one. */
  readonly #links = new Map<string, string | undefined>();

  constructor(out: string) {
    this.#out = out;
  }

  /** @throws Failure `output-unwritable` where a link leads away on the way to a file */
  check(path: string): void {
    const link = this.#find(dirname(path));
    if (link === undefined) return;
    throw new Failure(
      "output-unwritable",
      `Cannot write ${join(this.#out, path)}: ${join(this.#out, link)} is a symbolic link that leads out of the output folder.`,
      {
        hint: "Nothing was written. Replace the link by a folder, or let `out` be the folder that it leads to.",
      },
    );
  }

  leadsAway(path: string): boolean {
    return this.#find(dirname(path)) !== undefined;
  }

  #find(folder: string): string | undefined {
    if (folder === "." || folder === "") return undefined;
    if (this.#links.has(folder)) return this.#links.get(folder);
    const link = this.#find(dirname(folder)) ?? (this.#isLinkAway(folder) ? folder : undefined);
    this.#links.set(folder, link);
    return link;
  }

  #isLinkAway(folder: string): boolean {
    const full = join(this.#out, folder);
    if (lstatSync(full, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return false;
    try {
      return !realpathSync(full).startsWith(realpathSync(this.#out) + sep);
    } catch {
      return true;
    }
  }
}

/** Refuses an output folder that a symbolic link makes the posts folder, or a folder in it. @throws Failure `output-unwritable` */
export function refusePosts(out: string, posts: string): void {
  if (isIn(out, posts) || !existsSync(posts) || !isIn(realpathSync(out), realpathSync(posts))) return;
  throw new Failure(
    "output-unwritable",
    `Cannot write to ${out}: it is a symbolic link into the posts folder, ${posts}.`,
    {
      hint: 'Nothing was written. Set `out` to a folder apart from the posts, such as "dist".',
    },
  );
}

function isIn(folder: string, parent: string): boolean {
  return `${folder}${sep}`.startsWith(`${parent}${sep}`);
}
