import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FeedCatalog } from "../../src/feeds/feed-catalog.ts";
import { makeSlug } from "../../src/feeds/slug.ts";
import type { UserConfig } from "../../src/model/config.ts";
import type { Post } from "../../src/model/post.ts";
import { indexOf, january, makeFeedsConfig, namePost } from "./feed-posts.ts";

function foldersOf(
  posts: readonly Post[],
  feeds: UserConfig["feeds"],
  known: { kind: string; name: string }[] = [],
) {
  const config = makeFeedsConfig(feeds);
  const catalog = new FeedCatalog(config);
  catalog.remember(known);
  const index = indexOf(posts, config, january(31));
  catalog.settle(index);
  return {
    catalog,
    index,
    folders: catalog.locations().map(({ folder }) => folder),
    messages: catalog.diagnostics().map(({ message }) => message),
  };
}

function tagged(...tags: string[]): Post[] {
  return tags.map((tag, i) => namePost(`p${i}.md`, { date: january(i + 1), tags: [tag] }));
}

describe("which feeds there are", () => {
  test("nothing that is not configured", () => {
    const posts = [namePost("a.md", { tags: ["x"], section: "y", authors: [{ name: "z" }] })];
    expect(foldersOf(posts, {}).folders).toEqual([""]);
  });

  test("names that differ in case, spaces or composition are one, spelled as in the newest post", () => {
    const { catalog, index, folders } = foldersOf(tagged("news", "NEWS ", "Cafe\u0301", "CAFÉ"), {
      tags: true,
    });
    expect(folders).toEqual(["", "tags/café/", "tags/news/"]);
    expect(catalog.published(index)).toEqual([
      { kind: "tag", name: "CAFÉ" },
      { kind: "tag", name: "NEWS " },
    ]);
  });

  test("a name begins a feed with its min-th post, and a known one keeps it", () => {
    const posts = tagged("a", "a", "b");
    expect(foldersOf(posts, { tags: { min: 2 } }).folders).toEqual(["", "tags/a/"]);
    expect(foldersOf(posts, { tags: { min: 2 } }, [{ kind: "tag", name: "B" }]).folders).toEqual([
      "",
      "tags/a/",
      "tags/b/",
    ]);
  });

  test("a known feed stays without posts, in the spelling it had; not when its kind is turned off", () => {
    const known = [{ kind: "tag", name: "Old" }];
    const { catalog, index, folders } = foldersOf([], { tags: true }, known);
    expect(folders).toEqual(["", "tags/old/"]);
    expect(catalog.published(index)).toEqual(known);
    expect(foldersOf([], { authors: true }, known).folders).toEqual([""]);
    expect(foldersOf([], {}, [{ kind: "constructor", name: "x" }]).folders).toEqual([""]);
  });

  test("names to keep have a feed before their first post", () => {
    expect(foldersOf([], { sections: { keep: ["Opini"] } }).folders).toEqual(["sections/opini/", ""]);
  });
});

describe("two names that make one folder", () => {
  test("the one without loss keeps it, the other gets a digest of its name; both are named in a warning", () => {
    const { folders, messages } = foldersOf(tagged("Q&A", "q a"), { tags: true });
    expect(folders).toEqual(["", "tags/q-a/", "tags/q-a-353c23/"]);
    expect(messages).toEqual([
      'The tags "q a" and "Q&A" make the same folder; tags/q-a-353c23/ took another one.',
    ]);
    expect(foldersOf(tagged("q a", "Q&A"), { tags: true }).folders).toEqual(folders);
  });

  test("C, C++ and C# are three", () => {
    const { folders, messages } = foldersOf(tagged("C", "C++", "C#"), { tags: true });
    expect(folders).toEqual(["", "tags/c/", "tags/c-sharp/", "tags/c-plus-plus/"]);
    expect(messages).toEqual([]);
  });

  test("settling again after a change names the feeds that moved, and no others", () => {
    const config = makeFeedsConfig({ tags: true });
    const catalog = new FeedCatalog(config);
    catalog.settle(indexOf(tagged("Q&A", "x"), config, january(31)));
    expect(catalog.settle(indexOf(tagged("Q&A", "x"), config, january(31)))).toEqual([]);
    expect(catalog.settle(indexOf(tagged("Q&A", "x", "q a"), config, january(31))).sort()).toEqual([
      "tag/q a",
      "tag/q&a",
    ]);
    expect(catalog.settle(indexOf(tagged("Q&A"), config, january(31))).sort()).toEqual([
      "tag/q a",
      "tag/q&a",
      "tag/x",
    ]);
  });
});

describe("slugs", () => {
  const cases: [string, string][] = [
    ["Berita Daerah", "berita-daerah"],
    ["東京 2026", "東京-2026"],
    ["العربية", "العربية"],
    ["हिन्दी", "हिन्दी"],
    ["../../etc", "etc"],
    ["a/b\\c", "a-b-c"],
    ["🎉", "u1f389"],
    ["", "unnamed"],
  ];
  for (const [name, slug] of cases) test(JSON.stringify(name), () => expect(makeSlug(name)).toBe(slug));

  test("a device of Windows gets a mark", () => expect(makeSlug("CON")).toMatch(/^con-[0-9a-f]{6}$/));

  test("F20: whatever the name, a slug is one sound segment of a path, the same in another case", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (name) => {
        const slug = makeSlug(name);
        expect(slug).toMatch(/^[^\s/\\.%?#:*"<>|\u0000-\u001f]+$/u);
        expect(Buffer.byteLength(slug)).toBeLessThanOrEqual(130);
        expect(slug).toBe(slug.toLowerCase());
        expect(makeSlug(` ${name.normalize("NFD")} `)).toBe(slug);
        expect(new URL(`${slug}/`, "https://a.example/tags/").pathname.split("/")).toHaveLength(4);
      }),
      { numRuns: Number(process.env.FC_RUNS ?? 300) },
    );
  });
});
