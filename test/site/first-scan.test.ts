import fc from "fast-check";
import { expect, test } from "vitest";
import { PostIndex } from "../../src/feeds/index/post-index.ts";
import { fixedFeeds } from "../../src/feeds/memberships.ts";
import { type PostRow, siteFeed } from "../../src/feeds/post-row.ts";
import { FirstScanBuilder } from "../../src/site/first-scan.ts";
import { knownSource, makeFeedsConfig } from "../feeds/feed-posts.ts";

const now = Date.UTC(2026, 5, 1);
const runs = { numRuns: Number(process.env.FC_RUNS ?? 200) };
const tag = { key: "tag/a", kind: "tag", name: "A" } as const;
const word = fc.oneof(fc.constantFrom("a", "b", "c"), fc.string({ unit: "binary" }));
const instant = fc.integer({ min: -2, max: 2 }).map((days) => now + days * 86_400_000);
const row = fc
  .record(
    {
      id: word,
      url: word,
      date: instant,
      expires: fc.oneof(instant, fc.constant(Number.POSITIVE_INFINITY)),
      feeds: fc.constantFrom([siteFeed], [siteFeed, tag]),
      retracted: instant,
      language: fc.constantFrom("id", "en-GB"),
      hidden: fc.constantFrom("draft" as const, "private" as const),
      updated: instant,
      canonical: word,
      group: word,
    },
    { requiredKeys: ["id", "url", "date", "expires", "feeds"] },
  )
  .map((one) => ({ ...one, version: knownSource.digest }));

function collect(rows: readonly Omit<PostRow, "file">[]) {
  const builder = new FirstScanBuilder(rows.length);
  const named = rows.map((one, i): PostRow => ({ ...one, file: `${String(i).padStart(3, "0")}.md` }));
  const taken = named.filter((one) => builder.add(one, knownSource));
  return { named, taken, ...builder.finish(now) };
}

test("a row that was packed is the same when it is asked for again", () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
      const { named, taken, posts, files } = collect(rows);
      expect(posts.count).toBe(taken.length);
      for (const [number, one] of taken.entries()) {
        expect(posts.row(number)).toEqual(one);
        expect(posts.find(one.file)).toBe(number);
        expect(files.state(files.find(one.file))).toEqual(knownSource);
      }
      const unfit = named.filter((one) => !taken.includes(one));
      for (const { id, url } of unfit) expect(`${id}${url}`).toMatch(/[\n\p{Surrogate}]/u);
    }),
    runs,
  );
});

test("posts with one id or permalink are found in a first scan as they are one by one", () => {
  const config = makeFeedsConfig({});
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
      const { taken, posts, duplicates } = collect(rows);
      const [bulk, single] = [0, 1].map(() => new PostIndex(config, fixedFeeds(config))) as [
        PostIndex,
        PostIndex,
      ];
      bulk.restore(posts, [], now);
      bulk.apply(
        duplicates.map((one) => ({ file: one.file, row: { ...one } })),
        now,
      );
      single.apply(
        taken.map((one) => ({ file: one.file, row: one })),
        now,
      );
      expect(bulk.duplicates()).toEqual(single.duplicates());
      const contested = new Set(single.duplicates().flatMap(({ files }) => files));
      expect(new Set(duplicates.map(({ file }) => file))).toEqual(contested);
    }),
    runs,
  );
});

test("values that differ only at their beginning are no duplicates", () => {
  const end = "x".repeat(60);
  const rows = ["a", "b"].map((start) => ({
    id: `${start}${end}`,
    url: `${start}/${end}`,
    version: knownSource.digest,
    date: now,
    expires: Number.POSITIVE_INFINITY,
    feeds: [siteFeed],
  }));
  expect(collect(rows).duplicates).toEqual([]);
  expect(collect([...rows, rows[0] as (typeof rows)[0]]).duplicates.map(({ file }) => file)).toEqual([
    "000.md",
    "002.md",
  ]);
});
