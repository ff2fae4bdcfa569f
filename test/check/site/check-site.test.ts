// A site is checked as a whole, and what is found stands at the line of the post that caused it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { build } from "../../../src/build.ts";
import { findNearestCode } from "../../../src/check/explain.ts";
import { parseDocument } from "../../../src/check/parse/parsed-document.ts";
import { applySettings } from "../../../src/check/report/settings.ts";
import { PostAttribution, removeRepeats } from "../../../src/check/site/attribute-findings.ts";
import { checkPost } from "../../../src/check/site/check-post.ts";
import { type CheckSiteOptions, checkSite, makeDocuments } from "../../../src/check/site/check-site.ts";
import { EntryMap } from "../../../src/check/site/locate.ts";
import { loadConfig } from "../../../src/config/load-config.ts";
import type { UserConfig } from "../../../src/model/config.ts";
import { repositoryRoot } from "../../support/program.ts";
import { makeSite, post } from "../../support/site.ts";

const now = Date.UTC(2026, 10, 23, 9);
const short = (findings: readonly { code: string; file: string; line?: number; column?: number }[]) =>
  findings.map(({ code, file, line, column }) => `${code} ${file}:${line}:${column}`);

test("the sample site passes check --strict", async () => {
  const config = await loadConfig({ root: repositoryRoot });
  const { findings, sources } = await checkSite(config, { now });
  expect(findings.filter(({ severity }) => severity !== "hint")).toEqual([]);
  expect([...sources.keys()]).toEqual(
    expect.arrayContaining(["dist/atom.xml", "dist/feed.json", "dist/rss.xml"]),
  );
});

test("an error of a post, its line and column, and nothing written", async () => {
  const site = makeSite({
    "posts/a.md": "---\ntitle: A\ndate: 2026-02-30\n---\nText.\n",
    "posts/b.md": post(),
  });
  const { findings } = await checkSite(site.config, { now });
  expect(short(findings)).toEqual(["post/wrong-date posts/a.md:3:7"]);
  expect(site.list).toThrow();
});

test("a finding in rss, atom and json is reported once, at the post's line, with the document that shows it", async () => {
  const site = makeSite({
    "posts/a.md": "---\ntitle: A post\ndate: 1985-05-06T07:08:09Z\nauthor: Sari\n---\nText.\n",
    "posts/b.md": post(),
  });
  const { findings } = await checkSite(site.config, { now });
  const [old, ...more] = findings.filter(({ code }) => code === "value/date-implausible");
  expect(more).toEqual([]);
  expect(old).toMatchObject({ file: "posts/a.md", line: 3, column: 7 });
  expect(old?.document).toMatchObject({
    file: expect.stringMatching(/^dist\/(rss|atom)\.xml$|feed\.json/),
    line: expect.any(Number),
  });
});

test("entries that would come back under another id than in dist/ are errors at their post", async () => {
  const files = { "posts/a.md": post({ title: "One" }), "posts/b.md": post({ title: "Two" }) };
  const site = makeSite(files, {}, { sound: false });
  await build(site.config, { now, cache: false });
  const rss = site.read("dist/rss.xml").replaceAll("tag:site.example,2026:a<", "old-id<");
  writeFileSync(join(site.root, "dist/rss.xml"), rss);
  const { findings } = await checkSite(site.config, { now });
  const errors = findings.filter(({ severity }) => severity === "error");
  expect(short(errors)).toEqual(["set/id-changed posts/a.md:1:1"]);
  expect(errors[0]).toMatchObject({
    severity: "error",
    hint: 'Write `id: "old-id"` into the post.',
    document: { file: "dist/rss.xml" },
  });
});

test("what the build says of a changed id is not reported twice", async () => {
  const site = makeSite({ "posts/a.md": post({ title: "One" }) });
  await build(site.config, { now, cache: false });
  writeFileSync(join(site.root, "posts/a.md"), post({ title: "One", id: "urn:x:other" }));
  const { findings } = await checkSite(site.config, { now });
  expect(findings.filter(({ code }) => code.endsWith("/id-changed")).map(({ code }) => code)).toEqual([
    "site/id-changed",
  ]);
});

test("every checked document is named; the text is kept of those that a finding points into", async () => {
  const site = makeSite(
    {
      "posts/a.md": post({ title: "One" }),
      "posts/b.md": post({ title: "Two", date: "2026-02-03T00:00:00Z" }),
    },
    { feeds: { archives: "month", formats: ["atom"] } },
  );
  const { findings, sources } = await checkSite(site.config, { now });
  const documents = [...new Set(findings.map(({ file }) => file))].filter((file) => file.startsWith("dist/"));
  expect(documents).toEqual(["dist/archive/2026-01/atom.xml"]);
  await build(site.config, { now, cache: false });
  for (const [name, text] of sources)
    expect([name, text]).toEqual([name, documents.includes(name) ? site.read(name) : ""]);
  expect([...sources.keys()]).toEqual(
    expect.arrayContaining(["dist/atom.xml", "dist/archive/2026-01/atom.xml"]),
  );
});

test("the requirements of consumers are checked on request", async () => {
  const site = makeSite({ "posts/a.md": post({ title: "Short" }) });
  const { findings } = await checkSite(site.config, { now, profile: "msn" });
  expect(short(findings)).toContain("profile/msn posts/a.md:2:8");
});

test("the news sitemap is part of the site", async () => {
  const site = makeSite(
    { "posts/a.md": post({ date: "2026-11-23T08:00:00Z" }) },
    { news: { publication: "Kabar" } },
  );
  const { documents } = await makeDocuments(site.config, { now });
  expect(documents.map(({ path }) => path)).toContain("news-sitemap.xml");
  const { findings, sources } = await checkSite(site.config, { now });
  expect([...sources.keys()]).toContain("dist/news-sitemap.xml");
  expect(findings.filter(({ severity }) => severity !== "hint")).toEqual([]);
});

describe("one post", () => {
  test("is checked alone, draft or not, with the same findings at the same lines", async () => {
    const text = "---\ntitle: A post\ndate: 1985-05-06T07:08:09Z\n---\nText.\n";
    const site = makeSite({ "posts/a.md": text, "posts/b.md": text.replace("title", "draft: true\ntitle") });
    const whole = await checkSite(site.config, { now });
    const alone = await checkPost("a.md", site.config, { now });
    expect(short(alone.findings)).toContain("value/date-implausible posts/a.md:3:7");
    expect(short(alone.findings)).toEqual(short(whole.findings.filter(({ file }) => file === "posts/a.md")));
    const draft = await checkPost("b.md", site.config, { now });
    expect(short(draft.findings)).toEqual(["value/date-implausible posts/b.md:4:7"]);
  });

  test("with an error is reported as a build reports it", async () => {
    const site = makeSite({ "posts/a.md": "---\ntitle: A\ndate: soon\n---\n" });
    const { findings } = await checkPost("a.md", site.config, { now });
    expect(short(findings)).toEqual(["post/wrong-date posts/a.md:3:7"]);
  });

  test("that does not exist cannot be checked", async () => {
    const site = makeSite({});
    await expect(checkPost("none.md", site.config)).rejects.toMatchObject({ code: "usage" });
  });
});

describe("places", () => {
  const rss =
    '<rss version="2.0"><channel>\n<title>T</title>\n<item>\n<title>A</title>\n<guid>a</guid>\n</item>\n<item>\n<link>https://x.example/b</link>\n<media:content xmlns:media="m" url="u"/></item></channel></rss>';

  test("in XML: the entry and its element", () => {
    const map = new EntryMap(parseDocument(rss));
    expect(map.locate(2, 1)).toBeUndefined();
    expect(map.locate(3, 1)).toEqual({ index: 0, names: ["a"], part: "" });
    expect(map.locate(4, 8)).toEqual({ index: 0, names: ["a"], part: "title" });
    expect(map.locate(8, 3)).toMatchObject({ index: 1, names: ["https://x.example/b"], part: "link" });
    expect(map.locate(9, 30)).toMatchObject({ index: 1, part: "media:content" });
    expect(map.locate(99, 1)).toBeUndefined();
  });

  test("in JSON: the item and its member, and nothing after the items", () => {
    const map = new EntryMap(
      parseDocument('{"title": "T",\n"items": [{"id": "a",\n"title": "A"},\n{"id": "b"}],\n"language": "x"}'),
    );
    expect(map.locate(1, 3)).toBeUndefined();
    expect(map.locate(3, 4)).toEqual({ index: 0, names: ["a"], part: "title" });
    expect(map.locate(4, 4)).toEqual({ index: 1, names: ["b"], part: "id" });
    expect(map.locate(5, 3)).toBeUndefined();
  });

  test.each([
    ["title", "", "posts/a.md:2:8"],
    ["guid", "", "posts/a.md:4:7"],
    ["pubDate", "", "posts/a.md:3:7"],
    ["enclosure", "", "posts/a.md:5:8"],
    ["media:thumbnail", "", "posts/a.md:5:8"],
    ["category", "", "posts/a.md:6:7"],
    ["content:encoded", 'href of <a> is relative: "down/here".', "posts/a.md:10:10"],
    ["content_html", "Readers remove <blink>.", "posts/a.md:11:1"],
    ["content", "Something else.", "posts/a.md:9:1"],
    ["atom:rights", "", "posts/a.md:1:1"],
  ])("%s (%s) stands at %s", (part, message, place) => {
    const site = makeSite(
      {
        "posts/a.md":
          "---\ntitle: A\ndate: 2026-01-02T03:04:05Z\nslug: a-post\nimage: /a.jpg\ntags: [x]\n---\n\nText\n[a link](down/here)\n<blink>b</blink>\n",
      },
      {},
      { sound: false },
    );
    const shown = { file: "a.md", id: "i", url: "u" } as Parameters<PostAttribution["pointAt"]>[0];
    const found = new PostAttribution(site.config).pointAt(shown, part, {
      code: "x/y",
      severity: "hint",
      file: "dist/rss.xml",
      message,
    });
    expect(`${found.file}:${found.line}:${found.column}`).toBe(place);
  });

  test("what formats say in their own words is reported once, two problems of one document are both reported", () => {
    const one = { code: "x/y", severity: "error" as const, file: "a", line: 3, column: 1 };
    const rss = { file: "rss.xml" };
    const json = { file: "feed.json" };
    const found = removeRepeats([
      { ...one, document: rss, message: "<pubDate> is wrong." },
      { ...one, document: rss, message: "<dc:date> is wrong." },
      { ...one, document: json, message: '"date_published" is wrong.' },
    ]);
    expect(found.map(({ message }) => message)).toEqual(["<pubDate> is wrong.", "<dc:date> is wrong."]);
  });

  test("where the place is not known, another value is another finding", () => {
    const one = { code: "x/y", severity: "error" as const, file: "a", line: 1, column: 1 };
    const found = removeRepeats([
      { ...one, document: { file: "rss.xml" }, message: '<guid> is "x", no.' },
      { ...one, document: { file: "feed.json" }, message: '"id" is "x", no.' },
      { ...one, document: { file: "feed.json" }, message: '"id" is "z", no.' },
    ]);
    expect(found.map(({ message }) => message)).toEqual(['<guid> is "x", no.', '"id" is "z", no.']);
  });
});

describe("checkSite applies `check` of the configuration", () => {
  const old = post({ date: "1985-05-06T07:08:09Z", author: "Sari" });
  const check = async (settings: UserConfig["check"], options: CheckSiteOptions = {}) => {
    const site = makeSite({ "posts/a.md": old }, { check: settings ?? {} });
    const { findings } = await checkSite(site.config, { now, ...options });
    return findings.map(({ severity, code, file }) => `${severity} ${code} ${file}`);
  };
  const found = "value/date-implausible";

  test("severities and ignores", async () => {
    expect(await check({})).toContain(`warning ${found} posts/a.md`);
    expect(await check({ severity: { [found]: "error" } })).toContain(`error ${found} posts/a.md`);
    expect((await check({ severity: { [found]: "off" } })).join()).not.toContain(found);
    const ignore = { code: found, file: "posts/*", reason: "as it was" };
    expect((await check({ ignore: [ignore] })).join()).not.toContain("posts/a.md");
    expect(await check({ ignore: [{ ...ignore, file: "posts/b.md" }] })).toContain(
      "hint config/unused-ignore command line",
    );
  });

  test("profiles, in addition to those that are asked for", async () => {
    const told = (await check({ profiles: ["flipboard"] }, { profile: "msn" })).join();
    expect(told).toContain("profile/flipboard");
    expect(told).toContain("profile/msn");
  });
});

describe("settings", () => {
  const finding = { code: "html/relative", severity: "warning" as const, file: "posts/a.md", message: "m" };
  const ignore = { code: "html/relative", file: "posts/**", reason: "imported" };
  const none = { severity: {}, ignore: [], profiles: [] };
  const site = { configFile: "feedwright.config.ts", looked: "site" as const };

  test("give severities, or leave out", () => {
    const to = (severity: "error" | "off") =>
      applySettings([finding], { ...none, severity: { "html/relative": severity } }, site);
    expect(to("error")).toEqual([{ ...finding, severity: "error" }]);
    expect(to("off")).toEqual([]);
  });

  test("an ignore covers posts and documents by path or glob", () => {
    expect(applySettings([finding], { ...none, ignore: [ignore] }, site)).toEqual([]);
    const shown = { ...finding, file: "x", document: { file: "posts/rss.xml" } };
    expect(applySettings([shown], { ...none, ignore: [ignore] }, site)).toEqual([]);
    const named = { ...finding, file: "posts/[a].md" };
    expect(applySettings([named], { ...none, ignore: [{ ...ignore, file: "posts/[a].md" }] }, site)).toEqual(
      [],
    );
  });

  test("an ignore that matches nothing is a hint, where its file was checked", () => {
    const settings = { ...none, ignore: [ignore] };
    expect(applySettings([], settings, site)).toMatchObject([
      { code: "config/unused-ignore", severity: "hint" },
    ]);
    expect(applySettings([], settings, { ...site, looked: ["posts/a.md"] })).toHaveLength(1);
    expect(applySettings([], settings, { ...site, looked: ["dist/rss.xml"] })).toEqual([]);
  });

  test("an unknown code is a hint with the one that was meant", () => {
    const settings = { ...none, severity: { "html/relativ": "off" as const } };
    expect(applySettings([], settings, site)).toMatchObject([
      { code: "config/unknown-code", hint: 'Write "html/relative".' },
    ]);
    expect(findNearestCode("atom/guid-missing")).toBe("rss/guid-missing");
    expect(findNearestCode("nothing like any of them")).toBeUndefined();
  });
});
