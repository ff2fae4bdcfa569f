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
import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { OutputFile } from "../../src/model/plan.ts";
import { FileWriter, prepareOutput } from "../../src/output/file-writer.ts";
import type { Manifest } from "../../src/output/manifest.ts";
import { repositoryRoot } from "../support/program.ts";
import { listFiles, makeFolder, readTree } from "../support/site.ts";

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

test("a writer that is abandoned does not change the folder", async () => {
  const out = makeFolder();
  const first = writeSet(out, undefined, { "rss.xml": "a" });
  const writer = new FileWriter(out, first.manifest);
  writer.stage(file("rss.xml", "b"));
  writer.stage(file("atom.xml", "b"));
  await writer.abandon();
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

test("a symbolic link where a document goes is somebody's, and so is what it points at", () => {
  const root = makeFolder();
  const out = join(root, "dist");
  mkdirSync(out);
  writeFileSync(join(root, "elsewhere"), "theirs");
  symlinkSync(join(root, "elsewhere"), join(out, "rss.xml"));
  const stage = (options = {}) => {
    const writer = new FileWriter(out, undefined, options);
    writer.stage(file("rss.xml", "ours"));
    const { foreign } = writer;
    writer.commit(new Set(["rss.xml"]));
    return foreign;
  };
  expect(stage()).toEqual(["rss.xml"]);
  expect(readFileSync(join(out, "rss.xml"), "utf8")).toBe("theirs");
  expect(stage({ overwrite: true })).toEqual([]);
  expect(readFileSync(join(out, "rss.xml"), "utf8")).toBe("ours");
  expect(readFileSync(join(root, "elsewhere"), "utf8")).toBe("theirs");
});

test("F66: a folder that cannot be written is one clear error", () => {
  const root = makeFolder();
  writeFileSync(join(root, "dist"), "a file");
  expect(() => prepareOutput(join(root, "dist"), undefined)).toThrow(
    /there is a file where a folder should be/,
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
    import { FileWriter, prepareOutput } from "./lib/output/file-writer.js";
    import { readdirSync, readFileSync } from "node:fs";
    const out = process.argv[1];
    const write = async (content) => {
      prepareOutput(out, undefined);
      const writer = new FileWriter(out, undefined, { overwrite: true });
      try { writer.stage({ path: "rss.xml", mediaType: "", content }); writer.commit(new Set(["rss.xml"])); return "written"; }
      catch (error) { await writer.abandon(); return error.message; }
    };
    console.log(JSON.stringify([await write("old".repeat(30_000)), await write("new".repeat(70_000)), readdirSync(out), readFileSync(out + "/rss.xml", "utf8").length]));`;
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

describe("many documents", () => {
  /** More than are written as they come, of every size that is written in its own way, each in a folder of its own. */
  const many = (mark: string): Record<string, string> =>
    Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [
        `tags/${i}/rss.xml`,
        `${mark} ${i} ${"x".repeat((i * 4001) % 90_000)}`,
      ]),
    );
  const large = (mark: string) => ({ "rss.xml": mark.repeat(700_000), ...many(mark) });

  /** Stages a set; between its documents others have their turn now and then. */
  async function stageSet(writer: FileWriter, set: Record<string, string>): Promise<void> {
    for (const [i, [path, content]] of Object.entries(set).entries()) {
      writer.stage({ path, mediaType: "text/plain", content: [Buffer.from(content)] });
      if (i % 3 === 0) await setImmediate();
    }
  }

  async function writeMany(out: string, before: Manifest | undefined, set: Record<string, string>) {
    prepareOutput(out, before);
    const writer = new FileWriter(out, before);
    await stageSet(writer, set);
    await writer.written();
    return writer.commit(new Set(Object.keys(set)));
  }

  test("are written while others are made, each with its own bytes", async () => {
    const out = makeFolder();
    const set = large("a");
    const { result, files } = await writeMany(out, undefined, set);
    expect(result.written).toEqual(Object.keys(set).sort());
    expect(readTree(out)).toEqual(set);
    const again = await writeMany(out, { files, entries: [] }, set);
    expect(again.result).toEqual({ written: [], unchanged: Object.keys(set).sort(), removed: [] });
    const changed = { ...set, "tags/40/rss.xml": "changed" };
    const third = await writeMany(out, { files, entries: [] }, changed);
    expect(third.result.written).toEqual(["tags/40/rss.xml"]);
    expect(readTree(out)).toEqual(changed);
  });

  test("are not swapped while one of them is still being written", async () => {
    const writer = new FileWriter(makeFolder(), undefined);
    for (const [path, content] of Object.entries(many("a"))) writer.stage(file(path, content));
    expect(() => writer.swap()).toThrow(/still being written/);
    await writer.abandon();
  });

  test("that are abandoned leave no stray", async () => {
    const out = makeFolder();
    const { files } = await writeMany(out, undefined, many("a"));
    const writer = new FileWriter(out, { files, entries: [] });
    for (const [path, content] of Object.entries(many("b"))) writer.stage(file(path, content));
    await writer.abandon();
    expect(readTree(out)).toEqual(many("a"));
  });

  test("one of which is staged again while it is being written: the later one stays, and no stray", async () => {
    const out = makeFolder();
    const writer = new FileWriter(out, undefined);
    for (const mark of ["first", "second", "third"])
      for (const [path, content] of Object.entries(many(mark))) writer.stage(file(path, content));
    await writer.written();
    writer.commit(new Set(Object.keys(many(""))));
    expect(readTree(out)).toEqual(many("third"));
  });

  test("F66: one that cannot be written stops the rest, and nothing is in place", async () => {
    const out = makeFolder();
    writeFileSync(join(out, "theirs"), "a file");
    const writer = new FileWriter(out, undefined);
    // So few that there is room for it among those that are written meanwhile.
    await stageSet(writer, Object.fromEntries(Object.entries(many("a")).slice(0, 12)));
    writer.stage(file("theirs/rss.xml", "b"));
    await expect(writer.written()).rejects.toThrow(
      /theirs\/rss\.xml: there is a file where a folder should be/,
    );
    expect(() => writer.stage(file("later.xml", "c"))).toThrow(/there is a file where a folder should be/);
    await writer.abandon();
    expect(listFiles(out)).toEqual(["theirs"]);
  });

  test.skipIf(!smallDisk && process.env.CI !== "true")("F62: a disk that fills up keeps what it had", () => {
    const root = makeFolder();
    const script = `
    import { FileWriter } from "./lib/output/file-writer.js";
    import { readdirSync, writeFileSync } from "node:fs";
    const out = process.argv[1];
    writeFileSync(out + "/rss.xml", "old");
    const writer = new FileWriter(out, undefined);
    const message = await (async () => {
      for (let i = 0; i < 40; i += 1) {
        writer.stage({ path: i + ".xml", mediaType: "", content: "new".repeat(5000) });
        await new Promise((resolve) => setImmediate(resolve));
      }
      await writer.written();
    })().catch((error) => error.message);
    await writer.abandon();
    console.log(JSON.stringify([message, readdirSync(out)]));`;
    const run = runOnSmallDisk(root, "rw", `node --input-type=module -e '${script}' "${root}/dist"`);
    const [message, names] = JSON.parse(run?.stdout ?? "[]");
    expect(message).toMatch(/the disk is full/);
    expect(names).toEqual(["rss.xml"]);
  });
});
