import { hash } from "node:crypto";
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ReadAhead } from "../../src/read-ahead.ts";
import { makeFolder, runProgram, writeFiles } from "../site.ts";

const sha256 = (text: string): string => hash("sha256", text, "base64");

function open(
  texts: Readonly<Record<string, string>>,
  first = 0,
): { ahead: ReadAhead; files: string[]; folder: string } {
  const folder = makeFolder();
  writeFiles(folder, texts);
  const files = Object.keys(texts);
  return { ahead: new ReadAhead({ folder, files, first }), files, folder };
}

/** Texts that together fill the shared memory several times, of every length that may end a part. */
function makeTexts(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`${i % 7}/${i}.md`, `${i} ${"é".repeat((i * 7919) % 20_000)}`]),
  );
}

describe("reading ahead in a thread", () => {
  test("gives every file's bytes and digest, in order, through memory that is used again and again", () => {
    const texts = makeTexts(300);
    const { ahead, files } = open(texts);
    files.forEach((file, i) => {
      const read = ahead.take(i);
      expect(read?.bytes.toString()).toBe(texts[file]);
      expect(read?.digest).toBe(sha256(texts[file] ?? ""));
      expect(read?.readAt).toBeLessThanOrEqual(Date.now());
    });
    expect(ahead.take(files.length)).toBeUndefined();
    ahead.close();
  });

  test("files that are passed over, missing, empty or too large do not disturb the others", () => {
    const texts = {
      "a.md": "a",
      "gone.md": "b",
      "empty.md": "",
      "large.md": "c".repeat(1 << 20),
      "z.md": "z",
    };
    const folder = makeFolder();
    writeFiles(folder, texts);
    rmSync(join(folder, "gone.md"));
    const ahead = new ReadAhead({ folder, files: Object.keys(texts), first: 1 });
    expect([0, 1, 2, 3, 4].map((i) => ahead.take(i)?.bytes.toString())).toEqual([
      undefined,
      undefined,
      "",
      undefined,
      "z",
    ]);
    ahead.close();
  });

  test("with its bytes comes what the disk says of a file", () => {
    const { ahead, folder } = open({ "a.md": "text" });
    const { size, mtimeMs, ctimeMs, ino } = statSync(join(folder, "a.md"));
    expect(ahead.take(0)?.stamp).toEqual({ size, mtimeMs, ctimeMs, ino });
    ahead.close();
  });

  test("after it is closed it gives nothing", () => {
    const { ahead } = open(makeTexts(300));
    expect(ahead.take(0)).toBeDefined();
    ahead.close();
    expect(ahead.take(1)).toBeUndefined();
  });

  test("thousands of posts are read with it, and what goes wrong with some of them is told as always", () => {
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
    const config = { site: { url: "https://example.org/", title: "T" }, feeds: { limit: 5 }, page: false };
    writeFiles(root, { "feedwright.config.json": JSON.stringify(config), ...posts });
    const built = runProgram(["build", "--keep-going", "--json", "--now", "2026-06-01T00:00:00Z"], {
      cwd: root,
    });
    const result = JSON.parse(built.stdout);
    expect(result.posts).toMatchObject({ published: 3199, failed: 1 });
    expect(result.diagnostics).toMatchObject([{ code: "front-matter/unclosed", file: "posts/2000.md" }]);
  });
});
