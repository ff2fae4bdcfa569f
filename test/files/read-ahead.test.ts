import { hash } from "node:crypto";
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { ReadAhead } from "../../src/files/read-ahead.ts";
import { runProgram } from "../support/program.ts";
import { makeFolder, writeFiles } from "../support/site.ts";

const sha256 = (text: string): string => hash("sha256", text, "base64");

/** Reads these files ahead, once the thread is some way on; nothing is taken before. */
async function openAhead(folder: string, files: readonly string[]): Promise<ReadAhead> {
  for (let wait = 200; ; wait *= 3) {
    const ahead = new ReadAhead({ folder, files });
    onTestFinished(() => ahead.close());
    await setTimeout(wait);
    if (wait > 5000 || ahead.take(0) !== undefined) return ahead;
    ahead.close();
  }
}

/** Texts that together fill the shared memory several times, of every length that may end a part. */
function makeTexts(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`${i % 7}/${i}.md`, `${i} ${"é".repeat((i * 7919) % 20_000)}`]),
  );
}

describe("reading ahead in a thread", () => {
  test("gives files' bytes and digests, in order, through memory that is used again and again", async () => {
    const texts = makeTexts(400);
    const folder = makeFolder();
    writeFiles(folder, texts);
    const files = Object.keys(texts);
    const ahead = await openAhead(folder, files);
    let given = 0;
    for (const [i, file] of files.entries()) {
      if (i % 20 === 0) await setTimeout(5);
      const read = i === 0 ? undefined : ahead.take(i);
      if (read === undefined) continue;
      given += 1;
      expect(read.bytes.toString()).toBe(texts[file]);
      expect(read.digest).toBe(sha256(texts[file] ?? ""));
      expect(read.readAt).toBeLessThanOrEqual(Date.now());
    }
    // More than the memory holds at once: parts were used again.
    expect(given).toBeGreaterThan(150);
    expect(ahead.take(files.length)).toBeUndefined();
  });

  test("who takes faster than the thread reads gets nothing, or the right bytes", () => {
    const texts = makeTexts(400);
    const folder = makeFolder();
    writeFiles(folder, texts);
    const ahead = new ReadAhead({ folder, files: Object.keys(texts) });
    for (const [i, text] of Object.values(texts).entries()) {
      const read = ahead.take(i);
      if (read !== undefined) expect(read.bytes.toString()).toBe(text);
    }
    ahead.close();
  });

  test("files that are passed over, missing, empty or too large do not disturb the others", async () => {
    const texts = {
      "0.md": "0",
      "a.md": "a",
      "gone.md": "b",
      "empty.md": "",
      "large.md": "c".repeat(1 << 20),
      "z.md": "z",
    };
    const folder = makeFolder();
    writeFiles(folder, texts);
    rmSync(join(folder, "gone.md"));
    const ahead = await openAhead(folder, Object.keys(texts));
    expect([2, 3, 4, 5].map((i) => ahead.take(i)?.bytes.toString())).toEqual([undefined, "", undefined, "z"]);
  });

  test("with its bytes comes what the disk says of a file", async () => {
    const folder = makeFolder();
    writeFiles(folder, { "0.md": "0", "a.md": "text" });
    const { size, mtimeMs, ctimeMs, ino } = statSync(join(folder, "a.md"));
    const ahead = await openAhead(folder, ["0.md", "a.md"]);
    expect(ahead.take(1)?.stamp).toEqual({ size, mtimeMs, ctimeMs, ino });
  });

  test("a folder that is not there costs nothing but its help", async () => {
    const ahead = new ReadAhead({ folder: "/nowhere", files: ["a.md"] });
    await setTimeout(100);
    expect(ahead.take(0)).toBeUndefined();
    ahead.close();
  });

  test("thousands of posts are read with it, and problems of some of them are reported as always", () => {
    const root = makeFolder();
    const posts = Object.fromEntries(
      Array.from({ length: 3200 }, (_, i) => {
        const date = new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString();
        return [
          `posts/${i}.md`,
          i === 2000 ? "---\ntitle: x\n" : `---\ntitle: Post ${i}\ndate: ${date}\n---\n\nText ${i}.\n`,
        ];
      }),
    );
    const site = { url: "https://example.org/", title: "T", authority: "example.org,2026" };
    const config = { site, feeds: { limit: 5 }, page: false };
    writeFiles(root, { "feedwright.config.json": JSON.stringify(config), ...posts });
    const built = runProgram(["build", "--keep-going", "--json", "--now", "2026-06-01T00:00:00Z"], {
      cwd: root,
    });
    const result = JSON.parse(built.stdout);
    expect(result.posts).toMatchObject({ published: 3199, failed: 1 });
    expect(result.diagnostics).toMatchObject([{ code: "front-matter/unclosed", file: "posts/2000.md" }]);
  });
});
