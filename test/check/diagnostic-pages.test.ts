// The pages about rules are the table of rules.
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findStalePages } from "../../scripts/diagnostic-pages.ts";

test("docs/diagnostics is in step with the table of rules", () => {
  expect(findStalePages(fileURLToPath(new URL("../../docs/diagnostics", import.meta.url)))).toEqual([]);
});
