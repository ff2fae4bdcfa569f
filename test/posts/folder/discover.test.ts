import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import picomatch from "picomatch";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Failure } from "../../../src/model/failure.ts";
import { discoverPosts } from "../../../src/posts/folder/discover.ts";
import { matchPostNames } from "../../../src/posts/folder/posts-folder.ts";
import { makeConfig, type Settings } from "../make-config.ts";

let root = "";
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "feedwright-discover-")));
  mkdirSync(join(root, "posts"));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(...files: string[]): void {
  for (const file of files) {
    mkdirSync(dirname(join(root, "posts", file)), { recursive: true });
    writeFileSync(join(root, "posts", file), "---\n---\n");
  }
}

function link(target: string, file: string): void {
  mkdirSync(dirname(join(root, "posts", file)), { recursive: true });
  symlinkSync(target, join(root, "posts", file));
}

function discover(settings: Settings = {}): { files: string[]; problems: string[] } {
  const { files, diagnostics } = discoverPosts(makeConfig({ root, ...settings }));
  return {
    files: files.map(({ file }) => file),
    problems: diagnostics.map(({ code, file }) => `${code} ${file}`),
  };
}

describe("what is a post", () => {
  test("sorted by code unit, whatever was written first", () => {
    write("b.md", "a/z.md", "a.md", "B.mdx", "é.html", "a-b.markdown", "a/b/c.html");
    expect(discover()).toEqual({
      files: ["B.mdx", "a-b.markdown", "a.md", "a/b/c.html", "a/z.md", "b.md", "é.html"],
      problems: [],
    });
  });

  test("other kinds, hidden names, node_modules and section pages are passed over", () => {
    write(
      "a.md",
      "b.txt",
      ".c.md",
      ".d/e.md",
      "node_modules/f.md",
      "g/_index.md",
      "a.md~",
      "_drafts/h.md",
      "_posts/i.md",
    );
    expect(discover().files).toEqual(["_drafts/h.md", "_posts/i.md", "a.md"]);
  });

  test("READMEs, lists, copies and parts of a bundle are named and are no posts", () => {
    write(
      "README.md",
      "a/readme.markdown",
      "a/_index.md",
      "a/x (conflicted copy 2026-01-30).md",
      "a/x.sync-conflict-20260130-101112-ABCDEFG.md",
      "a/index.md",
      "a/x.md",
      "b/index.md",
      "c/index.md",
      "c/part.md",
      "c/d/part.md",
    );
    writeFileSync(join(root, "posts/c/index.md"), "---\ndate: 2026-01-01\n---\n");
    const { files, problems } = discover({ bundles: true });
    expect(files).toEqual(["a/index.md", "b/index.md", "c/index.md"]);
    expect(problems.filter((line) => !line.includes("file/not-a-post"))).toEqual([]);
    expect(discover().files).toEqual(["a/x.md", "b/index.md", "c/d/part.md", "c/index.md", "c/part.md"]);
  });

  test.each([
    ["+++\ndraft = true\n+++\n", []],
    ["---\ncascade:\n  draft: true\n---\n", []],
    ["---\ncascade:\n  - build: { list: never }\n---\n", []],
    ["---\ncascade:\n  _build:\n    list: false\n---\n", []],
    ["---\ntitle: Notes\ncascade: { type: note }\n---\n", ["a/b/x.md"]],
    ["---\n: [\n---\n", ["a/b/x.md"]],
  ])("an _index that holds its pages back holds back the folder: %j", (head, files) => {
    write("a/b/x.md", "a/_index.md");
    writeFileSync(join(root, "posts/a/_index.md"), head);
    expect(discover().files).toEqual(files);
  });

  test("an ending in capitals is a warning, and so is a name that is not UTF-8", () => {
    write("a.md", "B.MD", "c.PNG");
    writeFileSync(
      Buffer.concat([Buffer.from(join(root, "posts/")), Buffer.from([0x64, 0xe9, 0x2e, 0x6d, 0x64])]),
      "x",
    );
    const { files, problems } = discover();
    expect(files).toEqual(["a.md"]);
    expect(problems).toEqual(["file/ending-in-capitals posts/B.MD", "file/name-not-text posts/d\ufffd.md"]);
  });

  test("include and exclude are globs below the folder", () => {
    write("a.md", "b.html", "old/c.md", "old/d/e.md");
    expect(discover({ include: ["**/*.md"] }).files).toEqual(["a.md", "old/c.md", "old/d/e.md"]);
    expect(discover({ exclude: ["old/**"] }).files).toEqual(["a.md", "b.html"]);
    expect(discover({ include: ["old/*.md"] }).files).toEqual(["old/c.md"]);
    expect(discover({ include: [] }).files).toEqual(["a.md", "b.html", "old/c.md", "old/d/e.md"]);
  });

  test("the output folder inside the posts folder is no source", () => {
    write("a.md", "dist/index.html");
    expect(discover({ out: join(root, "posts/dist") }).files).toEqual(["a.md"]);
  });

  test("size, time and inode are the disk's", () => {
    write("a.md");
    const [file] = discoverPosts(makeConfig({ root })).files;
    expect(file).toMatchObject({ file: "a.md", size: 8 });
    expect(file?.mtimeMs).toBeGreaterThan(0);
    expect(file?.ino).toBeGreaterThan(0);
  });

  test("a missing posts folder, or a file in its place, is a Failure", () => {
    writeFileSync(join(root, "file"), "");
    for (const dir of ["nowhere", "file"]) {
      const run = (): unknown => discover({ dir: join(root, dir) });
      expect(run).toThrow(Failure);
      expect(run).toThrow(expect.objectContaining({ code: "posts-missing" }));
    }
  });
});

describe("what is not opened", () => {
  test("F18: a file over 5 MiB is an error; one of 5 MiB is not", () => {
    write("big.md", "fits.md");
    truncateSync(join(root, "posts/big.md"), 5 * 1024 * 1024 + 1);
    truncateSync(join(root, "posts/fits.md"), 5 * 1024 * 1024);
    expect(discover()).toEqual({ files: ["fits.md"], problems: ["file/too-large posts/big.md"] });
  });

  test.skipIf(process.platform === "win32")(
    "F18: a named pipe and a socket are refused without being opened",
    async () => {
      write("a.md");
      execFileSync("mkfifo", [join(root, "posts/pipe.md")]);
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(join(root, "posts/socket.md"), resolve));
      try {
        expect(discover()).toEqual({
          files: ["a.md"],
          problems: ["file/not-regular posts/pipe.md", "file/not-regular posts/socket.md"],
        });
      } finally {
        await new Promise((resolve) => server.close(resolve));
      }
    },
  );

  test.skipIf(process.platform === "win32")("F18: a link to a device is refused", () => {
    write("a.md");
    link("/dev/zero", "zero.md");
    expect(discover()).toEqual({ files: ["a.md"], problems: ["file/link posts/zero.md"] });
  });

  test("F19: links out of the folder are not followed", () => {
    mkdirSync(join(root, "secret"));
    writeFileSync(join(root, "secret/s.md"), "");
    mkdirSync(join(root, "posts-private"));
    write("a.md");
    link(join(root, "secret"), "folder");
    link("../secret/s.md", "file.md");
    link("../posts-private", "sibling");
    link("nowhere", "broken.md");
    expect(discover()).toEqual({
      files: ["a.md"],
      problems: ["broken.md", "file.md", "folder", "sibling"].map((file) => `file/link posts/${file}`),
    });
  });

  test("F19: loops end, and every file is a post once", () => {
    write("a/b.md", ".store/c.md", ".store/d/e.md");
    link("..", "a/up");
    link(".", "self");
    link("a", "again");
    link("a/b.md", "b-again.md");
    link(".store", "kept");
    link("../.store/c.md", "a/c.md");
    link("loop2", "loop1");
    link("loop1", "loop2");
    expect(discover()).toEqual({ files: ["a/b.md", "a/c.md", "kept/d/e.md"], problems: [] });
  });

  test("F19: a link to a file that is left out under its own name is followed", () => {
    write("old/a.md");
    link("old/a.md", "kept.md");
    expect(discover({ exclude: ["old/**"] })).toEqual({ files: ["kept.md"], problems: [] });
  });

  test("F19: the posts folder itself may be a link", () => {
    write("a.md");
    symlinkSync("posts", join(root, "linked"));
    expect(discover({ dir: join(root, "linked") }).files).toEqual(["a.md"]);
  });

  test("folders nested deeper than 64 levels are an error", () => {
    write(`${"d/".repeat(64)}fits.md`, `${"d/".repeat(65)}deep.md`);
    const { files, problems } = discover();
    expect(files).toEqual([`${"d/".repeat(64)}fits.md`]);
    expect(problems).toEqual([`file/too-deep posts/${"d/".repeat(65).slice(0, -1)}`]);
  });
});

describe("names that some systems cannot tell apart", () => {
  test("F22: a difference in case alone is an error that names both", (context) => {
    write("News/a.md", "news/a.md");
    if (discover().files.length === 1 && discover().problems.length === 0) context.skip();
    const { diagnostics } = discoverPosts(makeConfig({ root }));
    expect(diagnostics).toMatchObject([{ code: "file/name-collision", file: "posts/news/a.md" }]);
    expect(diagnostics[0]?.message).toContain("News/a.md");
  });

  test("F22: a difference in Unicode form alone is an error", (context) => {
    write("caf\u00e9.md", "cafe\u0301.md");
    if (discover().files.length === 1 && discover().problems.length === 0) context.skip();
    expect(discover().problems).toHaveLength(1);
    expect(discover().files).toEqual(["cafe\u0301.md"]);
  });
});

test("patterns of endings match as globs do, without the package", () => {
  const part = fc.oneof(
    fc.constantFrom(
      "a",
      "b.c",
      "a b",
      ".hidden",
      "md",
      ".md",
      "é",
      "a\nb",
      "a\\b",
      "a\u2028",
      "a\r",
      "[a]",
      "node_modules",
    ),
    fc.string({ maxLength: 4 }).filter((text) => !/[/\0]/.test(text)),
  );
  const name = fc
    .tuple(
      fc.array(
        part.filter((text) => text !== ""),
        { maxLength: 2 },
      ),
      part,
      fc.constantFrom(".md", ".html", ".MD", ".md.html", ".mdx", "", ".", ".md."),
    )
    .map(([folders, base, ending]) => [...folders, `${base}${ending}`].join("/"))
    .filter((text) => text !== "" && !text.endsWith("/"));
  const patterns = fc.array(fc.constantFrom("**/*.md", "**/*.html", "**/*.x9"), {
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(name, patterns, (file, include) => {
      const isHidden = /(^|\/)(\.|node_modules\/)/.test(file);
      const expected = !isHidden && picomatch([...include])(file);
      expect(matchPostNames(makeConfig({ include }))(file)).toBe(expected);
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 500) },
  );
});
