import fc from "fast-check";
import { expect, test } from "vitest";
import { fitEntries } from "../../src/feeds/fit-entries.ts";

const size = fc
  .record({ full: fc.nat(100), share: fc.integer({ min: 0, max: 100 }) })
  .map(({ full, share }) => ({ full, summary: Math.floor((full * share) / 100) }));

test("entries go from the end until the rest fits", () => {
  const sizes = [30, 30, 30].map((full) => ({ full, summary: 10 }));
  expect(fitEntries(sizes, 10, { bytes: 100, over: "drop" })).toEqual(["full", "full", "full"]);
  expect(fitEntries(sizes, 10, { bytes: 99, over: "drop" })).toEqual(["full", "full", "drop"]);
  expect(fitEntries(sizes, 10, { bytes: 80, over: "summary" })).toEqual(["full", "full", "summary"]);
  expect(fitEntries(sizes, 10, { bytes: 30, over: "summary" })).toEqual(["summary", "summary", "drop"]);
  expect(fitEntries(sizes, 10, { bytes: 1, over: "drop" })).toEqual(["drop", "drop", "drop"]);
});

test("whatever the sizes: what stays fits, and nothing gives way without need", () => {
  fc.assert(
    fc.property(
      fc.array(size, { maxLength: 12 }),
      fc.nat(50),
      fc.integer({ min: 1, max: 900 }),
      fc.constantFrom("drop" as const, "summary" as const),
      (sizes, head, bytes, over) => {
        const fates = fitEntries(sizes, head, { bytes, over });
        const weigh = (list: typeof fates) =>
          head + list.reduce((sum, fate, i) => sum + (fate === "drop" ? 0 : (sizes[i]?.[fate] ?? 0)), 0);
        const rank = { full: 0, summary: 1, drop: 2 };
        expect(fates.every((fate, i) => i === 0 || rank[fate] >= rank[fates[i - 1] ?? "full"])).toBe(true);
        expect(weigh(fates) <= bytes || fates.every((fate) => fate === "drop")).toBe(true);
        const first = fates.findIndex((fate) => fate !== "full");
        if (first >= 0) {
          const milder = fates.with(first, "full");
          const alone = over === "drop" || fates.every((fate) => fate !== "drop");
          if (alone) expect(weigh(milder)).toBeGreaterThan(bytes);
        }
      },
    ),
    { numRuns: Number(process.env.FC_RUNS ?? 500) },
  );
});
