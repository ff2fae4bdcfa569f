// Output folders of real generators, and of trees as others leave them, beside a build of the feeds.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { build } from "../../src/build.ts";
import type { UserConfig } from "../../src/model/config.ts";
import { runProgram, startProgram } from "../support/program.ts";
import { makeSite, post, readTree, writeFiles } from "../support/site.ts";

const now = "2026-11-23T09:00:00Z";

/** Writes the folder as a generator leaves it; every one has a home page. */
type Generator = (root: string) => void;

const page = (title: string, generator: string) =>
  `<!doctype html><html><head><meta name="generator" content="${generator}"><title>${title}</title></head><body>${title}</body></html>\n`;

const generators: Record<string, Generator> = {
  hugo: (root) => {
    writeFiles(root, {
      "config.toml": 'baseURL = "https://site.example/"\ntitle = "Site"\npublishDir = "dist"\n',
      "content/posts/a.md": post({ tags: ["one"] }),
      "layouts/index.html":
        "<!doctype html><html><head>{{ hugo.Generator }}</head><body>{{ .Title }}</body></html>",
      "layouts/_default/single.html": "<!doctype html><html><body>{{ .Content }}</body></html>",
      "layouts/_default/list.html": "<!doctype html><html><body>{{ .Title }}</body></html>",
    });
    const { status, stderr } = spawnSync("hugo", ["--quiet"], { cwd: root, encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  },
  "a folder such as Astro's": (root) =>
    writeFiles(join(root, "dist"), {
      "index.html": page("home", "Astro v5.1.0"),
      "tags/one/index.html": page("one", "Astro v5.1.0"),
      "_astro/index.B1x2c3.css": "body{}",
      "sitemap-index.xml": '<?xml version="1.0" encoding="UTF-8"?><sitemapindex></sitemapindex>',
      "sitemap-0.xml": '<?xml version="1.0" encoding="UTF-8"?><urlset></urlset>',
      ".well-known/security.txt": "Contact: mailto:a@site.example\n",
    }),
  "a folder such as Eleventy's": (root) =>
    writeFiles(join(root, "dist"), {
      "index.html": page("home", "Eleventy v3.0.0"),
      "feed/feed.xml": "<feed><title>theirs</title></feed>",
      "tags/one/index.html": page("one", "Eleventy v3.0.0"),
      "archive/index.html": page("archive", "Eleventy v3.0.0"),
      _redirects: "/old /new\n",
    }),
};

const hasHugo = spawnSync("hugo", ["version"]).status === 0;
if (!hasHugo && process.env.CI === "true") throw new Error("hugo is missing: install it, as .ci/run does");
if (!hasHugo) console.warn("skipped: hugo is not installed");

function makeFeeds(files: Record<string, string> = {}) {
  const config = {
    page: true,
    feeds: { tags: {}, archives: "month", stylesheet: true },
  } as unknown as UserConfig;
  return makeSite({ "posts/a.md": post({ tags: ["one"] }), ...files }, config, { sound: false });
}

describe.each(Object.keys(generators).filter((name) => name !== "hugo" || hasHugo))("beside %s", (name) => {
  const generate = generators[name] as Generator;

  test.each(["first", "second"])(
    "in any order, no file of the generator is touched: it is %s",
    async (place) => {
      const { root, config } = makeFeeds();
      const run = () => build(config, { now: Date.parse(now) });
      if (place === "second") expect((await run()).files.written).toContain("index.html");
      generate(root);
      const theirs = withoutOurs(readTree(config.out));
      expect(theirs["index.html"]).not.toContain('content="feedwright"');
      const first = await run();
      expect(first.ok).toBe(true);
      expect(readTree(config.out)).toMatchObject(theirs);
      const whole = readTree(config.out);
      const steps: (() => void)[] = [
        () => generate(root),
        () => rmSync(join(root, ".feedwright"), { recursive: true }),
        () => {
          rmSync(config.out, { recursive: true });
          mkdirSync(config.out);
          generate(root);
        },
      ];
      for (const step of steps) {
        step();
        const result = await run();
        expect(result.ok).toBe(true);
        expect(result.diagnostics.map(({ code }) => code)).toContain("output/page-gives-way");
        expect(readTree(config.out)).toEqual(whole);
      }
      writeFiles(root, { "posts/a.md": post({ tags: ["one"], draft: true }) });
      await build(config, { now: Date.parse(now), allowEmpty: true });
      expect(readTree(config.out)).toMatchObject(theirs);
    },
  );
});

/** The files that no build of the feeds writes. */
function withoutOurs(tree: Record<string, string>): Record<string, string> {
  const isFeed = (path: string) => /(?:^|\/)(?:rss\.xml|atom\.xml|feed\.json|feeds\.css)$/.test(path);
  return Object.fromEntries(Object.entries(tree).filter(([path]) => !isFeed(path)));
}

test("killed at any moment, a build leaves the files of others as they were", async () => {
  const { root, config } = makeFeeds();
  generators["a folder such as Eleventy's"]?.(root);
  const theirs = readTree(config.out);
  for (let round = 0; round < 6; round += 1) {
    const posts = Array.from({ length: 60 }, (_, i) => [
      `posts/p${i}.md`,
      post({ title: `Edition ${round} of ${i}`, slug: `p${i}`, tags: [`tag ${i % 20} of ${round}`] }),
    ]);
    writeFiles(root, Object.fromEntries(posts));
    const child = startProgram(["build", "--now", now], { cwd: root });
    setTimeout(() => child.kill("SIGKILL"), 90 + round * 60);
    await new Promise((resolve) => child.on("exit", resolve));
    expect(readTree(config.out)).toMatchObject(theirs);
  }
  expect(runProgram(["build", "--now", now], { cwd: root }).status).toBe(0);
  expect(readTree(config.out)).toMatchObject(theirs);
});
