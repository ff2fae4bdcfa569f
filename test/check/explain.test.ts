import { expect, test } from "vitest";
import { collectProblems, findStaleFiles } from "../../scripts/problems.ts";

test("docs/diagnostics says what the code says", async () => {
  expect(await findStaleFiles(), "run `npm run problems`").toEqual([]);
});

test("every problem has words for people", async () => {
  for (const { code, title, why, fix } of await collectProblems()) {
    expect(code).toMatch(/^[a-z-]+\/[a-z0-9-]+$/);
    expect(title).not.toBe("");
    for (const words of [why, fix]) expect(words, code).toMatch(/[.!`]$/);
  }
});
