import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Manifest, ManifestFile, readManifest } from "../../src/output/manifest.ts";
import { makeFolder } from "../support/site.ts";

const manifest = (title: string): Manifest => ({
  files: { "rss.xml": { digest: "00", size: 1 } },
  entries: [{ id: "urn:x-test:1", url: "https://site.example/1/", title, date: 1 }],
  feeds: [],
});

test("what another process wrote meanwhile is read; a damaged or deleted manifest means never built", () => {
  const root = makeFolder();
  const [first, second] = [new ManifestFile(root, "/out"), new ManifestFile(root, "/out")];
  expect(first.read()).toBeUndefined();
  first.write(manifest("one"));
  expect(second.read()).toEqual(manifest("one"));
  second.write(manifest("two"));
  expect(first.read()).toEqual(manifest("two"));
  expect(readManifest(root, "/out")).toEqual(manifest("two"));
  writeFileSync(join(root, "manifest.json"), "{");
  expect(first.read()).toBeUndefined();
  first.write(manifest("three"));
  expect(second.read()).toEqual(manifest("three"));
  rmSync(join(root, "manifest.json"));
  expect(second.read()).toBeUndefined();
  second.write(manifest("three"));
  expect(existsSync(join(root, "manifest.json"))).toBe(true);
});

test("the same manifest is not written again", () => {
  const root = makeFolder();
  mkdirSync(root, { recursive: true });
  new ManifestFile(root, "/out").write(manifest("one"));
  const { ino } = statSync(join(root, "manifest.json"));
  const again = new ManifestFile(root, "/out");
  again.read();
  again.write(manifest("one"));
  new ManifestFile(root, "/out").write(manifest("one"));
  expect(statSync(join(root, "manifest.json")).ino).toBe(ino);
});
