// Which files of a folder are documents, and how they are called.
import { expect, test } from "vitest";
import { checkFolder } from "../../src/check/check-files.ts";
import { makeFolder, writeFiles } from "../support/site.ts";
import { channel, json } from "./rules/examples/documents.ts";

test("a JSON Feed is one however its slashes are written; other JSON is passed over", () => {
  const root = makeFolder();
  writeFiles(root, {
    "plain.json": json({}),
    "php.json": json({}).replaceAll("/", "\\/"),
    "package.json": "{}",
    "rss.xml": channel(""),
    "empty.xml": "",
    "data.xml": "<data/>",
    ".cache/rss.xml": channel(""),
    "node_modules/a/rss.xml": channel(""),
  });
  const { sources, findings } = checkFolder(root, { root });
  expect([...sources.keys()]).toEqual(["empty.xml", "php.json", "plain.json", "rss.xml"]);
  // The text is kept where a finding points into it.
  const told = new Set(findings.map(({ file }) => file));
  for (const [name, text] of sources) expect(text === "").toBe(name === "empty.xml" || !told.has(name));
});
