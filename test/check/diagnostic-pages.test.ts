// The pages about codes are the tables of codes.
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findStalePages } from "../../scripts/diagnostic-pages.ts";

test("docs/diagnostics is in step with the tables of codes", () => {
  expect(findStalePages(fileURLToPath(new URL("../../docs/diagnostics", import.meta.url)))).toEqual([]);
});
