import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repositoryRoot } from "../support/program.ts";
import { listFiles } from "../support/site.ts";
import { readDocument } from "./snippets.ts";

const text = readDocument("docs/promises.md");
const promises = text.split(/^## /m).slice(1);
/** `- `test/…`: the test's name, up to its first variable part` */
const line = /^- `(test\/[^`]+\.test\.ts)`: (.+)$/;

describe.each(promises.map((part) => [part.split("\n")[0] ?? "", part]))("%s", (_, part) => {
  const named = part.split("\n").flatMap((one) => {
    const match = line.exec(one);
    return match ? [[match[1] ?? "", match[2] ?? ""] as const] : [];
  });

  test("names the tests that hold it", () => {
    expect(named.length).toBeGreaterThan(0);
    expect(part.split("\n").filter((one) => one.startsWith("- ")).length).toBe(named.length);
  });

  test.each(named)("%s: %s", (file, title) => {
    expect(listFiles(join(repositoryRoot, "test")).map((path) => `test/${path}`)).toContain(file);
    expect(readFileSync(join(repositoryRoot, file), "utf8")).toContain(title);
  });
});
