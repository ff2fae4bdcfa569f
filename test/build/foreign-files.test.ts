import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BuildOptions, build } from "../../src/build.ts";
import type { Config } from "../../src/model/config.ts";
import { listFiles, makeSite, post, readTree, writeFiles } from "../support/site.ts";

const now = Date.parse("2026-03-01T00:00:00Z");

/** A site that writes every kind of file that there is. */
function makeFullSite(files: Record<string, string | Uint8Array> = {}) {
  return makeSite(
    { "posts/a.md": post({ tags: ["one"], image: "/pic.png" }), "static/pic.png": picture(1), ...files },
    {
      page: { path: "index.html" },
      sitemap: true,
      headers: true,
      news: { publication: "Site" },
      assets: { dir: "static", copy: true },
      feeds: { tags: {}, archives: "month", opml: true, menu: true, links: true, stylesheet: true },
    } as never,
    { sound: false },
  );
}

function picture(mark: number): Uint8Array {
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  return Buffer.concat([png, Buffer.from([mark])]);
}

const run = (config: Config, options: BuildOptions = {}) => build(config, { now, ...options });
const codes = (result: { diagnostics: readonly { code: string; file: string }[] }) =>
  result.diagnostics
    .filter(({ code }) => code.startsWith("output/"))
    .map(({ code, file }) => `${code} ${file}`);
const loseManifest = (root: string) => rmSync(join(root, ".feedwright"), { recursive: true });

/** What other programs write at the paths of ours. */
const foreign: Record<string, string> = {
  "rss.xml": `<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>T</title><generator>Hugo</generator><item><description>&lt;generator&gt;feedwright&lt;/generator&gt; <generator>feedwright</generator></description></item></channel></rss>\n`,
  "atom.xml": `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>about feedwright</title></feed>\n`,
  "feed.json": `{\n  "version": "https://jsonfeed.org/version/1.1",\n  "title": "T",\n  "feed_url": "https://site.example/feed.json",\n  "items": [{"_generator": {"name": "feedwright"}}]\n}\n`,
  "tags/one/rss.xml": `<rss version="2.0"><channel><title>one</title></channel></rss>`,
  "sitemap.xml": `<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n  <url><loc>https://site.example/</loc></url></urlset>\n`,
  "news-sitemap.xml": `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>`,
  _headers: "/*\n  X-Frame-Options: DENY\n",
  "feeds.opml": `<opml version="2.0"><head/><body/></opml>`,
  "feeds.css": "body { color: red }\n/* generator: feedwright */\n",
  "autodiscovery.html": `<link rel="alternate" type="application/rss+xml" title="T" href="/rss.xml">\n`,
  ".well-known/feed-menu.json": `{"feed-menu": "theirs", "items": []}`,
  "pic.png": "another picture",
};

describe.each(Object.keys(foreign))("%s", (path) => {
  test.each(["before the first build", "after a build", "after a build, manifest lost"])(
    "another program's file stays: %s",
    async (when) => {
      const { root, config } = makeFullSite();
      const text = foreign[path] as string;
      if (when !== "before the first build") expect((await run(config)).ok).toBe(true);
      if (when.includes("lost")) loseManifest(root);
      writeFiles(config.out, { [path]: text });
      const before = readTree(config.out);
      const result = await run(config);
      expect(codes(result)).toEqual([`output/foreign-file dist/${path}`]);
      expect(result.ok).toBe(false);
      expect(readTree(config.out)).toMatchObject(before);
      const [found] = result.diagnostics.filter(({ code }) => code === "output/foreign-file");
      expect(found?.hint).toMatch(/`.*--overwrite` once/);
      const rest = await run(config, { keepGoing: true });
      expect(rest.ok).toBe(false);
      expect(readFileSync(join(config.out, path), "utf8")).toBe(text);
      expect(codes(await run(config, { keepGoing: true }))).toEqual([`output/foreign-file dist/${path}`]);
      expect((await run(config, { overwrite: true })).ok).toBe(true);
      expect(readFileSync(join(config.out, path), "utf8")).not.toBe(text);
      const again = await run(config);
      expect(again.ok).toBe(true);
      expect(again.files.written).toEqual([]);
    },
  );

  test("a file that goes gives the place back", async () => {
    const { config } = makeFullSite();
    writeFiles(config.out, { [path]: foreign[path] as string });
    await run(config, { keepGoing: true });
    rmSync(join(config.out, path));
    const result = await run(config);
    expect(result.ok).toBe(true);
    expect(existsSync(join(config.out, path))).toBe(true);
  });
});

describe("the landing page", () => {
  const home = `<!doctype html>\n<html><head><meta name="generator" content="Hugo"></head><body>feedwright <meta name="generator" content="feedwright"></body></html>\n`;

  test.each([{}, { overwrite: true }, { cache: false as const }])(
    "gives way to a home page, in every order (%j)",
    async (options) => {
      const { root, config } = makeFullSite();
      const write = () => writeFiles(config.out, { "index.html": home });
      const expectHome = async () => {
        for (let i = 0; i < 2; i += 1) {
          const result = await run(config, options);
          expect(codes(result)).toEqual(["output/page-gives-way dist/index.html"]);
          expect(result.ok).toBe(true);
          expect(readFileSync(join(config.out, "index.html"), "utf8")).toBe(home);
        }
      };
      write();
      await expectHome();
      writeFiles(root, { "posts/b.md": post({ title: "Second" }) });
      await expectHome();
      rmSync(join(config.out, "index.html"));
      expect(codes(await run(config, options))).toEqual([]);
      expect(readFileSync(join(config.out, "index.html"), "utf8")).toContain('content="feedwright"');
      write();
      await expectHome();
      loseManifest(root);
      await expectHome();
      rmSync(config.out, { recursive: true });
      expect(codes(await run(config, options))).toEqual([]);
      expect(existsSync(join(config.out, "index.html"))).toBe(true);
    },
  );

  test("that gave way is not made again until something changes", async () => {
    const { config } = makeFullSite();
    writeFiles(config.out, { "index.html": home });
    await wait(40); // A post that was just written is read again.
    await run(config);
    const made: string[] = [];
    const again = await run(config, { onDocument: ({ path }) => made.push(path) });
    expect(made).toEqual([]);
    expect(codes(again)).toEqual(["output/page-gives-way dist/index.html"]);
  });

  test("says how to have it elsewhere", async () => {
    const { config } = makeFullSite();
    writeFiles(config.out, { "index.html": home });
    const { diagnostics } = await run(config);
    expect(diagnostics.find(({ code }) => code === "output/page-gives-way")).toMatchObject({
      severity: "hint",
      hint: expect.stringContaining("page.path"),
    });
  });
});

test("an emptied output folder is filled again", async () => {
  const { config } = makeFullSite();
  await run(config);
  const before = readTree(config.out);
  rmSync(config.out, { recursive: true });
  mkdirSync(config.out);
  writeFiles(config.out, { "about/index.html": "theirs" });
  await run(config);
  expect(readTree(config.out)).toEqual({ ...before, "about/index.html": "theirs" });
});

describe("a manifest that is", () => {
  const damage: Record<string, (path: string) => void> = {
    lost: (path) => rmSync(path),
    cut: (path) => truncateSync(path, 100),
    empty: (path) => writeFileSync(path, ""),
    "of another kind": (path) => writeFileSync(path, '{"version":1,"files":null,"entries":{}}'),
  };
  test.each(Object.keys(damage))(
    "%s: the same files come out, and what is no longer made goes",
    async (how) => {
      const { root, config } = makeFullSite({
        "posts/b.md": post({ title: "Secret", tags: ["two"], date: "2026-01-05T00:00:00Z" }),
        "posts/c.md": post({ title: "Yesteryear", tags: ["one"], date: "2025-03-05T00:00:00Z" }),
      });
      await run(config);
      writeFiles(config.out, {
        "tags/two/index.html": "theirs",
        "tags/three/rss.xml": foreign["rss.xml"] as string,
      });
      damage[how]?.(join(root, ".feedwright/manifest.json"));
      expect((await run(config, { cache: false })).ok).toBe(true);
      damage[how]?.(join(root, ".feedwright/manifest.json"));
      writeFiles(root, {
        "posts/b.md": post({ title: "Secret", tags: ["two"], date: "2026-01-05T00:00:00Z", draft: true }),
        "posts/c.md": post({ title: "Yesteryear", tags: ["one"], date: "2025-03-05T00:00:00Z", draft: true }),
      });
      const result = await run(config);
      expect(result.ok).toBe(true);
      expect(result.files.removed).toContain("tags/two/rss.xml");
      const left = readTree(config.out);
      expect(left["tags/two/index.html"]).toBe("theirs");
      expect(left["tags/three/rss.xml"]).toBe(foreign["rss.xml"]);
      const texts = Object.values(left).join("\n");
      expect(texts).not.toContain("Secret");
      expect(texts).not.toContain("Yesteryear");
    },
  );

  test("evil removes and overwrites nothing outside the output folder", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("..", ".", "", "x", "dist", "away", "victim"), {
          minLength: 1,
          maxLength: 4,
        }),
        async (parts) => {
          const { root, config } = makeSite({ "posts/a.md": post(), victim: "v", "x/victim": "v" });
          await run(config);
          mkdirSync(join(root, "elsewhere"));
          writeFileSync(join(root, "elsewhere/victim"), "v");
          symlinkSync(join(root, "elsewhere"), join(config.out, "away"));
          const path = join(root, ".feedwright/manifest.json");
          const manifest = JSON.parse(readFileSync(path, "utf8"));
          const facts = {
            digest: "4c94485e0c21ae6c41ce1dfe7b6bfaceea5ab68e40a2476f50208e526f506080",
            size: 1,
          };
          for (const one of [
            parts.join("/"),
            join(root, "victim"),
            "../victim",
            "x/../../victim",
            "away/victim",
            "..\\victim",
          ])
            manifest.files[one] = facts;
          writeFileSync(path, JSON.stringify(manifest));
          await run(config, { cache: false });
          expect(listFiles(root)).toEqual(expect.arrayContaining(["victim", "x/victim", "elsewhere/victim"]));
        },
      ),
      { numRuns: Number(process.env.FC_RUNS ?? 12) },
    );
  });
});

describe("links", () => {
  test("to a folder elsewhere are not written through", async () => {
    const { root, config } = makeFullSite();
    mkdirSync(join(root, "elsewhere"));
    mkdirSync(config.out);
    symlinkSync(join(root, "elsewhere"), join(config.out, "tags"));
    await expect(run(config)).rejects.toThrow(/dist\/tags is a symbolic link that leads out/);
    expect(listFiles(join(root, "elsewhere"))).toEqual([]);
    expect(existsSync(join(config.out, "rss.xml"))).toBe(false);
  });

  test("to a folder within the output folder are followed", async () => {
    const { config } = makeFullSite();
    mkdirSync(join(config.out, "t"), { recursive: true });
    symlinkSync("t", join(config.out, "tags"));
    expect((await run(config)).ok).toBe(true);
    expect(existsSync(join(config.out, "t/one/rss.xml"))).toBe(true);
  });

  test.each(["posts", "posts/deep"])("an output folder that is one to %s is refused", async (to) => {
    const { root, config } = makeFullSite({ "posts/deep/b.md": post({ title: "B" }) });
    symlinkSync(join(root, to), config.out);
    await expect(run(config)).rejects.toThrow(/symbolic link into the posts folder/);
    expect(listFiles(join(root, "posts"))).toEqual(["a.md", "deep/b.md"]);
  });
});

test("a copy that another program made as well is not removed with its post", async () => {
  const { root, config } = makeFullSite();
  mkdirSync(config.out);
  copyFileSync(join(root, "static/pic.png"), join(config.out, "pic.png"));
  expect((await run(config)).ok).toBe(true);
  writeFiles(root, { "posts/a.md": post({ tags: ["one"] }) });
  await run(config);
  expect(existsSync(join(config.out, "pic.png"))).toBe(true);
});

test("a copy of ours is replaced with its source, and removed with its post", async () => {
  const { root, config } = makeFullSite();
  await run(config);
  writeFiles(root, { "static/pic.png": picture(2) });
  expect((await run(config)).files.written).toContain("pic.png");
  writeFiles(root, { "posts/a.md": post({ tags: ["one"] }) });
  expect((await run(config)).files.removed).toContain("pic.png");
});

test("the output of version 0.1 is known without its manifest", async () => {
  const { root, config } = makeFullSite();
  await run(config);
  for (const path of listFiles(config.out)) {
    if (path === "pic.png") continue;
    const full = join(config.out, path);
    const text = readFileSync(full, "utf8")
      .replace(
        /<!-- generator: feedwright -->\n|\/\* generator: feedwright \*\/\n|# generator: feedwright\n\n/,
        "",
      )
      .replace(/ {2}"_generator": \{\n {4}"name": "feedwright"\n {2}\},\n/, "")
      .replace('<meta name="generator" content="feedwright">\n', "");
    writeFileSync(full, text);
  }
  loseManifest(root);
  const result = await run(config);
  expect(codes(result)).toEqual([]);
  expect(result.ok).toBe(true);
  expect(result.files.written).toEqual(
    expect.arrayContaining(["_headers", "feed.json", "feeds.opml", "index.html", "sitemap.xml"]),
  );
});
