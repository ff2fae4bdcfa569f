import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

test("every function that ARCHITECTURE.md names is in the file that it names", () => {
  const text = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
  const named = [...text.matchAll(/`([\w/-]+\.ts): ([\w#.]+)`/g)];
  expect(named.length).toBeGreaterThan(20);
  for (const [mention, file = "", name = ""] of named) {
    const source = readFileSync(join(root, "src", file), "utf8");
    for (const part of name.split("."))
      expect(source, mention).toMatch(
        new RegExp(`(function|class|interface|async|get|static|^ {2})\\s*${part}\\b`, "m"),
      );
  }
});
