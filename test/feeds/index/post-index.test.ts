import fc from "fast-check";
import { expect, test } from "vitest";
import { PostIndex, type RowChange } from "../../../src/feeds/index/post-index.ts";
import { compareRows, type PostRow, siteFeed } from "../../../src/feeds/post-row.ts";
import { makeFeedsConfig } from "../feed-posts.ts";

const limit = 5;
const config = makeFeedsConfig({ limit });

const row = fc.record({
  file: fc.constantFrom(..."abcdefghijklmnop"),
  date: fc.integer({ min: 0, max: 30 }),
  expires: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 0, max: 40 })),
  hidden: fc.option(fc.constantFrom("draft" as const, "unlisted" as const), { nil: undefined }),
  version: fc.nat(3),
});

const step = fc.record({
  now: fc.integer({ min: 0, max: 40 }),
  changes: fc.uniqueArray(
    fc.oneof(
      { weight: 3, arbitrary: row },
      fc.record({ file: fc.constantFrom(..."abcdefghijklmnop"), gone: fc.constant(true) }),
    ),
    {
      selector: (change) => change.file,
      maxLength: 12,
    },
  ),
});

function makeTestRow(value: {
  file: string;
  date: number;
  expires: number;
  hidden?: "draft" | "unlisted" | undefined;
}): PostRow {
  const { file, date, expires, hidden } = value;
  return {
    file,
    id: `id:${file}`,
    url: `https://a.example/${file}`,
    date,
    expires,
    ...(hidden && { hidden }),
    feeds: [siteFeed],
  };
}

function expectedWindow(rows: Iterable<PostRow>, now: number): PostRow[] {
  return [...rows]
    .filter((one) => one.hidden === undefined && one.date <= now && one.expires > now)
    .sort(compareRows)
    .slice(0, limit);
}

test("after any sequence of changes and clock moves the window is that of a fresh index", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const index = new PostIndex(config, [siteFeed]);
      const rows = new Map<string, PostRow>();
      for (const { now, changes } of steps) {
        const before = index.window("site")?.rows ?? [];
        const batch = changes.map((change): RowChange => {
          if ("gone" in change) {
            rows.delete(change.file);
            return { file: change.file };
          }
          const made = makeTestRow(change);
          rows.set(change.file, made);
          return { file: change.file, row: made };
        });
        const touched = index.apply(batch, now);
        const after = index.window("site")?.rows ?? [];
        expect(after).toEqual(expectedWindow(rows.values(), now));
        const differs = before.length !== after.length || before.some((one, i) => one !== after[i]);
        expect(touched.map((window) => window.name.key)).toEqual(differs ? ["site"] : []);
        const instants = [...rows.values()]
          .filter((one) => one.hidden === undefined)
          .flatMap((one) => [one.date, one.date < one.expires ? one.expires : Number.POSITIVE_INFINITY])
          .filter((instant) => instant > now && instant !== Number.POSITIVE_INFINITY);
        const due = index.nextDue();
        if (due !== undefined) expect(instants).toContain(due);
        for (const instant of instants) {
          if (due === undefined || instant < due)
            expect(expectedWindow(rows.values(), instant)).toEqual(after);
        }
      }
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 300) },
  );
});

test("a large batch and single changes give the same order", () => {
  const rows = Array.from({ length: 500 }, (_, i) =>
    makeTestRow({ file: `p${i}`, date: (i * 7919) % 101, expires: Number.POSITIVE_INFINITY }),
  );
  const whole = new PostIndex(makeFeedsConfig({ limit: 1000 }), [siteFeed]);
  whole.apply(
    rows.map((one) => ({ file: one.file, row: one })),
    200,
  );
  const single = new PostIndex(makeFeedsConfig({ limit: 1000 }), [siteFeed]);
  for (const one of rows) single.apply([{ file: one.file, row: one }], 200);
  expect(single.window("site")?.rows).toEqual(whole.window("site")?.rows);
  expect(whole.window("site")?.rows).toEqual([...rows].sort(compareRows));
});

test("posts that claim one id are a conflict until all but one are gone", () => {
  const index = new PostIndex(config, [siteFeed]);
  const same = ["c", "a", "b"].map((file) => ({ ...makeTestRow({ file, date: 1, expires: 9 }), id: "same" }));
  index.apply(
    same.map((one) => ({ file: one.file, row: one })),
    2,
  );
  expect(index.duplicates()).toEqual([{ kind: "id", value: "same", files: ["a", "b", "c"] }]);
  index.apply([{ file: "a" }], 2);
  expect(index.duplicates()).toEqual([{ kind: "id", value: "same", files: ["b", "c"] }]);
  index.apply([{ file: "b" }], 2);
  expect(index.duplicates()).toEqual([]);
  index.apply([{ file: "c" }], 2);
  index.apply([{ file: "a", row: same[1] as PostRow }], 2);
  expect(index.duplicates()).toEqual([]);
});
