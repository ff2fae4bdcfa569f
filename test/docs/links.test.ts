import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { repositoryRoot } from "../support/program.ts";
import { listFiles } from "../support/site.ts";
import { codesIn, listDocuments, readDocument, readRows, readSection } from "./snippets.ts";

/** Text without fenced snippets and code spans, which hold no links. */
function readProse(markdown: string): string {
  return markdown
    .replace(/^(`{3,}).*\n[\s\S]*?^\1$/gm, "")
    .replace(/`[^`\n]*`/g, (code) => code.slice(1, -1).replace(/[[\]()]/g, ""));
}

/** Headings as GitHub names them. */
function listAnchors(markdown: string): string[] {
  return [...markdown.replace(/^(`{3,}).*\n[\s\S]*?^\1$/gm, "").matchAll(/^#{1,6} (.+)$/gm)].map(
    ([, heading = ""]) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\p{M} _-]/gu, "")
        .trim()
        .replaceAll(" ", "-"),
  );
}

describe.each(listDocuments())("%s", (document) => {
  test("every link inside the repository leads somewhere", () => {
    const links = [...readProse(readDocument(document)).matchAll(/\]\(([^)\s]+)\)/g)].map(
      ([, link = ""]) => link,
    );
    const broken = links
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => {
        const [path = "", anchor] = link.split("#");
        const target = path === "" ? document : join(dirname(document), path);
        if (!existsSync(join(repositoryRoot, target))) return true;
        if (anchor === undefined) return false;
        return !listAnchors(readFileSync(join(repositoryRoot, target), "utf8")).includes(anchor);
      });
    expect(broken).toEqual([]);
  });
});

test.each(["CONTRIBUTING.md"])("every file of src/ that %s names exists", (document) => {
  const named = [...readDocument(document).matchAll(/`([\w/-]+\.ts)`/g)].map(([, path = ""]) => path);
  expect(named.length).toBeGreaterThan(5);
  const files = listFiles(join(repositoryRoot, "src"));
  const missing = named.filter(
    (path) => !files.some((file) => file === path || file.endsWith(`/${path}`) || `src/${file}` === path),
  );
  expect(missing).toEqual([]);
});

test("ARCHITECTURE.md has a row for every room", () => {
  const rooms = readRows(readSection(readDocument("ARCHITECTURE.md"), "## Rooms")).map(
    ([room = ""]) => codesIn(room)[0],
  );
  const folders = readdirSync(join(repositoryRoot, "src")).filter((name) => name !== "index.ts");
  expect(rooms.sort()).toEqual(folders.map((name) => name.replace(".ts", "")).sort());
});
