import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import type { PostRow } from "../../src/feeds/post-row.ts";
import type { Config } from "../../src/model/config.ts";
import type { Entry } from "../../src/site/entry.ts";
import { EntryCache } from "../../src/site/entry-cache.ts";
import { RenderReadAhead } from "../../src/site/entry-store.ts";
import { runProgram } from "../support/program.ts";
import { makeFolder, writeFiles } from "../support/site.ts";

const rowOf = (file: string): PostRow => ({
  file,
  id: file,
  url: `https://example.org/${file}`,
  date: 0,
  expires: Number.POSITIVE_INFINITY,
  feeds: [],
});

describe("entries that are kept in memory", () => {
  const entry = (): Entry => ({ content: { html: "x".repeat(1 << 20) } }) as unknown as Entry;
  const rows = Array.from({ length: 40 }, (_, i) => rowOf(`${i}.md`));

  /** Makes each entry once, as feeds do that ask for them. */
  function keepAll(kept: EntryCache): readonly PostRow[] {
    for (const row of rows) if (kept.get(row) === undefined) kept.set(row, entry());
    return rows.filter((row) => kept.has(row));
  }

  test("are those that were asked for last, where nothing is known of what comes", () => {
    const left = keepAll(new EntryCache());
    expect(left).toEqual(rows.slice(-left.length));
    expect(left.length).toBeGreaterThan(8);
    expect(left.length).toBeLessThan(30);
  });

  test("are first of all those that will be asked for again, until they have been", () => {
    const kept = new EntryCache();
    const wanted = rows.slice(0, 5);
    kept.expect([...rows, ...wanted]);
    expect(keepAll(kept)).toEqual(expect.arrayContaining(wanted));
    for (const row of wanted) expect(kept.get(row)).toBeDefined();
    const others = Array.from({ length: 40 }, (_, i) => rowOf(`other ${i}.md`));
    for (const row of others) kept.set(row, entry());
    expect(wanted.filter((row) => kept.has(row))).toEqual([]);
  });

  test("are bounded though all of them will be asked for again", () => {
    const kept = new EntryCache();
    kept.expect([...rows, ...rows, ...rows]);
    expect(keepAll(kept).length).toBeLessThan(30);
  });
});

describe("posts that will be shown", () => {
  const texts = Object.fromEntries(
    Array.from({ length: 1600 }, (_, i) => [`${i}.md`, `${i} ${"x".repeat((i * 37) % 3000)}`]),
  );
  const rows = Object.keys(texts).map(rowOf);

  async function begin(): Promise<RenderReadAhead> {
    const dir = makeFolder();
    writeFiles(dir, texts);
    const expected = new RenderReadAhead({ posts: { dir } } as Config);
    onTestFinished(() => expected.end());
    await expected.begin([...rows, ...rows]);
    await setTimeout(400);
    return expected;
  }

  test.skipIf(availableParallelism() < 2)("are read ahead in their order, and asked for in any", async () => {
    const expected = await begin();
    let given = 0;
    for (const [i, row] of rows.entries()) {
      if (i % 100 === 0) await setTimeout(10);
      // Some are not asked for, and some that were are asked for again.
      if (i % 10 === 3) continue;
      const asked = i % 10 === 7 ? (rows[i - 5] as PostRow) : row;
      const read = expected.take(asked);
      if (read === undefined) continue;
      given += 1;
      expect(asked).toBe(row);
      expect(read.bytes.toString()).toBe(texts[asked.file]);
    }
    expect(given).toBeGreaterThan(300);
  });

  test("are not given once nobody expects them, and few are never read ahead", async () => {
    const expected = await begin();
    expected.end();
    expect(expected.take(rows[0] as PostRow)).toBeUndefined();
    await expected.begin(rows.slice(0, 20));
    await setTimeout(50);
    expect(expected.take(rows[0] as PostRow)).toBeUndefined();
  });
});

test("many feeds that share more posts than fit into memory show the present version of each", () => {
  const root = makeFolder();
  const count = 1800;
  const tagsOf = (i: number) => [`t${i % 12}`, `t${(i * 7 + 5) % 12}`, `t${Math.floor(i / 150)}`];
  const text = (i: number) => `Text ${i}: ${`word${i} & more `.repeat(400)}`.trim();
  const posts = Object.fromEntries(
    Array.from({ length: count }, (_, i) => {
      const date = new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString();
      return [
        `posts/${i}.md`,
        `---\ntitle: Post ${i}\ndate: ${date}\ntags: [${tagsOf(i)}]\n---\n\n${text(i)}\n`,
      ];
    }),
  );
  const config = {
    site: { url: "https://example.org/", title: "T" },
    feeds: { limit: 20, formats: ["json"], tags: { limit: 400 } },
    page: false,
  };
  writeFiles(root, { "feedwright.config.json": JSON.stringify(config), ...posts });
  expect(runProgram(["build", "--quiet", "--now", "2026-06-01T00:00:00Z"], { cwd: root }).status).toBe(0);
  for (let tag = 0; tag < 12; tag += 1) {
    const numbers = Array.from({ length: count }, (_, i) => count - 1 - i);
    const shown = numbers.filter((i) => tagsOf(i).includes(`t${tag}`)).slice(0, 400);
    const { items } = JSON.parse(readFileSync(join(root, `dist/tags/t${tag}/feed.json`), "utf8"));
    const expected = shown.map((i) => [`Post ${i}`, `<p>${text(i).replaceAll("&", "&amp;")}</p>`]);
    const found = items.map(({ title, content_html }: Record<string, string>) => [title, content_html]);
    expect(found.length).toBe(expected.length);
    expect(
      found.every(([t, c]: string[], i: number) => t === expected[i]?.[0] && c === expected[i]?.[1]),
    ).toBe(true);
  }
});
