import { describe, expect, it } from "vitest";
import { readPageFacts } from "../../src/pages/page-facts.ts";
import { listPagePaths } from "../../src/pages/page-paths.ts";
import { parsePage } from "../../src/pages/page-tree.ts";

const facts = (html: string) => readPageFacts(parsePage(html));

describe("what a page says of itself", () => {
  it("is read from its head", () => {
    const page =
      facts(`<!doctype html><html lang="de"><head><title> Der Hafen - Quill </title><base href="/x/">
<link rel="canonical" href="https://example.org/hafen/"><link rel="alternate" type="application/rss+xml" title="Feed" href="/feed.xml">
<link rel="alternate" hreflang="en" href="/en/"><meta property="og:title" content="Der Hafen"><meta name="Robots" content="noindex">
<meta property="article:author" content="Ada"><meta property="article:author" content="Bo"></head><body><h1>Der <em>Hafen</em></h1><h1>Zwei</h1></body></html>`);
    expect(page).toMatchObject({
      title: "Der Hafen - Quill",
      heading: "Der Hafen",
      language: "de",
      base: "/x/",
      canonical: ["https://example.org/hafen/"],
      feeds: [{ href: "/feed.xml", type: "application/rss+xml", title: "Feed" }],
      articles: [],
      brokenJsonLd: 0,
    });
    expect(page.meta.get("robots")).toEqual(["noindex"]);
    expect(page.meta.get("article:author")).toEqual(["Ada", "Bo"]);
  });

  it("is read from JSON-LD, alone, in lists and in graphs", () => {
    const article = {
      "@type": "BlogPosting",
      headline: "H",
      datePublished: "2026-03-03",
      dateModified: "2026-03-04",
      author: [{ "@type": "Person", name: "Ada" }, "Bo"],
      image: { url: "/a.png" },
      mainEntityOfPage: { "@id": "https://example.org/a/" },
    };
    const expected = {
      type: "BlogPosting",
      headline: "H",
      url: "https://example.org/a/",
      published: "2026-03-03",
      modified: "2026-03-04",
      authors: ["Ada", "Bo"],
      images: ["/a.png"],
    };
    for (const data of [
      article,
      [article],
      { "@graph": [{ "@type": "WebSite", name: "Q" }, article] },
      { "@type": "WebPage", mainEntity: article },
    ])
      expect(facts(`<script type="application/ld+json">${JSON.stringify(data)}</script>`).articles).toEqual([
        expected,
      ]);
  });

  it("says that JSON-LD is broken", () => {
    expect(
      facts(
        '<script type="application/ld+json">{"a":</script><script type="application/ld+json">[]</script>',
      ),
    ).toMatchObject({ articles: [], brokenJsonLd: 1 });
  });

  it("is nothing where there is no page", () => {
    expect(facts("")).toMatchObject({ title: undefined, heading: undefined, canonical: [], feeds: [] });
  });
});

describe("the paths of a page", () => {
  it.each([
    ["/", ["index.html"]],
    ["/a/", ["a/index.html", "a.html", "a/index.htm"]],
    ["/a", ["a.html", "a/index.html", "a"]],
    ["/a/b.html", ["a/b.html"]],
    ["/a/?x=1#y", ["a/index.html", "a.html", "a/index.htm"]],
  ])("of %s", (path, expected) => {
    expect(listPagePaths(path)).toEqual(expected);
  });

  it("of names with letters beyond ASCII, in every form that generators write", () => {
    const paths = listPagePaths("/caf%C3%A9/");
    expect(paths).toContain("café/index.html".normalize("NFC"));
    expect(paths).toContain("café/index.html".normalize("NFD"));
    expect(paths).toContain("caf%C3%A9/index.html");
  });

  it("never lead out of the folder", () => {
    for (const path of ["/../etc/passwd", "/%2e%2e/x/", "/a/..%2f..%2fx", "/a%00b/", "/..\\x", "/%zz/"])
      for (const file of listPagePaths(path)) expect(file.split("/")).not.toContain("..");
  });
});
