// Made-up sites of every generator (test/sites), and what feedwright makes of them with what `init` writes.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runInit } from "../../src/cli/commands/init.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import type { Config } from "../../src/model/config.ts";
import type { Post } from "../../src/model/post.ts";
import { discoverPosts } from "../../src/posts/folder/discover.ts";
import { displayPath } from "../../src/posts/folder/posts-folder.ts";
import { readPost } from "../../src/posts/read-post.ts";

interface Expected {
  readonly config: { readonly site: Record<string, unknown>; readonly preset: string };
  readonly entries: readonly { readonly file: string; readonly [field: string]: unknown }[];
  readonly absent: Readonly<Record<string, string>>;
}

const sites = join(import.meta.dirname, "../sites");
const now = Date.UTC(2026, 10, 1);
/** What the files of a site cannot say. */
const flags: Readonly<Record<string, object>> = {
  obsidian: {
    siteUrl: "https://rimba.example/",
    title: "Rimba Burung",
    language: "id",
    timeZone: "Asia/Jakarta",
  },
  gatsby: { language: "id" },
};

/** What is compared of each entry. */
const fields: readonly string[] = ["url", "date", "title"];

/** What still differs, by generator and `file field`; the reason. */
const known: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  eleventy: {
    "content/blog/alamat-slug.md missing": "a template in permalink is not filled in",
    "content/blog/alamat-templat.md missing": "a template in permalink is not filled in",
    "content/blog/data-samping.md missing": "data files beside posts are not read",
  },
  hexo: {
    "source/_posts/alamat-folder.md url": "with post_asset_folder Hexo closes an address by a slash",
    "source/_posts/dengan-zona.md date": "Hexo takes a date with a zone of its own for another one",
  },
  pelican: {
    "content/jepang.md url": "no script but Latin is transliterated: such a post needs a slug",
  },
  zola: {
    "content/blog/日本.md url": "no script but Latin is transliterated: such a post needs a slug",
  },
};

describe.each(readdirSync(sites).filter((name) => !name.includes(".")))("%s", (generator) => {
  const expected = JSON.parse(readFileSync(join(sites, generator, "expected.json"), "utf8")) as Expected;
  const root = mkdtempSync(join(tmpdir(), `feedwright-${generator}-`));
  let config: Config;

  beforeAll(async () => {
    cpSync(join(sites, generator, "site"), root, { recursive: true });
    const io = { ask: () => Promise.reject(new Error("asked")), print: () => {}, isTerminal: false, now };
    await runInit({ root, yes: true, ...flags[generator] }, io);
    config = await loadConfig({ root });
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test("init finds what the generator's files say", () => {
    expect(config.preset).toBe(expected.config.preset);
    expect(config.site).toMatchObject(expected.config.site);
  });

  test("the same posts are published, with the same addresses, dates and titles", () => {
    expect(differences(expected, readSite(config))).toEqual(Object.keys(known[generator] ?? {}).sort());
  });
});

/** The published posts by file. */
function readSite(config: Config): Map<string, Record<string, unknown>> {
  const found = new Map<string, Record<string, unknown>>();
  for (const { file } of discoverPosts(config).files) {
    const { post } = readPost({ file, bytes: readFileSync(join(config.posts.dir, file)) }, config);
    if (post === undefined || !isPublished(post)) continue;
    const { url, date, title } = post;
    found.set(displayPath(file, config), {
      url,
      date: new Date(date).toISOString().replace(".000Z", "Z"),
      title,
    });
  }
  return found;
}

function isPublished({ draft, visibility, date, expires }: Post): boolean {
  return !draft && visibility === "public" && date <= now && (expires ?? Number.POSITIVE_INFINITY) > now;
}

function differences(expected: Expected, found: Map<string, Record<string, unknown>>): string[] {
  const lines: string[] = [];
  for (const entry of expected.entries) {
    const post = found.get(entry.file);
    found.delete(entry.file);
    if (post === undefined) lines.push(`${entry.file} missing`);
    else for (const field of fields) if (post[field] !== entry[field]) lines.push(`${entry.file} ${field}`);
  }
  for (const file of found.keys()) lines.push(`${file} published`);
  return lines.sort();
}
