import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type SlugForm, slugForms } from "../../../src/model/config.ts";
import { slugPath, slugRules, slugTitle } from "../../../src/posts/fields/slug-forms.ts";
import { readFields } from "../read.ts";

const numRuns = Number(process.env.FC_RUNS ?? 300);

describe("names and titles", () => {
  test.each<[SlugForm, string, string]>([
    ["as-written", "Nama & Besar", "Nama & Besar"],
    ["jekyll", "Siput Laut, Bagian 2!", "Siput-Laut,-Bagian-2!"],
    ["jekyll", " init.el (a) ", "init.el-(a)"],
    ["hugo", "foo & bar", "foo-bar"],
    ["hugo", "a + b", "a--b"],
    ["hugo", "C++ x", "c-x"],
    ["hugo", "Kopi (C++)", "kopi-c-"],
    ["hugo", "A - b", "a-b"],
    ["hugo", "init.el", "init.el"],
    ["astro", "Besar & Spasi", "besar--spasi"],
    ["astro", "init.el", "initel"],
    ["astro", "Crème_Brûlée", "crème_brûlée"],
    ["hexo", "Crème Brûlée", "Creme-Brulee"],
    ["hexo", "湖畔的早晨", "湖畔的早晨"],
    ["zola", "Nama Besar & Spasi", "nama-besar-spasi"],
    ["zola", "héhé", "hehe"],
    ["pelican", "Grüße aus dem Watt – Teil 1", "grusse-aus-dem-watt-teil-1"],
    ["pelican", 'Crème brûlée & "kopi" (bagian 2)', "creme-brulee-kopi-bagian-2"],
    ["nuxt", "32.Panen Raya", "panen-raya"],
    ["nuxt", "10.dua.angka", "dua.angka"],
    ["nuxt", "Nama & Spasi", "nama-and-spasi"],
    ["nuxt", "2026-01-07-x", "2026-01-07-x"],
    ["quartz", "Frogs & Toads", "Frogs--and--Toads"],
    ["quartz", "100% sure?", "100-percent-sure"],
    ["obsidian", "Tanda & Spasi, lagi", "Tanda+&+Spasi,+lagi"],
  ])("%s: %s", (form, text, slug) => {
    expect(slugRules[form].name(text)).toBe(slug);
  });

  test("a title has a slug of small letters where names stay as they are written", () => {
    expect(slugTitle("Ebène & Co.", slugRules["as-written"])).toBe("ebène-co");
  });
});

describe("paths", () => {
  test.each<[SlugForm, string, string]>([
    ["docusaurus", "notes/2026-01-07-in-a-folder", "2026/01/07/notes/in-a-folder"],
    ["docusaurus", "2026/01/04/by-folder", "2026/01/04/by-folder"],
    ["docusaurus", "2026-1-8-one-digit", "2026/1/8/one-digit"],
    ["docusaurus", "no-date", "no-date"],
    ["docusaurus", "release-2026-01-07-x", "release-2026-01-07-x"],
    ["hexo", "sub/folder/x", "sub-folder-x"],
    ["hexo", "2026-01-08-dari Nama", "dari Nama"],
    ["nuxt", "3.musim/1.hujan", "musim/hujan"],
    ["astro", "panduan/Memasang Tenda", "panduan/memasang-tenda"],
  ])("%s: %s", (form, path, slug) => {
    expect(slugPath(path, slugRules[form])).toBe(slug);
  });
});

describe("posts", () => {
  test("Hugo and Jekyll clean a slug of front matter, others take it as it is", () => {
    const slugOf = (slugs: SlugForm) => readFields("slug: Nama Sungai & Kali", "x.md", { slugs }).slug;
    expect([slugOf("hugo"), slugOf("jekyll"), slugOf("zola"), slugOf("astro")]).toEqual([
      "nama-sungai-kali",
      "Nama-Sungai-&-Kali",
      "nama-sungai-kali",
      "Nama Sungai & Kali",
    ]);
  });

  test("Hugo keeps the date of a name that does not date the post", () => {
    expect(readFields("", "2026-01-02-x.md", { slugs: "hugo" }).slug).toBe("2026-01-02-x");
    expect(readFields("", "2026-01-02-x.md", { slugs: "jekyll" }).slug).toBe("x");
  });
});

test("any name gives text in any form, in linear time", () => {
  fc.assert(
    fc.property(fc.constantFrom(...slugForms), fc.string({ unit: "binary" }), (form, text) => {
      expect(typeof slugPath(text, slugRules[form])).toBe("string");
      expect(typeof slugTitle(text, slugRules[form])).toBe("string");
    }),
    { numRuns },
  );
  for (const form of slugForms)
    for (const part of ["-", " ", "2026-01-01", "2026-", "&", "é", "\u0301", "."])
      slugTitle(part.repeat(20_000), slugRules[form]);
});
