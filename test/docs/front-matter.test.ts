import { expect, test } from "vitest";
import { fieldNames } from "../../src/posts/fields/field-names.ts";
import { codesIn, readDocument, readRows, readSection } from "./snippets.ts";

const rows = readRows(readSection(readDocument("docs/front-matter.md"), "## Fields"));
const written = rows.map(([field = "", others = ""]) => [...codesIn(field), ...codesIn(others)]);
const known = Object.values(fieldNames).filter((names) => names.length > 0);

test("the table has a row for every field, with every spelling in the order in which they win", () => {
  const sort = (list: readonly (readonly string[])[]) => list.map((names) => names.join(" ")).sort();
  expect(sort(written)).toEqual(sort(known));
});

test("every field has rules", () => {
  expect(rows.filter(([, , rules = ""]) => rules.length < 10)).toEqual([]);
});
