import { expect, test } from "vitest";
import { runProgram } from "../support/program.ts";
import { makeSite, post, readTree } from "../support/site.ts";

const posts = {
  "posts/a.md": post({ title: "A", tags: ["Ferry & dock"] }),
  "posts/b.md": post({ title: "B", tags: ["later"], date: "2026-05-01T00:00:00Z" }),
};
const config = { feeds: { tags: true, formats: ["rss" as const, "json" as const] } };

test("prints the tags of every feed there is at that moment, the site's first, and writes nothing", () => {
  const { root } = makeSite(posts, config);
  const before = readTree(root);
  const { status, stdout, stderr } = runProgram(["links", "--now", "2026-02-01T00:00:00Z"], { cwd: root });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout.trimEnd().split("\n")).toEqual([
    '<link rel="alternate" type="application/rss+xml" title="Site (RSS)" href="https://site.example/rss.xml">',
    '<link rel="alternate" type="application/feed+json" title="Site (JSON Feed)" href="https://site.example/feed.json">',
    '<link rel="alternate" type="application/rss+xml" title="Site · Ferry &amp; dock (RSS)" href="https://site.example/tags/ferry-dock/rss.xml">',
    '<link rel="alternate" type="application/feed+json" title="Site · Ferry &amp; dock (JSON Feed)" href="https://site.example/tags/ferry-dock/feed.json">',
  ]);
  expect(readTree(root)).toEqual(before);
});

test("--json lists the same feeds as data", () => {
  const { root } = makeSite(posts, config);
  const { status, stdout } = runProgram(["links", "--json"], { cwd: root });
  expect(status).toBe(0);
  const feeds = JSON.parse(stdout) as { key: string; documents: { url: string }[] }[];
  expect(feeds.map(({ key }) => key)).toEqual(["site", "tag/ferry-dock", "tag/later"]);
  expect(feeds[0]?.documents.map(({ url }) => url)).toEqual([
    "https://site.example/rss.xml",
    "https://site.example/feed.json",
  ]);
});

test("are the lines that a build writes with feeds.links", () => {
  const { root, read } = makeSite(posts, { feeds: { ...config.feeds, links: true } });
  const now = ["--now", "2026-06-01T00:00:00Z"];
  expect(runProgram(["build", "--quiet", ...now], { cwd: root }).status).toBe(0);
  // The file begins with the mark by which a later build knows it.
  const [mark, ...lines] = read("dist/autodiscovery.html").split("\n");
  expect(mark).toBe("<!-- generator: feedwright -->");
  expect(runProgram(["links", ...now], { cwd: root }).stdout).toBe(lines.join("\n"));
});
