import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { replaceFile } from "../../src/output/replace-file.ts";
import { listFiles, makeFolder, writeFiles } from "../support/site.ts";

vi.mock("node:fs", async (load) => {
  const fs = await load<typeof import("node:fs")>();
  return { ...fs, renameSync: vi.fn(fs.renameSync) };
});

const rename = vi.mocked(renameSync);
const refuse = (code: string) => () => {
  throw Object.assign(new Error(`${code}: operation not permitted, rename`), { code });
};

afterEach(() => {
  rename.mockClear();
});

test.each(["EPERM", "EACCES", "EBUSY"])(
  "F67: a rename that Windows refuses with %s for a moment is tried again",
  (code) => {
    const folder = makeFolder();
    writeFiles(folder, { "rss.xml": "old" });
    rename.mockImplementationOnce(refuse(code)).mockImplementationOnce(refuse(code));
    replaceFile(join(folder, "rss.xml"), "new");
    expect(readFileSync(join(folder, "rss.xml"), "utf8")).toBe("new");
    expect(rename).toHaveBeenCalledTimes(3);
    expect(listFiles(folder)).toEqual(["rss.xml"]);
  },
);

test("F67: one that stays refused is an error after a while, with the old file in place and no stray", () => {
  const folder = makeFolder();
  writeFiles(folder, { "rss.xml": "old" });
  const actual = rename.getMockImplementation();
  rename.mockImplementation(refuse("EPERM"));
  const started = performance.now();
  expect(() => replaceFile(join(folder, "rss.xml"), "new")).toThrow("EPERM");
  if (actual) rename.mockImplementation(actual);
  expect(performance.now() - started).toBeLessThan(5000);
  expect(readFileSync(join(folder, "rss.xml"), "utf8")).toBe("old");
  expect(listFiles(folder)).toEqual(["rss.xml"]);
});

test("other errors are not tried again", () => {
  const folder = makeFolder();
  rename.mockImplementationOnce(refuse("EXDEV"));
  expect(() => replaceFile(join(folder, "rss.xml"), "new")).toThrow("EXDEV");
  expect(rename).toHaveBeenCalledTimes(1);
  expect(existsSync(join(folder, "rss.xml"))).toBe(false);
});
