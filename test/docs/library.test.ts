import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repositoryRoot } from "../support/program.ts";
import { codesIn, readDocument, readRows } from "./snippets.ts";

const text = readDocument("docs/library.md");
const source = (path: string): string => readFileSync(join(repositoryRoot, "src", path), "utf8");

test("everything that the library exports is named", () => {
  const exported = [...source("index.ts").matchAll(/\{([^}]+)\}/g)].flatMap(([, names = ""]) =>
    names.split(",").map((name) => name.replace(/\btype\b/, "").trim()),
  );
  expect(exported.length).toBeGreaterThan(15);
  expect(exported.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
});

/** For `watch` alone, which sets them itself. */
const internal = ["checkout", "keepLast", "saveLater"];

test("every option of build has a row, and no row is left over", () => {
  const options = [
    "site/options.ts BuildOptions",
    "site/folder-scanner.ts ScanOptions",
    "files/file-reader.ts ReadOptions",
  ].flatMap((where) => {
    const [path = "", name = ""] = where.split(" ");
    const body =
      new RegExp(`export interface ${name}\\b[^{]*\\{([\\s\\S]*?)\\n\\}`).exec(source(path))?.[1] ?? "";
    return [...body.matchAll(/^ {2}readonly (\w+)\?/gm)].map((match) => match[1] ?? "");
  });
  const rows = readRows(text).map(([option = ""]) => (codesIn(option)[0] ?? "").replace(/:.*$/, ""));
  const shown = options.filter((name) => !internal.includes(name));
  expect(rows.sort()).toEqual([...shown, "now"].sort());
});
