// In come the names of all tests; every known fault of such programs, and every rule of feeds, must be named by one.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repositoryRoot } from "../support/program.ts";
import { listFiles } from "../support/site.ts";

/** `F12:`, `F1, F2:`, `F33 F38:` and `rule 7:` at the start of a test's name. */
const marks = /["'`]((?:(?:F|rule )\d+[,:]? ?)+)/g;

const folder = join(repositoryRoot, "test");
const named = new Set(
  listFiles(folder)
    .filter((path) => path.endsWith(".test.ts"))
    .flatMap((path) => [...readFileSync(join(folder, path), "utf8").matchAll(marks)])
    .flatMap(([, list = ""]) => list.match(/F\d+|rule \d+/g) ?? []),
);
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

test("every fault of reading, writing and running has a test named for it", () => {
  const faults = [...range(1, 51), ...range(62, 68)].map((number) => `F${number}`);
  expect(faults.filter((fault) => !named.has(fault))).toEqual([]);
});

test("every rule of the 25 that most generators break has a test named for it", () => {
  const rules = range(1, 25).map((number) => `rule ${number}`);
  expect(rules.filter((rule) => !named.has(rule))).toEqual([]);
});
