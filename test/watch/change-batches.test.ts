import {
  appendFileSync,
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { basename, join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { digestEnd, hasEnd } from "../../src/files/stamp.ts";
import { ChangeBatches } from "../../src/watch/change-batches.ts";
import { makeFolder } from "../support/site.ts";

const text = (title: string, end = "The very last words of this post.") =>
  `---\ntitle: ${title}\n---\n${"Line after line. ".repeat(50)}\n${end}\n`;

/** Time passes only where a test says so: a busy machine changes nothing. */
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "performance"] });
  return () => void vi.useRealTimers();
});

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** Posts in a folder, read once; and the text of each as it stood when it was let out. */
function makeBatches(files: Readonly<Record<string, string>>) {
  const root = makeFolder();
  const path = (name: string) => join(root, name);
  const known = new Map<string, { size: number; ino: number; end: number }>();
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(path(name), content);
    const { size, ino } = statSync(path(name));
    known.set(name, { size, ino, end: digestEnd(Buffer.from(content)) });
  }
  const released: [string, string][] = [];
  const batches = new ChangeBatches({
    toPost: (full) => basename(full),
    known: (name) => known.get(name),
    endsAsBefore: (name) => hasEnd(readFileSync(path(name)), known.get(name)?.end ?? 0),
    isFolder: () => false,
    onBatch: ({ posts }) => {
      for (const name of posts) released.push([name, readFileSync(path(name), "utf8")]);
    },
  });
  onTestFinished(() => batches.close());
  const until = async (count: number) => {
    for (let i = 0; i < 500 && released.length < count; i += 1) await pass(2);
    return released.slice(0, count);
  };
  return { path, batches, released, until };
}

test("a file that was moved here does not wait; one written in place with another end does", async () => {
  const { path, batches, until } = makeBatches({ "a.md": text("A"), "b.md": text("B") });
  writeFileSync(path("a.md"), text("A2", "These are other words to end it with."));
  batches.touch(path("a.md"));
  writeFileSync(path("b.new"), text("B2", "These are other words to end it with."));
  renameSync(path("b.new"), path("b.md"));
  batches.touch(path("b.md"), true);
  expect((await until(2)).map(([name]) => name)).toEqual(["b.md", "a.md"]);
});

test("a file written in place with the same end does not wait, whether longer or shorter", async () => {
  const { path, batches, until } = makeBatches({
    "a.md": text("A"),
    "b.md": text("Long"),
    "c.md": text("C"),
  });
  for (const [name, content] of [
    ["a.md", text("A2", "These are other words to end it with.")],
    ["b.md", text("L")],
    ["c.md", text("C, and more")],
  ] as const) {
    writeFileSync(path(name), content);
    batches.touch(path(name));
  }
  expect((await until(3)).map(([name]) => name)).toEqual(["b.md", "c.md", "a.md"]);
});

test("F53: a file that is created and written afterwards is never released half written", async () => {
  const { path, batches, until } = makeBatches({});
  const whole = text("New");
  const handle = openSync(path("new.md"), "w");
  batches.touch(path("new.md"), true);
  writeSync(handle, whole.slice(0, 400));
  // The event of the second write comes a moment later than a first look may find its bytes.
  setImmediate(() => batches.touch(path("new.md")));
  await pass(3);
  writeSync(handle, whole.slice(400));
  batches.touch(path("new.md"));
  closeSync(handle);
  expect(await until(1)).toEqual([["new.md", whole]]);
});

test("F54: a file overwritten from its beginning, without being emptied first, is never released half written", async () => {
  const { path, batches, until } = makeBatches({ "a.md": text("A") });
  const whole = text("B").replaceAll("Line", "Word");
  const handle = openSync(path("a.md"), "r+");
  writeSync(handle, whole.slice(0, 400), 0);
  batches.touch(path("a.md"));
  await pass(3);
  writeSync(handle, whole.slice(400), 400);
  batches.touch(path("a.md"));
  closeSync(handle);
  expect(await until(1)).toEqual([["a.md", whole]]);
});

test("F53: the same words at the end of a half-written text prove nothing when they are in it twice", async () => {
  const refrain = "And this is the refrain, sung again and again.\n";
  const { path, batches, until } = makeBatches({ "song.md": refrain.repeat(9) });
  writeFileSync(path("song.md"), refrain.repeat(4));
  batches.touch(path("song.md"));
  await pass(10);
  appendFileSync(path("song.md"), refrain.repeat(4));
  batches.touch(path("song.md"));
  expect(await until(1)).toEqual([["song.md", refrain.repeat(8)]]);
});
