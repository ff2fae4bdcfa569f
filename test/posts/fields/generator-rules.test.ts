import { expect, test } from "vitest";
import { readFields } from "../read.ts";

test("titles: a post without a title has its file's name for one, where the site's generator does so", () => {
  const titleOf = (titles: "none" | "file-name" | "capitalized", file: string) =>
    readFields("", file, { titles, site: { languages: [] } }).title;
  expect(titleOf("none", "a-note.md")).toBe("");
  expect(titleOf("file-name", "init.el.md")).toBe("init.el");
  expect(titleOf("file-name", "2026-01-08.md")).toBe("2026-01-08");
  expect(titleOf("capitalized", "2026-01-08-tanpa-kepala.md")).toBe("Tanpa Kepala");
  expect(titleOf("capitalized", "3.nama_saja.md")).toBe("Nama Saja");
  expect(readFields("title: Own", "x.md", { titles: "file-name" }).title).toBe("Own");
});

test("categories: folders above _posts, the last folder, a default, and words that are none", () => {
  const none = { folder: "none", split: "commas", ignore: [] } as const;
  const above = { ...none, folder: "above", split: "spaces" } as const;
  const post = (lines: string, file: string, categories: object) =>
    readFields(lines, file, { categories: { ...none, ...categories }, permalink: "/:categories/:slug/" });
  expect(post("categories: [Rapat, Air Bersih]", "berita/_posts/x.md", above)).toMatchObject({
    url: "https://example.org/berita/rapat/air%20bersih/x/",
    section: "berita",
  });
  expect(post("categories: a b", "_posts/x.md", above).url).toBe("https://example.org/a/b/x/");
  expect(post("category: a b", "_posts/c/x.md", above).url).toBe("https://example.org/a%20b/x/");
  expect(post("", "kota/pasar/x.md", { folder: "last", default: "Umum" }).section).toBe("pasar");
  expect(post("category: Own", "kota/x.md", { folder: "last" }).section).toBe("Own");
  expect(post("", "x.md", { folder: "last", default: "Umum" }).section).toBe("Umum");
  expect(post("tags: [posts, tides]", "x.md", { ignore: ["posts"] }).tags).toEqual(["tides"]);
});

test("addresses of front matter: closed by a slash in Zola, only a way in in Quartz", () => {
  const urlOf = (slugs: "zola" | "quartz" | "hugo", line: string) => readFields(line, "x.md", { slugs }).url;
  expect(urlOf("zola", "path: a/b")).toBe("https://example.org/a/b/");
  expect(urlOf("zola", "path: a/b.html")).toBe("https://example.org/a/b.html");
  expect(urlOf("hugo", "url: a/b")).toBe("https://example.org/a/b");
  expect(urlOf("quartz", "permalink: a/b")).toBe("https://example.org/x/");
});

test("languages of names: with site.languages only those count", () => {
  const languageOf = (file: string, languages?: string[]) =>
    readFields("", file, { site: { language: "id", ...(languages && { languages }) } }).language;
  expect(languageOf("x.en.md")).toBe("en");
  expect(languageOf("init.el.md", ["en"])).toBe("id");
  expect(languageOf("x.EN.md".toLowerCase(), ["EN"])).toBe("en");
  expect(languageOf("x.id.md", [])).toBe("id");
});
