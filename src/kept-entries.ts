// In come entries and the fragments made of them; out they come again while there is room for them in memory.
import type { Entry } from "./entries.ts";
import type { PostRow } from "./feeds/post-row.ts";
import type { PackedFragment } from "./model/plan.ts";

/** How much is kept, in characters of HTML and bytes of fragments; the least recently used leave first. */
const most = 16 << 20;

/** An entry with what was made of it. */
interface KeptEntry {
  readonly row: PostRow;
  readonly entry: Entry;
  readonly fragments: Map<string, PackedFragment>;
  /** Whether it was asked for again. */
  isShared: boolean;
  size: number;
}

/** Entries by the rows they were made for. */
export class KeptEntries {
  readonly #byRow = new Map<PostRow, KeptEntry>();
  // Not a WeakMap: what hangs in one survives until the whole heap is looked through.
  readonly #byEntry = new Map<Entry, KeptEntry>();
  #size = 0;

  get(row: PostRow): Entry | undefined {
    const kept = this.#byRow.get(row);
    if (kept === undefined) return undefined;
    this.#byRow.delete(row);
    this.#byRow.set(row, kept);
    kept.isShared = true;
    return kept.entry;
  }

  keep(row: PostRow, entry: Entry): void {
    const { length: size } = entry.content.html;
    const kept = { row, entry, fragments: new Map<string, PackedFragment>(), isShared: false, size };
    this.#byRow.set(row, kept);
    this.#byEntry.set(entry, kept);
    this.#size += size;
    for (const oldest of this.#byRow.values()) {
      if (this.#size <= most || oldest === kept) break;
      this.#drop(oldest);
    }
  }

  /** A fragment of an entry that is kept. */
  fragment(entry: Entry, key: string): PackedFragment | undefined {
    return this.#byEntry.get(entry)?.fragments.get(key);
  }

  /** Keeps a fragment as long as its entry. */
  keepFragment(entry: Entry, key: string, fragment: PackedFragment): void {
    const kept = this.#byEntry.get(entry);
    if (kept === undefined) return;
    kept.fragments.set(key, fragment);
    kept.size += fragment.bytes.length;
    this.#size += fragment.bytes.length;
  }

  /** Lets go of entries that were asked for once. */
  release(entries: Iterable<Entry>): void {
    for (const entry of entries) {
      const kept = this.#byEntry.get(entry);
      if (kept !== undefined && !kept.isShared) this.#drop(kept);
    }
  }

  #drop({ row, entry, size }: KeptEntry): void {
    this.#byRow.delete(row);
    this.#byEntry.delete(entry);
    this.#size -= size;
  }
}
