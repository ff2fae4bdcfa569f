import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { OutputFile } from "../../src/model/plan.ts";
import type { Manifest } from "../../src/output/manifest.ts";
import { FileWriter, prepareOutput } from "../../src/output/write-files.ts";
import { listFiles, makeFolder, readTree, repositoryRoot } from "../site.ts";

const file = (path: string, content: string): OutputFile => ({ path, mediaType: "text/plain", content });

function writeSet(out: string, before: Manifest | undefined, set: Record<string, string>) {
  prepareOutput(out, before);
  const writer = new FileWriter(out, before);
  for (const [path, content] of Object.entries(set)) writer.stage(file(path, content));
  const { result, files } = writer.commit(new Set(Object.keys(set)));
  return { result, manifest: { files, entries: [] } satisfies Manifest };
}

test("what is there already is not written again", () => {
  const out = makeFolder();
  const first = writeSet(out, undefined, { "rss.xml": "a", "tags/x/rss.xml": "b" });
  expect(first.result).toEqual({ written: ["rss.xml", "tags/x/rss.xml"], unchanged: [], removed: [] });
  const { mtimeMs, ino } = statSync(join(out, "rss.xml"));
  const second = writeSet(out, first.manifest, { "rss.xml": "a", "tags/x/rss.xml": "c" });
  expect(second.result).toEqual({ written: ["tags/x/rss.xml"], unchanged: ["rss.xml"], removed: [] });
  expect(statSync(join(out, "rss.xml"))).toMatchObject({ mtimeMs, ino });
});

test("a document in parts is written as one, and known again", () => {
  const out = makeFolder();
  const content = ["first ", "", "é", " last"].map((part) => Buffer.from(part));
  const stage = () => {
    const writer = new FileWriter(out, undefined);
    writer.stage({ path: "long.xml", mediaType: "text/plain", content: [Buffer.alloc(9 << 20, "x")] });
    writer.stage({ path: "rss.xml", mediaType: "text/plain", content });
    return writer.commit(new Set(["long.xml", "rss.xml"])).result;
  };
  expect(stage().written).toEqual(["long.xml", "rss.xml"]);
  expect(readFileSync(join(out, "rss.xml"), "utf8")).toBe("first é last");
  expect(statSync(join(out, "long.xml")).size).toBe(9 << 20);
  expect(stage().unchanged).toEqual(["long.xml", "rss.xml"]);
});

test("stale files of ours go, with the folders they leave empty; others' files and changed ones stay", () => {
  const out = makeFolder();
  const first = writeSet(out, undefined, { "rss.xml": "a", "tags/x/rss.xml": "b", "tags/y/rss.xml": "c" });
  writeFileSync(join(out, "index.html"), "theirs");
  writeFileSync(join(out, "tags/y/rss.xml"), "changed by somebody");
  const second = writeSet(out, first.manifest, { "rss.xml": "a" });
  expect(second.result.removed).toEqual(["tags/x/rss.xml"]);
  expect(readTree(out)).toEqual({
    "rss.xml": "a",
    "index.html": "theirs",
    "tags/y/rss.xml": "changed by somebody",
  });
  expect(existsSync(join(out, "tags/x"))).toBe(false);
});

test("F63: a document torn by a power cut is seen by the next run and written whole", () => {
  const out = makeFolder();
  const first = writeSet(out, undefined, { "rss.xml": "a whole document" });
  writeFileSync(join(out, "rss.xml"), "a whole\0\0\0\0\0\0\0\0\0");
  const second = writeSet(out, first.manifest, { "rss.xml": "a whole document" });
  expect(second.result.written).toEqual(["rss.xml"]);
  expect(readFileSync(join(out, "rss.xml"), "utf8")).toBe("a whole document");
});

test("F64: temporary files that a killed build left are swept; a stranger's hidden files are not", () => {
  const out = makeFolder();
  const first = writeSet(out, undefined, { "rss.xml": "a", "tags/x/rss.xml": "b" });
  writeFileSync(join(out, ".rss.xml.123-1.feedwright-tmp"), "half");
  writeFileSync(join(out, "tags/x/.rss.xml.123-2.feedwright-tmp"), "half");
  writeFileSync(join(out, ".htaccess"), "theirs");
  writeSet(out, first.manifest, { "rss.xml": "a", "tags/x/rss.xml": "b" });
  expect(listFiles(out)).toEqual([".htaccess", "rss.xml", "tags/x/rss.xml"]);
});

test("a writer that is abandoned leaves the folder as it was", () => {
  const out = makeFolder();
  const first = writeSet(out, undefined, { "rss.xml": "a" });
  const writer = new FileWriter(out, first.manifest);
  writer.stage(file("rss.xml", "b"));
  writer.stage(file("atom.xml", "b"));
  writer.abandon();
  expect(readTree(out)).toEqual({ "rss.xml": "a" });
});

test("staging one path twice keeps the later document and no stray", () => {
  const out = makeFolder();
  const writer = new FileWriter(out, undefined);
  writer.stage(file("rss.xml", "first"));
  writer.stage(file("rss.xml", "second"));
  expect(writer.commit(new Set(["rss.xml"])).result.written).toEqual(["rss.xml"]);
  expect(readTree(out)).toEqual({ "rss.xml": "second" });
});

test("copies are compared, not made again", () => {
  const root = makeFolder();
  const source = join(root, "sound.mp3");
  writeFileSync(source, "sound".repeat(100_000));
  const out = join(root, "dist");
  const copy = (before: Manifest | undefined) => {
    prepareOutput(out, before);
    const writer = new FileWriter(out, before);
    writer.stageCopy("a/sound.mp3", source);
    return writer.commit(new Set(["a/sound.mp3"]));
  };
  const first = copy(undefined);
  expect(first.result.written).toEqual(["a/sound.mp3"]);
  expect(copy({ files: first.files, entries: [] }).result.unchanged).toEqual(["a/sound.mp3"]);
  expect(readFileSync(join(out, "a/sound.mp3")).equals(readFileSync(source))).toBe(true);
});

test("F20: no path leads out of the output folder", () => {
  const writer = new FileWriter(makeFolder(), undefined);
  expect(() => writer.stage(file("../rss.xml", "a"))).toThrow(/outside the output folder/);
});

test("a symbolic link where a document goes is replaced, and what it points at is left alone", () => {
  const root = makeFolder();
  mkdirSync(join(root, "dist"));
  writeFileSync(join(root, "elsewhere"), "theirs");
  symlinkSync(join(root, "elsewhere"), join(root, "dist/rss.xml"));
  writeSet(join(root, "dist"), undefined, { "rss.xml": "ours" });
  expect(readFileSync(join(root, "elsewhere"), "utf8")).toBe("theirs");
  expect(readFileSync(join(root, "dist/rss.xml"), "utf8")).toBe("ours");
});

test("F66: a folder that cannot be written is one clear error", () => {
  const root = makeFolder();
  writeFileSync(join(root, "dist"), "a file");
  expect(() => prepareOutput(join(root, "dist"), undefined)).toThrow(
    /a file stands where a folder should be/,
  );
  if (process.getuid?.() !== 0) {
    mkdirSync(join(root, "locked"));
    chmodSync(join(root, "locked"), 0o500);
    const writer = new FileWriter(join(root, "locked"), undefined);
    expect(() => writer.stage(file("rss.xml", "a"))).toThrow(/permission is denied/);
  }
});

/** Runs a script in a mount namespace of its own, with a 256 kB disk at `dist`; undefined where that is not possible. */
function runOnSmallDisk(root: string, options: string, script: string) {
  mkdirSync(join(root, "dist"), { recursive: true });
  const mount = `mount -t tmpfs -o size=256k,${options} tmpfs "${root}/dist"`;
  const probe = spawnSync("unshare", ["-rm", "sh", "-c", mount]);
  if (probe.status !== 0) return undefined;
  return spawnSync("unshare", ["-rm", "sh", "-c", `${mount} && ${script}`], {
    cwd: repositoryRoot,
    encoding: "utf8",
  });
}

const smallDisk = runOnSmallDisk(makeProbe(), "rw", "true") !== undefined;

function makeProbe(): string {
  const root = join(repositoryRoot, "node_modules/.cache/small-disk");
  mkdirSync(root, { recursive: true });
  return root;
}

if (!smallDisk && process.env.CI !== "true")
  console.warn("skipped: small disks cannot be mounted here (unshare, tmpfs)");

test.skipIf(!smallDisk && process.env.CI !== "true")(
  "F62: a full disk leaves the old file whole, and no stray",
  () => {
    const root = makeFolder();
    const script = `
    import { FileWriter, prepareOutput } from "./lib/output/write-files.js";
    import { readdirSync, readFileSync } from "node:fs";
    const out = process.argv[1];
    const write = (content) => {
      prepareOutput(out, undefined);
      const writer = new FileWriter(out, undefined);
      try { writer.stage({ path: "rss.xml", mediaType: "", content }); writer.commit(new Set(["rss.xml"])); return "written"; }
      catch (error) { writer.abandon(); return error.message; }
    };
    console.log(JSON.stringify([write("old".repeat(30_000)), write("new".repeat(70_000)), readdirSync(out), readFileSync(out + "/rss.xml", "utf8").length]));`;
    const { stdout } = runOnSmallDisk(
      root,
      "rw",
      `node --input-type=module -e '${script}' "${root}/dist"`,
    ) ?? { stdout: "" };
    const [first, second, names, length] = JSON.parse(stdout);
    expect(first).toBe("written");
    expect(second).toMatch(/the disk is full/);
    expect(names).toEqual(["rss.xml"]);
    expect(length).toBe(90_000);
  },
);

test("a document that this build had no reason to make again counts as unchanged", () => {
  const out = makeFolder();
  const first = writeSet(out, undefined, { "rss.xml": "a", "tags/x/rss.xml": "b" });
  const writer = new FileWriter(out, first.manifest);
  writer.stage(file("tags/x/rss.xml", "c"));
  expect(writer.commit(new Set(["rss.xml", "tags/x/rss.xml"])).result).toEqual({
    written: ["tags/x/rss.xml"],
    unchanged: ["rss.xml"],
    removed: [],
  });
});
