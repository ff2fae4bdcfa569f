// In come entries and the fragments made of them; out they come again while there is room for them in memory.

import type { PostRow } from "../feeds/post-row.ts";
import type { PackedFragment } from "../model/plan.ts";
import type { Entry } from "./entry.ts";

/** How much is kept, in characters of HTML and bytes of fragments; the least recently used leave first. */
const most = 16 << 20;

/** An entry with what was made of it. */
interface CachedEntry {
  readonly row: PostRow;
  readonly entry: Entry;
  readonly fragments: Map<string, PackedFragment>;
  /** Whether it was asked for again. */
  isShared: boolean;
  size: number;
}

/** Entries by the rows they were made for. */
export class EntryCache {
  readonly #byRow = new Map<PostRow, CachedEntry>();
  // Not a WeakMap: what hangs in one survives until the whole heap is looked through.
  readonly #byEntry = new Map<Entry, CachedEntry>();
  /** How often rows will be asked for, those that will. */
  readonly #expected = new Map<PostRow, number>();
  /** Entries that nobody is known to ask for again. */
  readonly #spent = new Set<CachedEntry>();
  #size = 0;

  /** Says what will be asked for, each row as often as it will be: what is not leaves before what is. */
  expect(rows: Iterable<PostRow>): void {
    this.#expected.clear();
    for (const row of rows) this.#expected.set(row, (this.#expected.get(row) ?? 0) + 1);
  }

  has(row: PostRow): boolean {
    return this.#byRow.has(row);
  }

  get(row: PostRow): Entry | undefined {
    const kept = this.#byRow.get(row);
    if (kept === undefined) return undefined;
    this.#byRow.delete(row);
    this.#byRow.set(row, kept);
    kept.isShared = true;
    this.#countUse(kept);
    return kept.entry;
  }

  keep(row: PostRow, entry: Entry): void {
    const { length: size } = entry.content.html;
    const kept = { row, entry, fragments: new Map<string, PackedFragment>(), isShared: false, size };
    this.#byRow.set(row, kept);
    this.#byEntry.set(entry, kept);
    this.#size += size;
    this.#countUse(kept);
    this.#makeRoom(kept);
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

  #countUse(kept: CachedEntry): void {
    const left = (this.#expected.get(kept.row) ?? 0) - 1;
    this.#spent.delete(kept);
    if (left > 0) this.#expected.set(kept.row, left);
    else {
      this.#expected.delete(kept.row);
      this.#spent.add(kept);
    }
  }

  #makeRoom(newest: CachedEntry): void {
    for (const all of [this.#spent, this.#byRow.values()])
      for (const oldest of all) {
        if (this.#size <= most) return;
        if (oldest !== newest) this.#drop(oldest);
      }
  }

  #drop(kept: CachedEntry): void {
    this.#byRow.delete(kept.row);
    this.#byEntry.delete(kept.entry);
    this.#spent.delete(kept);
    this.#size -= kept.size;
  }
}
