import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { describeUndated, isDated } from "../../../src/posts/presets/dated-sections.ts";
import { lookAround } from "../../../src/posts/presets/look-around.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** What `init` finds in a project of some files. */
function found(files: Record<string, string>) {
  const root = mkdtempSync(join(tmpdir(), "feedwright-sections-"));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const { findings } = lookAround(root);
  return {
    get: (key: string) => findings.get(key),
    source: (key: string) => findings.list().find((one) => one.key === key)?.source,
    notes: findings.notes,
  };
}

const dated = "---\ntitle: A\ndate: 2026-01-02\n---\nText.\n";
const plain = "---\ntitle: A\n---\ndate: in the text, which is none\n";
const toml = '+++\ntitle = "A"\ndate = 2026-01-02\n+++\nText.\n';
const kinds = "*.{md,markdown,mdown,html,htm}";
const hugo = 'baseURL = "https://a.example/"\ntitle = "A"\nlanguageCode = "id"\n';
const zola = 'base_url = "https://a.example/"\ntitle = "A"\n';

describe("Hugo", () => {
  test("the sections whose pages have dates are posts; the others are named", () => {
    const site = found({
      "hugo.toml": hugo,
      "content/about.md": plain,
      "content/post/a.md": dated,
      "content/post/b.md": toml,
      "content/post/c.md": plain,
      "content/berita/json.md": '{ "date": "2026-01-02" }\nText.\n',
      "content/post/bundel/index.md": dated,
      "content/post/bundel/bagian.md": plain,
      "content/docs/_index.md": dated,
      "content/docs/a.md": plain,
      "content/docs/dalam/b.md": plain,
    });
    expect(site.get("posts.include")).toEqual([`berita/**/${kinds}`, `post/**/${kinds}`]);
    expect(site.source("posts.include")).toBe("content/, where docs/ (2 of 2 files) has no date");
  });

  test("mainSections comes before what the pages say", () => {
    const params = '[params]\nmainSections = ["docs"]\n';
    const site = found({
      "hugo.toml": hugo + params,
      "content/post/a.md": dated,
      "content/docs/a.md": plain,
    });
    expect(site.get("posts.include")).toEqual([`docs/**/${kinds}`]);
  });

  test("a name has a date only where the configuration says so", () => {
    const files = { "content/post/2026-01-02-a.md": plain, "content/lain/a.md": dated };
    expect(found({ "hugo.toml": hugo, ...files }).get("posts.include")).toEqual([`lain/**/${kinds}`]);
    const named = `${hugo}[frontmatter]\ndate = [":filename", ":default"]\n`;
    expect(found({ "hugo.toml": named, ...files }).get("posts.include")).toHaveLength(2);
  });

  test("no section with dates is said, and nothing is taken for posts", () => {
    const site = found({ "hugo.toml": hugo, "content/docs/a.md": plain });
    expect(site.get("posts.include")).toBeUndefined();
    expect(site.notes).toEqual(["content/, where docs/ (1 of 1 files) has no date: pages, and no posts"]);
  });

  const pages = { "content/id/post/a.md": dated, "content/en/post/a.md": dated };
  test.each([
    [
      "in the configuration",
      {
        "hugo.toml": `${hugo}[languages.id]\ncontentDir = "content/id"\n[languages.en]\ncontentDir = "content/en"\n`,
      },
    ],
    [
      "in a file each",
      {
        "config/_default/hugo.toml": hugo,
        "config/_default/languages.id.toml": 'contentDir = "content/id/"\n',
        "config/_default/languages.en.yaml": "contentdir: content/en\n",
      },
    ],
    [
      "in a file of all",
      {
        "config/_default/hugo.toml": hugo,
        "config/_default/languages.yaml": "id:\n  contentDir: ./content/id\nen:\n  contentDir: content/en\n",
      },
    ],
  ])("the folder of the site's own language has the posts: contentDir %s", (_, files) => {
    const site = found({ ...files, ...pages });
    expect(site.get("posts.dir")).toBe("content/id");
    expect(site.get("posts.include")).toEqual([`post/**/${kinds}`]);
    expect(site.get("site.languages")).toBeUndefined();
  });

  test("a folder of another language below that of the site is no section", () => {
    const site = found({
      "hugo.toml": `${hugo}[languages.id]\nweight = 1\n[languages.en]\ncontentDir = "content/en"\n[languages.su]\nweight = 2\n`,
      "content/post/a.md": dated,
      "content/en/post/a.md": dated,
    });
    expect(site.get("posts.dir")).toBe("content");
    expect(site.get("posts.include")).toEqual([`post/**/${kinds}`]);
    expect(site.get("site.languages")).toEqual(["su"]);
  });

  test("uglyURLs are addresses that end in .html, of all sections or of some", () => {
    const permalinks = '[permalinks]\npost = "/:year/:slug/"\nlain = "/:slug/"\n';
    const some = found({ "hugo.toml": `${hugo}${permalinks}[uglyURLs]\npost = true\nberita = true\n` });
    expect(some.get("permalinks")).toEqual([
      { folder: "post", pattern: "/:translation/:year/:slug_or_title.html" },
      { folder: "lain", pattern: "/:translation/:slug_or_title/" },
      { folder: "berita", pattern: "/:translation/:folder/:slug.html" },
    ]);
    expect(some.get("permalink")).toBeUndefined();
    const all = found({ "hugo.toml": `uglyURLs = true\n${hugo}${permalinks}` });
    expect(all.get("permalink")).toBe("/:translation/:folder/:slug.html");
    expect(all.get("permalinks")).toContainEqual({
      folder: "lain",
      pattern: "/:translation/:slug_or_title.html",
    });
  });
});

describe("Zola", () => {
  test("sections without dates are left out, and pages at the top", () => {
    const site = found({
      "config.toml": zola,
      "content/tentang.md": plain,
      "content/blog/a.md": toml,
      "content/blog/2026-01-02-b.md": plain,
      "content/blog/c.md": plain,
      "content/docs/a.md": plain,
      "content/docs/b.md": plain,
    });
    expect(site.get("posts.exclude")).toEqual(["docs/**", "*.md"]);
    expect(site.source("posts.exclude")).toBe(
      "content/, where docs/ (2 of 2 files) and the top (1 of 1 files) have no date",
    );
  });

  test("posts at the top are posts, and a site of posts alone leaves nothing out", () => {
    const site = found({ "config.toml": zola, "content/a.md": toml, "content/b.md": plain });
    expect(site.get("posts.exclude")).toBeUndefined();
    expect(site.notes).toEqual([]);
  });
});

describe("Eleventy", () => {
  test.each([
    ["_posts", { "_posts/2026-01-02-a.md": plain, "_posts/2027-01-02-b.md": plain, "about.md": dated }],
    ["web/jurnal", { "web/jurnal/2025/a.md": dated, "web/jurnal/2026/b.md": dated, "web/x/a.md": plain }],
    ["catatan", { "catatan/satu/index.md": dated, "catatan/dua/index.md": dated }],
  ])("without a folder of a usual name it is the one with most dated files: %s", (folder, files) => {
    const site = found({ "eleventy.config.js": "export default () => {};", ...files });
    expect(site.get("posts.include")).toEqual([`${folder}/**/*.{md,markdown,html,htm}`]);
  });

  test.each([
    'export default (c) => { c.setInputDirectory("./web/"); c.setOutputDirectory("keluar"); };',
    'export const config = { dir: { input: "web", output: "keluar" } };',
    'module.exports = function (c) {\n  if (c) { return run(/[}"]/g) }\n  return {\n    dir: {\n      input: "web",\n      output: "keluar",\n    },\n  };\n};',
  ])("folders that are written literally are read: %s", (code) => {
    const site = found({ "eleventy.config.js": code, "web/tulisan/a.md": dated, "keluar/x/a.html": dated });
    expect(site.get("posts.dir")).toBe("web");
    expect(site.get("out")).toBe("keluar");
    expect(site.get("posts.include")).toEqual(["tulisan/**/*.{md,markdown,html,htm}"]);
  });
});

test("without a generator and a folder of a usual name, the folder with most dated files has the posts", () => {
  expect(found({ "tulisan/a.md": dated, "README.md": dated }).get("posts.dir")).toBe("tulisan");
  expect(found({ "docs/a.md": plain }).get("posts.dir")).toBeUndefined();
});

test("half of the pages with a date are enough; many folders are counted, not listed", () => {
  expect(isDated({ name: "a", pages: 2, dated: 1 })).toBe(true);
  expect(isDated({ name: "a", pages: 3, dated: 1 })).toBe(false);
  const many = Array.from({ length: 8 }, (_, at) => ({ name: `f${at}`, pages: 9 - at, dated: 0 }));
  expect(describeUndated(many)).toMatch(
    /^f0\/ \(9 of 9 files\), .*f4\/ \(5 of 5 files\) and 3 more folders have no date$/,
  );
});
