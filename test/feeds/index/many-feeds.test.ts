import fc from "fast-check";
import { expect, test } from "vitest";
import { CachedPosts } from "../../../src/cache/cached-posts.ts";
import { ColumnWriter } from "../../../src/cache/column-writer.ts";
import { FeedCatalog } from "../../../src/feeds/feed-catalog.ts";
import type { CachedRows } from "../../../src/feeds/index/placement.ts";
import { placeRows } from "../../../src/feeds/index/placement.ts";
import { type FeedWindow, PostIndex, type RowChange } from "../../../src/feeds/index/post-index.ts";
import { makeRow } from "../../../src/feeds/make-row.ts";
import { fixedFeeds } from "../../../src/feeds/memberships.ts";
import type { PostRow } from "../../../src/feeds/post-row.ts";
import { CachedFiles } from "../../../src/files/cached-files.ts";
import type { Post } from "../../../src/model/post.ts";
import { FirstScanBuilder } from "../../../src/site/first-scan.ts";
import { knownSource, makeFeedsConfig, namePost } from "../feed-posts.ts";

const day = 86_400_000;
const config = makeFeedsConfig(
  {
    limit: 4,
    tags: { min: 2, limit: 3 },
    authors: true,
    sections: true,
    languages: true,
    archives: "month",
    custom: [
      { name: "recent", where: { since: "10d", not: { tag: "x" } } },
      {
        name: "old",
        where: { any: [{ until: "20d" }, { all: [{ since: "3d" }, { tag: "y" }] }] },
        order: "oldest",
        limit: 2,
      },
      { name: "msn", profile: "msn", limit: 1 },
      { name: "new-or-x", where: { any: [{ tag: "x" }, { since: "10d" }] } },
    ],
  },
  { news: { publication: "Site" } },
);

const entries = { rows: new Uint32Array(), offset: new Float64Array(), length: new Float64Array() };

const files = ["a.md", "b.en.md", "b.id.md", "b.md", "c.md", "d.md", "e.en.md", "e.id.md"];
const instant = fc.integer({ min: 0, max: 80 }).map((half) => Date.UTC(2026, 0, 1) + half * (day / 2));
const post = fc
  .record({
    file: fc.constantFrom(...files),
    date: instant,
    expires: fc.option(instant, { nil: undefined, freq: 4 }),
    draft: fc.constantFrom(false, false, false, true),
    visibility: fc.constantFrom("public" as const, "public" as const, "unlisted" as const),
    tags: fc.subarray(["x", "X", "y", "z"]),
    section: fc.option(fc.constantFrom("one", "two"), { nil: undefined }),
    author: fc.constantFrom("Ann", "ann", "Bo"),
  })
  .map(({ author, expires, section, file, ...rest }): Post => {
    const language = file.includes(".id.") ? "id" : "en";
    return namePost(file, {
      ...rest,
      language,
      authors: [{ name: author }],
      ...(expires !== undefined && { expires }),
      ...(section !== undefined && { section }),
    });
  });
const step = fc.record({
  now: instant,
  restart: fc.constantFrom("no", "no", "whole", "with changes"),
  changes: fc.uniqueArray(
    fc.oneof(
      { weight: 4, arbitrary: post },
      fc.constantFrom(...files).map((file) => ({ file, gone: true as const })),
    ),
    { selector: ({ file }) => file, maxLength: 5 },
  ),
});

/** A window as values: rows of two indexes are never the same objects. */
function show({ name, rows }: FeedWindow): unknown {
  return [name.key, name.name, rows.map(({ file, date, translations }) => [file, date, translations ?? []])];
}

function freshIndex(rows: Iterable<PostRow>, now: number): PostIndex {
  const index = new PostIndex(config, fixedFeeds(config));
  index.apply(
    [...rows].map((row) => ({ file: row.file, row })),
    now,
  );
  return index;
}

/** What the next process is given of an index, as the cache has it; the rows are other objects. */
function keep(index: PostIndex, now: number): CachedRows {
  const writer = new ColumnWriter(index.size);
  for (const row of sortRows(index.rows())) expect(writer.add(row, knownSource)).toBe(true);
  const { names, files: columnsOfFiles, rows } = writer.finish();
  const columns = structuredClone({ ...rows, ...placeRows(rows, now), entries });
  const kept: CachedPosts = new CachedPosts(columns, new CachedFiles(columnsOfFiles, () => kept, names));
  return kept;
}

/** An index into which all rows were taken at once, as a cold build does. */
function bulkIndex(rows: Iterable<PostRow>, now: number): PostIndex {
  const builder = new FirstScanBuilder(files.length);
  for (const row of sortRows(rows)) expect(builder.add(row, knownSource)).toBe(true);
  const { posts, duplicates } = builder.finish(now);
  const index = new PostIndex(config, fixedFeeds(config));
  index.restore(posts, [], now);
  index.apply(
    duplicates.map((row) => ({ file: row.file, row: { ...row } })),
    now,
  );
  return index;
}

function sortRows(rows: Iterable<PostRow>): PostRow[] {
  return [...rows].sort((a, b) => (a.file < b.file ? -1 : 1));
}

function restoreIndex(kept: CachedRows, changes: readonly RowChange[], now: number): PostIndex {
  const index = new PostIndex(config, fixedFeeds(config));
  index.restore(kept, changes, now);
  return index;
}

function filled(index: PostIndex): unknown[] {
  return index
    .windows()
    .filter(({ rows }) => rows.length > 0)
    .map(show);
}

test("after any changes and restarts every window, place and translation is that of a fresh index", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      let index = new PostIndex(config, fixedFeeds(config));
      let catalog = new FeedCatalog(config);
      const rows = new Map<string, PostRow>();
      let kept: CachedRows | undefined;
      let last = 0;
      for (const { now, changes, restart } of steps) {
        if (restart !== "no") {
          if (kept === undefined || restart === "whole") {
            kept = keep(index, last);
            index.markSaved();
          }
          const since = [...index.unsaved].map((file): RowChange => {
            const row = index.get(file);
            return row === undefined ? { file } : { file, row };
          });
          index = restoreIndex(kept, since, last);
          catalog = new FeedCatalog(config);
          // One that is kept again goes on from what has changed since the first.
          const { unsaved } = index;
          for (const { file, row } of since)
            if (row !== undefined || kept.find(file) >= 0) expect(unsaved).toContain(file);
        }
        last = now;
        const before = new Map(index.windows().map((window) => [window.name.key, show(window)]));
        const batch = changes.map((change): RowChange => {
          if ("gone" in change) {
            rows.delete(change.file);
            return { file: change.file };
          }
          const row = makeRow(change, config);
          rows.set(row.file, row);
          return { file: row.file, row };
        });
        const touched = new Set(index.apply(batch, now).map(({ name }) => name.key));
        const fresh = freshIndex(rows.values(), now);
        expect(filled(index)).toEqual(filled(fresh));
        const bulk = bulkIndex(rows.values(), now);
        expect(filled(bulk)).toEqual(filled(fresh));
        expect(bulk.nextDue()).toBe(fresh.nextDue());
        expect(bulk.duplicates()).toEqual(fresh.duplicates());
        for (const window of index.windows()) {
          const same = JSON.stringify(before.get(window.name.key)) === JSON.stringify(show(window));
          if (!same && (window.rows.length > 0 || before.has(window.name.key)))
            expect([...touched]).toContain(window.name.key);
        }
        catalog.settle(index);
        const freshCatalog = new FeedCatalog(config);
        freshCatalog.settle(fresh);
        expect(catalog.locations().map(({ folder, history }) => ({ folder, history }))).toEqual(
          freshCatalog.locations().map(({ folder, history }) => ({ folder, history })),
        );
        const due = fresh.nextDue();
        expect(index.nextDue()).toBe(due);
        const later = freshIndex(rows.values(), due === undefined ? now + 1000 * day : due - 1);
        expect(filled(later)).toEqual(filled(index));
      }
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 150) },
  );
});

test("a translation that goes while the post is hidden, by a clock that went back, is not named when it is shown again", () => {
  const noon = Date.UTC(2026, 0, 1, 12);
  const make = (file: string, date: number) =>
    makeRow(namePost(file, { date, language: file.includes(".id.") ? "id" : "en" }), config);
  const index = new PostIndex(config, fixedFeeds(config));
  const rows = [make("b.md", noon), make("b.id.md", noon - day)];
  index.apply(
    rows.map((row) => ({ file: row.file, row })),
    noon,
  );
  expect(index.get("b.md")?.translations).toHaveLength(1);
  index.apply([{ file: "b.id.md" }], noon - day);
  index.apply([], noon);
  expect(index.get("b.md")?.translations ?? []).toEqual([]);
});

test("a feed that an edit does not show in is not touched", () => {
  const all = Array.from({ length: 60 }, (_, i) =>
    namePost(`p${i}.md`, { date: Date.UTC(2026, 0, 1) + i, tags: i % 2 ? ["odd"] : ["even"] }),
  );
  const index = new PostIndex(config, fixedFeeds(config));
  index.apply(
    all.map((one) => ({ file: one.file, row: makeRow(one, config) })),
    Date.UTC(2026, 5, 1),
  );
  const edit = (i: number) => {
    const one = all[i] as Post;
    return index
      .apply([{ file: one.file, row: makeRow(one, config) }], Date.UTC(2026, 5, 1))
      .map(({ name }) => name.key);
  };
  expect(edit(59)).toEqual(["archive/2026-01", "custom/msn", "language/en", "site", "tag/odd"]);
  expect(edit(0)).toEqual(["archive/2026-01", "custom/old"]);
  expect(edit(30)).toEqual(["archive/2026-01"]);
});
