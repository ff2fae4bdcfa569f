import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repositoryRoot } from "../support/program.ts";
import { listFiles } from "../support/site.ts";
import { codesIn, readDocument, readRows } from "./snippets.ts";

/** `F12:`, `F1, F2:`, `F33 F38:` and `rule 7:` at the start of a test's name. */
const marks = /["'`]((?:(?:F|rule )\d+[,:]? ?)+)/g;

/** The numbers in the names of the tests of each file. */
const numbersByFile = new Map(
  listFiles(join(repositoryRoot, "test"))
    .filter((path) => path.endsWith(".test.ts"))
    .map((path): [string, string[]] => {
      const text = readFileSync(join(repositoryRoot, "test", path), "utf8");
      return [
        `test/${path}`,
        [...text.matchAll(marks)].flatMap(([, list = ""]) => list.match(/F\d+|rule \d+/g) ?? []),
      ];
    }),
);
const rows = readRows(readDocument("docs/faults.md")).map(([number = "", , file = ""]) => ({
  number,
  file: codesIn(file)[0] ?? "",
}));

test("every fault and every rule has a test in the file that its row names", () => {
  expect(rows.length).toBeGreaterThan(100);
  expect(rows.filter(({ number, file }) => numbersByFile.get(file)?.includes(number) !== true)).toEqual([]);
});

test("every number in the name of a test has one row", () => {
  const listed = rows.map(({ number }) => number);
  const named = [...numbersByFile.values()].flat();
  expect(named.filter((number) => !listed.includes(number))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
});
