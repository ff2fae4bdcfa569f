import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { checkSite } from "../../src/check/site/check-site.ts";
import type { Config } from "../../src/model/config.ts";
import { Site } from "../../src/site/site.ts";
import { runProgram } from "../support/program.ts";
import { makeSite, post, writeFiles } from "../support/site.ts";

const now = Date.parse("2026-11-23T09:00:00Z");
const oldId = "tag:site.example,2026:old";

async function warningsOf(config: Config, options: Parameters<typeof build>[1] = {}): Promise<string[]> {
  const { diagnostics, ok } = await build(config, { now, ...options });
  expect(ok).toBe(true);
  return diagnostics.map(({ code, file, hint }) => `${code} ${file} ${/id: "(.*?)"/.exec(hint ?? "")?.[1]}`);
}

/** A site whose post was moved after it was built. */
async function makeMovedSite() {
  const site = makeSite({
    "posts/old.md": post({ slug: "same" }),
    "posts/other.md": post({ title: "Other" }),
  });
  expect(await warningsOf(site.config)).toEqual([]);
  renameSync(join(site.root, "posts/old.md"), join(site.root, "posts/new.md"));
  return site;
}

async function checkedIds(config: Config): Promise<string[]> {
  const { findings } = await checkSite(config, { now });
  return findings.map(({ code }) => code).filter((code) => code.endsWith("/id-changed"));
}

const warning = `site/id-changed posts/new.md ${oldId}`;

test("a moved post is warned about, with the line that keeps its id", async () => {
  const { config } = await makeMovedSite();
  const { diagnostics, ok } = await build(config, { now });
  expect(ok).toBe(true);
  expect(diagnostics).toMatchObject([
    {
      code: "site/id-changed",
      severity: "warning",
      file: "posts/new.md",
      hint: expect.stringContaining(`id: "${oldId}"`),
    },
  ]);
});

test("the warning stays, with and without a cache and whatever else changes, until the id is the old one", async () => {
  const { root, config } = await makeMovedSite();
  expect(await warningsOf(config)).toEqual([warning]);
  expect(await warningsOf(config)).toEqual([warning]);
  expect(await warningsOf(config, { cache: false })).toEqual([warning]);
  writeFiles(root, { "posts/third.md": post({ title: "Third" }) });
  expect(await warningsOf(config)).toEqual([warning]);
  expect(await checkedIds(config)).toEqual(["site/id-changed"]);
  writeFiles(root, { "posts/new.md": post({ slug: "same", id: oldId }) });
  expect(await warningsOf(config)).toEqual([]);
  expect(await warningsOf(config)).toEqual([]);
  expect(await checkedIds(config)).toEqual([]);
  writeFiles(root, { "posts/new.md": post({ slug: "same" }) });
  expect(await warningsOf(config)).toEqual([warning]);
});

test("moving the file back fixes it as well, and a typing error is warned about", async () => {
  const { root, config } = await makeMovedSite();
  expect(await warningsOf(config)).toEqual([warning]);
  writeFiles(root, { "posts/new.md": post({ slug: "same", id: "tag:site.example,2026:odl" }) });
  expect(await warningsOf(config)).toEqual([warning]);
  rmSync(join(root, "posts/new.md"));
  writeFiles(root, { "posts/old.md": post({ slug: "same", title: "Another title" }) });
  expect(await warningsOf(config)).toEqual([]);
});

test("a change that is meant is allowed once, even where nothing else is to be done", async () => {
  const { root, config } = await makeMovedSite();
  expect(await warningsOf(config)).toEqual([warning]);
  expect(await warningsOf(config, { allowIdChanges: true })).toEqual([]);
  expect(await warningsOf(config)).toEqual([]);
  renameSync(join(root, "posts/new.md"), join(root, "posts/newer.md"));
  expect(await warningsOf(config)).toEqual(["site/id-changed posts/newer.md tag:site.example,2026:new"]);
  expect(runProgram(["build", "--allow-id-changes"], { cwd: root })).toMatchObject({ status: 0, stderr: "" });
  expect(runProgram(["build"], { cwd: root })).toMatchObject({ status: 0, stderr: "" });
});

test("ids pin gives back the ids that the last build warned of", async () => {
  const { root, config } = await makeMovedSite();
  expect(await warningsOf(config)).toEqual([warning]);
  expect(runProgram(["ids", "pin"], { cwd: root }).status).toBe(0);
  expect(readFileSync(join(root, "posts/new.md"), "utf8")).toContain(`id: "${oldId}"`);
  expect(readFileSync(join(root, "posts/other.md"), "utf8")).toContain('id: "tag:site.example,2026:other"');
  expect(await warningsOf(config)).toEqual([]);
});

/** A post that cannot be read, and one that can but names a recording that is not there. */
const faults = {
  "front matter": "---\ntitle: A post\ndate: 2026-02-30\n---\nText.\n",
  attachment: post({ slug: "same", attachments: ["gone.mp3"] }),
  "id of another": post({ slug: "same", id: "tag:site.example,2026:other" }),
};

/** The warnings of a build that leaves faulty posts out. */
async function warningsWithFaults(config: Config): Promise<string[]> {
  const { diagnostics, ok } = await build(config, { now, keepGoing: true });
  expect(ok).toBe(false);
  return diagnostics
    .filter(({ severity }) => severity === "warning")
    .map(({ code, file }) => `${code} ${file}`);
}

test.each(Object.entries(faults))(
  "a post that is left out for its %s is warned about when it is back under another id",
  async (_, fault) => {
    const { root, config } = makeSite({
      "posts/old.md": post({ slug: "same" }),
      "posts/other.md": post({ title: "Other" }),
    });
    expect(await warningsOf(config)).toEqual([]);
    writeFiles(root, { "posts/old.md": fault });
    expect(await warningsWithFaults(config)).toEqual([]);
    writeFiles(root, { "posts/other.md": post({ title: "Other", tags: ["a"] }) });
    expect(await warningsWithFaults(config)).toEqual([]);
    writeFiles(root, { "posts/old.md": post({ slug: "same", id: "x:new" }) });
    expect(await warningsOf(config)).toEqual([`site/id-changed posts/old.md ${oldId}`]);
    writeFiles(root, { "posts/old.md": post({ slug: "same" }) });
    expect(await warningsOf(config)).toEqual([]);
  },
);

test("a post that was moved while it had an error is warned about, and one that had a changed id already", async () => {
  const { root, config } = await makeMovedSite();
  expect(await warningsOf(config)).toEqual([warning]);
  rmSync(join(root, "posts/new.md"));
  writeFiles(root, { "posts/newer.md": faults["front matter"] });
  expect(await warningsWithFaults(config)).toEqual([]);
  writeFiles(root, { "posts/newer.md": post({ slug: "same" }) });
  expect(await warningsOf(config)).toEqual([`site/id-changed posts/newer.md ${oldId}`]);
});

test("a post of a watched site that was moved with an error is warned about when it is fixed", async () => {
  const { root, config } = await makeMovedSite();
  renameSync(join(root, "posts/new.md"), join(root, "posts/old.md"));
  const site = new Site(config, { saveLater: true });
  const codes = async (files?: string[]) =>
    (await site.update(now, files)).diagnostics.map(({ code }) => code);
  expect(await codes()).toEqual([]);
  rmSync(join(root, "posts/old.md"));
  writeFiles(root, { "posts/new.md": faults["front matter"] });
  const lost = ["site/post-lost", "post/wrong-date"];
  expect(await codes(["old.md", "new.md"])).toEqual(lost);
  writeFiles(root, { "posts/other.md": post({ title: "Other", tags: ["a"] }) });
  expect(await codes(["other.md"])).toEqual(lost);
  writeFiles(root, { "posts/new.md": post({ slug: "same" }) });
  expect(await codes(["new.md"])).toEqual(["site/id-changed"]);
  site.close();
});

test("a post that has really gone is forgotten, and one that is there and elsewhere as well", async () => {
  const { root, config } = makeSite(
    { "posts/old.md": post({ slug: "same" }), "posts/other.md": post({ title: "Other" }) },
    { feeds: { limit: 2 } },
  );
  const leftOut = () =>
    (
      JSON.parse(readFileSync(join(root, ".feedwright/manifest.json"), "utf8")) as {
        leftOut: { id: string }[];
      }
    ).leftOut;
  expect(await warningsOf(config)).toEqual([]);
  writeFiles(root, { "posts/old.md": faults["front matter"] });
  rmSync(join(root, ".feedwright/cache"), { recursive: true });
  expect(await warningsWithFaults(config)).toEqual([]);
  expect(leftOut()).toMatchObject([{ id: oldId }]);
  // Two newer posts take the places of the feed, and one that is left out has none.
  for (const name of ["c", "d"])
    writeFiles(root, { [`posts/${name}.md`]: post({ title: name, date: "2026-05-01" }) });
  expect((await build(config, { now, keepGoing: true })).ok).toBe(false);
  expect(leftOut()).toMatchObject([{ id: oldId }]);
  rmSync(join(root, "posts/old.md"));
  expect((await build(config, { now })).ok).toBe(true);
  expect(leftOut()).toEqual([]);
});

test("what ids import says of a post that is left out is heard", async () => {
  const { root, config } = makeSite({
    "posts/old.md": post({ slug: "same" }),
    "posts/other.md": post({ title: "Other" }),
  });
  expect(await warningsOf(config)).toEqual([]);
  writeFiles(root, { "posts/old.md": faults.attachment });
  expect(await warningsWithFaults(config)).toEqual([]);
  writeFileSync(
    join(root, "old.xml"),
    `<rss version="2.0"><channel><title>Old</title><link>https://site.example/</link><description>Old</description><item><title>A post</title><link>https://site.example/same/</link><guid isPermaLink="false">x:old</guid></item></channel></rss>`,
  );
  expect(runProgram(["ids", "import", "old.xml"], { cwd: root }).status).toBe(0);
  writeFiles(root, { "posts/old.md": post({ slug: "same" }) });
  expect(await warningsOf(config)).toEqual(["site/id-changed posts/old.md x:old"]);
});

test.each(["https://old.example/cafe\u0301", "one  id", "one\n id"])(
  "the old id %j, which front matter cannot keep, is taken over once and not warned about",
  async (id) => {
    // Atom, which demands a URI, gives an id with a space another form than the other formats.
    const { root, config } = makeSite({ "posts/a.md": post({ title: "A" }) }, {}, { sound: false });
    expect(await warningsOf(config)).toEqual([]);
    const item = { id, title: "A", url: "https://site.example/a/" };
    writeFileSync(
      join(root, "old.json"),
      JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title: "Old", items: [item] }),
    );
    expect(runProgram(["ids", "import", "old.json"], { cwd: root }).status).toBe(0);
    const source = readFileSync(join(root, "posts/a.md"), "utf8");
    expect(await warningsOf(config)).toEqual([]);
    expect(await warningsOf(config, { cache: false })).toEqual([]);
    expect(runProgram(["ids", "import", "old.json"], { cwd: root })).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("Wrote 0 ids; 0 left"),
    });
    expect(readFileSync(join(root, "posts/a.md"), "utf8")).toBe(source);
    writeFiles(root, { "posts/a.md": post({ title: "A" }) });
    expect(await warningsOf(config)).toHaveLength(1);
    expect(runProgram(["ids", "pin"], { cwd: root }).status).toBe(0);
    expect(await warningsOf(config)).toEqual([]);
  },
);

test("a list of what was built that holds an id as no front matter can say it stops warning", async () => {
  const { root, config } = makeSite({
    "posts/a.md": post({ title: "A", id: "https://old.example/caf\u00e9" }),
  });
  expect(await warningsOf(config)).toEqual([]);
  const path = join(root, ".feedwright/manifest.json");
  const manifest = JSON.parse(readFileSync(path, "utf8")) as { entries: object[] };
  const entries = manifest.entries.map((entry) => ({ ...entry, knownAs: "https://old.example/cafe\u0301" }));
  writeFileSync(path, JSON.stringify({ ...manifest, entries }));
  expect(await warningsOf(config, { cache: false })).toEqual([]);
  writeFiles(root, { "posts/b.md": post({ title: "B" }) });
  expect(await warningsOf(config)).toEqual([]);
});

test("nobody knows a draft, though it was built to be looked at", async () => {
  const { root, config } = makeSite({ "posts/a.md": post({ title: "A" }) });
  writeFiles(root, { "posts/untitled.md": post({ title: "New", slug: "new", draft: true }) });
  expect(await warningsOf(config, { drafts: true })).toEqual([]);
  rmSync(join(root, "posts/untitled.md"));
  writeFiles(root, { "posts/new.md": post({ title: "New", slug: "new" }) });
  expect(await warningsOf(config, { drafts: true })).toEqual([]);
  expect(await warningsOf(config)).toEqual([]);
});

test("an id that another post has taken over cannot be given back", async () => {
  const { root, config } = await makeMovedSite();
  expect(await warningsOf(config)).toEqual([warning]);
  writeFiles(root, { "posts/old.md": post({ title: "A new one", slug: "new-one" }) });
  expect(await warningsOf(config)).toEqual([]);
});

test("a watched site is warned about until the post is fixed, and not the other way round", async () => {
  const { root, config } = await makeMovedSite();
  const site = new Site(config, { saveLater: true });
  const codes = async (files?: string[]) =>
    (await site.update(now, files)).diagnostics.map(({ code }) => code);
  expect(await codes(["old.md", "new.md"])).toEqual(["site/id-changed"]);
  writeFiles(root, { "posts/other.md": post({ title: "Other", tags: ["a"] }) });
  expect(await codes(["other.md"])).toEqual(["site/id-changed"]);
  expect(await codes()).toEqual(["site/id-changed"]);
  writeFiles(root, { "posts/new.md": post({ slug: "same", id: oldId }) });
  expect(await codes(["new.md"])).toEqual([]);
  expect(await codes()).toEqual([]);
  site.close();
});

test("a watched site notices what another process wrote about an id meanwhile", async () => {
  const { config } = await makeMovedSite();
  const site = new Site(config, { saveLater: true });
  expect((await site.update(now)).diagnostics).toMatchObject([{ code: "site/id-changed" }]);
  await build(config, { now, allowIdChanges: true });
  expect((await site.update(now)).diagnostics).toEqual([]);
  site.close();
});

test("what ids import takes over from an old feed is not warned about", async () => {
  const files = { "posts/a.md": post({ title: "A" }), "posts/b.md": post({ title: "B" }) };
  const { root, config } = makeSite(files);
  expect(await warningsOf(config)).toEqual([]);
  const items = ["A", "B"].map(
    (title) =>
      `<item><title>${title}</title><link>https://site.example/${title.toLowerCase()}/</link><guid isPermaLink="false">https://old.example/?p=${title}</guid></item>`,
  );
  writeFileSync(
    join(root, "old.xml"),
    `<rss version="2.0"><channel><title>Old</title><link>https://site.example/</link><description>Old</description>${items.join("")}</channel></rss>`,
  );
  expect(runProgram(["ids", "import", "old.xml"], { cwd: root }).status).toBe(0);
  expect(readFileSync(join(root, "posts/a.md"), "utf8")).toContain("https://old.example/?p=A");
  expect(await warningsOf(config)).toEqual([]);
  writeFiles(root, { "posts/a.md": files["posts/a.md"] });
  expect(await warningsOf(config)).toEqual(["site/id-changed posts/a.md https://old.example/?p=A"]);
});

test("a list of what was built that holds nonsense stops no build", async () => {
  const { root, config } = await makeMovedSite();
  const path = join(root, ".feedwright/manifest.json");
  const manifest = JSON.parse(readFileSync(path, "utf8")) as { entries: unknown[] };
  const [entry] = manifest.entries;
  const entries = [null, 1, "x", {}, { ...(entry as object), knownAs: 7 }, ...manifest.entries];
  writeFileSync(path, JSON.stringify({ ...manifest, entries }));
  expect(await warningsOf(config)).toEqual([warning]);
});

test("whatever ids a post goes through, the first one is asked for, and nothing while it has that", async () => {
  const id = fc.constantFrom("x:a", "x:b", "x:c");
  const step = fc.record({ id, slug: fc.boolean(), title: fc.constantFrom("One", "Two") });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
      const site = makeSite({ "posts/b.md": post({ title: "B" }) }, {}, { sound: false });
      // Of slug and title, one stays: a post that shares nothing with an old one is a new one.
      const byTitle = steps.some(({ slug }) => slug);
      for (const { id, slug, title } of steps) {
        const fields = byTitle ? { title: "One", slug: slug ? "one" : "two" } : { title, slug: "one" };
        writeFiles(site.root, { "posts/a.md": post({ ...fields, id }) });
        const first = steps[0]?.id;
        const wanted = id === first ? [] : [`site/id-changed posts/a.md ${first}`];
        expect(await warningsOf(site.config)).toEqual(wanted);
      }
    }),
    { numRuns: Math.min(Number(process.env.FC_RUNS ?? 200), 30) },
  );
});
