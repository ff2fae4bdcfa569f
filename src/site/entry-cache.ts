import type { PostRow } from "../feeds/post-row.ts";
import type { PackedFragment } from "../model/plan.ts";
import type { Entry } from "./entry.ts";

/** Capacity, in characters of HTML and bytes of fragments; the least recently used entries leave first. */
const capacity = 16 << 20;

/** An entry and its fragments. */
interface CachedEntry {
  readonly row: PostRow;
  readonly entry: Entry;
  readonly fragments: Map<string, PackedFragment>;
  /** Whether it was asked for more than once. */
  isShared: boolean;
  size: number;
}

/** Keeps rendered entries and their fragments in memory, by row, as long as there is room. */
export class EntryCache {
  readonly #byRow = new Map<PostRow, CachedEntry>();
  // Not a WeakMap: its values survive until the whole heap is collected.
  readonly #byEntry = new Map<Entry, CachedEntry>();
  /** How often rows will still be asked for. */
  readonly #expected = new Map<PostRow, number>();
  /** Entries that are not expected to be asked for again. */
  readonly #spent = new Set<CachedEntry>();
  #size = 0;

  /** Announces what will be asked for, each row as often as it will be: other entries leave first. */
  expect(rows: Iterable<PostRow>): void {
    this.#expected.clear();
    for (const row of rows) this.#expected.set(row, (this.#expected.get(row) ?? 0) + 1);
  }

  has(row: PostRow): boolean {
    return this.#byRow.has(row);
  }

  get(row: PostRow): Entry | undefined {
    const cached = this.#byRow.get(row);
    if (cached === undefined) return undefined;
    this.#byRow.delete(row);
    this.#byRow.set(row, cached);
    cached.isShared = true;
    this.#countUse(cached);
    return cached.entry;
  }

  set(row: PostRow, entry: Entry): void {
    const { length: size } = entry.content.html;
    const cached = { row, entry, fragments: new Map<string, PackedFragment>(), isShared: false, size };
    this.#byRow.set(row, cached);
    this.#byEntry.set(entry, cached);
    this.#size += size;
    this.#countUse(cached);
    this.#makeRoom(cached);
  }

  /** A fragment of an entry that is in the cache. */
  fragment(entry: Entry, key: string): PackedFragment | undefined {
    return this.#byEntry.get(entry)?.fragments.get(key);
  }

  /** Adds a fragment, which leaves with its entry. */
  setFragment(entry: Entry, key: string, fragment: PackedFragment): void {
    const cached = this.#byEntry.get(entry);
    if (cached === undefined) return;
    cached.fragments.set(key, fragment);
    cached.size += fragment.bytes.length;
    this.#size += fragment.bytes.length;
  }

  /** Drops entries that were asked for only once. */
  release(entries: Iterable<Entry>): void {
    for (const entry of entries) {
      const cached = this.#byEntry.get(entry);
      if (cached !== undefined && !cached.isShared) this.#drop(cached);
    }
  }

  #countUse(cached: CachedEntry): void {
    const left = (this.#expected.get(cached.row) ?? 0) - 1;
    this.#spent.delete(cached);
    if (left > 0) this.#expected.set(cached.row, left);
    else {
      this.#expected.delete(cached.row);
      this.#spent.add(cached);
    }
  }

  #makeRoom(newest: CachedEntry): void {
    for (const all of [this.#spent, this.#byRow.values()])
      for (const oldest of all) {
        if (this.#size <= capacity) return;
        if (oldest !== newest) this.#drop(oldest);
      }
  }

  #drop(cached: CachedEntry): void {
    this.#byRow.delete(cached.row);
    this.#byEntry.delete(cached.entry);
    this.#spent.delete(cached);
    this.#size -= cached.size;
  }
}
