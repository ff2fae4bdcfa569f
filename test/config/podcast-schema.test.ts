import { describe, expect, test } from "vitest";
import { resolveConfig } from "../../src/config/load-config.ts";
import type { Config } from "../../src/model/config.ts";

const site = { url: "https://radio.example/r/", title: "Radio", description: "Voices from the bay" };
const show = { image: "/show.jpg", category: "Technology", explicit: false };

function resolved(more: object): Config {
  const { config, diagnostics } = resolveConfig({ site, ...more }, { root: "/radio" });
  expect(diagnostics).toEqual([]);
  return config as Config;
}

function problemOf(more: object): string {
  const { diagnostics } = resolveConfig({ site, ...more }, { root: "/radio" });
  return diagnostics.map(({ message, hint }) => `${message}. ${hint}`).join("; ");
}

describe("a podcast", () => {
  test("the required set is enough; addresses become absolute", () => {
    const { podcast } = resolved({ podcast: show });
    expect(podcast).toEqual({
      image: "https://radio.example/r/show.jpg",
      category: [{ name: "Technology" }],
      explicit: false,
    });
  });

  test.each(["image", "category", "explicit"] as const)("without %s it is an error that names it", (key) => {
    const { [key]: _, ...rest } = show;
    expect(problemOf({ podcast: rest })).toContain(`podcast.${key} is missing`);
    const custom = [{ name: "talks", podcast: rest }];
    expect(problemOf({ feeds: { custom } })).toContain(`podcast.${key} is missing`);
  });

  test("categories are Apple's, in Apple's spelling whatever the case, with one below another", () => {
    const category = ["society & culture>documentary", "News", "arts > Books"];
    expect(resolved({ podcast: { ...show, category } }).podcast?.category).toEqual([
      { name: "Society & Culture", sub: "Documentary" },
      { name: "News" },
      { name: "Arts", sub: "Books" },
    ]);
    for (const wrong of ["Tech", "Arts > Documentary", "Books", "", "Arts > Books > More", []])
      expect(problemOf({ podcast: { ...show, category: wrong } })).toContain("podcast.category");
    expect(problemOf({ podcast: { ...show, category: ["News", "Arts", "Comedy", "Fiction"] } })).toContain(
      "at most 3 values",
    );
  });

  test("the name of the image is that of a JPEG or PNG, if it has an ending", () => {
    for (const image of ["https://cdn.example/show.png?v=1", "/a/show.jpeg", "https://cdn.example/show"])
      expect(resolved({ podcast: { ...show, image } }).podcast?.image).toContain("show");
    for (const image of ["/show.webp", "https://cdn.example/show.gif", ""])
      expect(problemOf({ podcast: { ...show, image } })).toContain("1400 to 3000 pixels");
  });

  test("a description is needed, of at most 4000 bytes", () => {
    const { description: _, ...bare } = site;
    expect(problemOf({ site: bare, podcast: show })).toContain("site.description is missing");
    const long = { ...site, description: "é".repeat(2001) };
    expect(problemOf({ site: long, podcast: show })).toContain("site.description has 4002 bytes");
    const custom = [{ name: "talks", description: "x".repeat(4001), podcast: show }];
    expect(problemOf({ feeds: { custom } })).toContain("feeds.custom[0].description has 4001 bytes");
    expect(resolved({ site: bare, feeds: { custom: [{ ...custom[0], description: "ok" }] } })).toBeDefined();
  });

  test("the profile of Apple Podcasts takes the site's show, and is an error without one", () => {
    const custom = [{ name: "talks", profile: "apple-podcasts" }];
    expect(resolved({ podcast: show, feeds: { custom } }).feeds.custom[0]?.podcast?.category).toEqual([
      { name: "Technology" },
    ]);
    expect(problemOf({ feeds: { custom } })).toContain("no podcast is described");
  });

  test("podcast apps read RSS, so a show without it is an error", () => {
    const custom = [{ name: "talks", podcast: show, formats: ["json"] }];
    expect(problemOf({ feeds: { custom } })).toContain('a list with "rss"');
  });

  test("texts of the podcast namespace have at most 128 characters, and its addresses are https", () => {
    const wrong = [
      { funding: [{ url: "http://a.example/", text: "Help" }] },
      { funding: [{ url: "https://a.example/", text: "x".repeat(129) }] },
      { persons: [{ name: "x".repeat(129) }] },
      { persons: [{ name: "Sari", image: "http://a.example/i.jpg" }] },
      { license: { name: "mine" } },
      { guid: "my-show" },
      { medium: "radio" },
      { owner: { name: "Sari" } },
    ];
    for (const more of wrong) {
      const [key] = Object.keys(more);
      expect(problemOf({ podcast: { ...show, ...more } })).toContain(`podcast.${key}`);
    }
  });
});

describe("other vocabularies", () => {
  test("a prefix of the site's own, and elements under it", () => {
    const { feeds } = resolved({
      feeds: {
        namespaces: { my: "https://radio.example/ns" },
        elements: { "my:rating": "rating", "dcterms:audience": "audience" },
        blogroll: "blogroll.opml",
        updatePeriod: "daily",
      },
    });
    expect(feeds.namespaces).toEqual({ my: "https://radio.example/ns" });
    expect(feeds.blogroll).toBe("https://radio.example/r/blogroll.opml");
  });

  test("what XML cannot bind is an error", () => {
    const wrong = [
      { "1st": "https://radio.example/ns" },
      { xmlish: "https://radio.example/ns" },
      { media: "https://radio.example/ns" },
      { my: "http://search.yahoo.com/mrss/" },
      { my: "no uri" },
      { a: "urn:x:y", b: "urn:x:y" },
    ];
    for (const namespaces of wrong)
      expect(problemOf({ feeds: { namespaces } })).toContain("feeds.namespaces");
  });

  test("an element whose prefix nobody declared is an error that says how to declare it", () => {
    expect(problemOf({ feeds: { elements: { "my:rating": "rating" } } })).toContain(
      'feeds.elements has "my:rating", but the prefix my has no URI',
    );
    expect(problemOf({ feeds: { elements: { rating: "rating" } } })).toContain("feeds.elements");
  });
});
