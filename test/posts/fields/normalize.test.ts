import { describe, expect, test } from "vitest";
import type { Post } from "../../../src/model/post.ts";
import { findings, read, readFields, summarize } from "../read.ts";

const at = Date.UTC(2026, 2, 1, 9, 30);

describe("text as written", () => {
  test.each(["007", "1_000", "12:30", "0x1F", "1e3", "no", "true", "2026-01-01", "1.10", ".5"])(
    "F16: title, slug and tags keep %s",
    (text) => {
      const post = readFields(`title: ${text}\nslug: ${text}\ntags: [${text}]`);
      expect([post.title, post.slug, ...post.tags]).toEqual([text, text, text]);
    },
  );

  test("F16: markup, entities and quotes in a title are text", () => {
    expect(readFields(`title: 'A <b>&amp;</b> "B"'`).title).toBe('A <b>&amp;</b> "B"');
  });

  test("a title over several lines becomes one line", () => {
    expect(readFields("title: >\n  one\n  two\n\n  three").title).toBe("one two three");
  });

  test.each(["title: {a: 1}", "title: [a]"])(
    "%s is no title: the post goes out without one, with a warning",
    (line) => {
      expect(readFields(line).title).toBe("");
      expect(summarize(findings(line))).toEqual(["3:8 post/value-ignored"]);
    },
  );

  test.each([
    'title: ""',
    "title: false",
    "description: false",
    "description: true",
    "author: false",
    "author: true",
    "tags: false",
    "slug: false",
    "image: false",
    "category: false",
    "language: false",
    'lang: ""',
    'url: ""',
    'permalink: "  "',
    'updated: ""',
    "updated: false",
    "expires: false",
    "id: false",
    "cover: {}",
    "banner: {content: Hi}",
    "hero: {tagline: Hi, actions: [a]}",
    "build: yes please",
    "render: fast",
    "feed: https://example.org/rss.xml",
    "sitemap: {priority: 0.5}",
  ])("%s says nothing about the post, and is as if it were not there", (line) => {
    expect(findings(line)).toEqual([]);
    const { extra, ...post } = readFields(line);
    const { extra: _, ...plain } = readFields("own: 1");
    expect(post).toEqual(plain);
  });

  test("a post without a title is a note", () => {
    expect(readFields("tags: []").title).toBe("");
    expect(readFields("title:").title).toBe("");
    expect(readFields('title: "  "').title).toBe("");
  });

  test("F22: text is NFC", () => {
    const post = readFields("title: cafe\u0301\ntags: [cafe\u0301]\nown: cafe\u0301");
    expect([post.title, ...post.tags, post.extra.own]).toEqual(["café", "café", "café"]);
  });

  test("F35: characters that XML forbids are removed, with a warning at their value", () => {
    const lines = 'title: "a\\u0000b\\x07c"\nauthor: "\\uFFFEAna"';
    const { post, diagnostics } = read(`---\ndate: 2026-03-01T09:30:00Z\n${lines}\n---\n`);
    expect([post?.title, post?.authors[0]?.name]).toEqual(["abc", "Ana"]);
    expect(summarize(diagnostics)).toEqual(["3:8 post/illegal-characters", "4:9 post/illegal-characters"]);
    expect(diagnostics[0]?.message).toContain("U+0000");
  });

  test("F36: a lone surrogate becomes U+FFFD", () => {
    expect(readFields('title: "a\\uD800b"').title).toBe("a\ufffdb");
  });

  test.each([
    ["a\u202egpj.exe", "agpj.exe"],
    ["\u202aabc", "abc"],
    ["abc\u202c", "abc"],
    ["\u2067שלום", "שלום"],
  ])("F49: direction characters that do not end in %j are removed, with a warning", (title, clean) => {
    const { post, diagnostics } = read(`---\ndate: 2026-03-01T09:30:00Z\ntitle: "${title}"\n---\n`);
    expect(post?.title).toBe(clean);
    expect(summarize(diagnostics)).toEqual(["3:8 post/bidi"]);
    expect(diagnostics[0]?.message).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });

  test("F49: a balanced isolate and plain Arabic stay", () => {
    const title = "عن \u2068RSS\u2069 اليوم";
    expect(readFields(`title: ${title}`).title).toBe(title);
    expect(findings(`title: ${title}`)).toEqual([]);
  });
});

describe("drafts and visibility", () => {
  test.each(["0", "1", "2", "[]", "{}", "[true]", "later", "yes and no", "nope", "maybe"])(
    "F17: draft: %s is an error, so that a draft never leaks",
    (value) => {
      const { post, diagnostics } = read(`---\ndate: 2026-03-01T09:30:00Z\ndraft: ${value}\n---\n`);
      expect(post).toBeUndefined();
      expect(summarize(diagnostics)).toEqual(["3:8 post/wrong-value"]);
    },
  );

  test.each([
    ["draft: true", true],
    ["draft: false", false],
    ["published: false", true],
    ["published: true", false],
    ["status: draft", true],
    ["Status: Draft", true],
    ["status: published", false],
    ['draft: "true"', true],
    ["draft: yes", true],
    ["draft: On", true],
    ["draft: TRUE", true],
    ["draft: n", false],
    ['draft: "false"', false],
    ["DRAFT: true", true],
    ["Draft: yes", true],
    ["is_draft: true", true],
    ["isDraft: true", true],
    ["unpublished: true", true],
    ['published: "false"', true],
    ["published: no", true],
    ["published: Off", true],
    ["Published: false", true],
    ["isPublished: false", true],
    ["publish: false", true],
    ["publish: true", false],
    ["status: Work in progress", true],
    ["status: work-in-progress", true],
    ["status: evergreen", false],
    ["status: false", true],
    ["visibility: draft", true],
    ["draft: false\nDraft: true", true],
    ["draft: true\ndrafT: false", true],
    ["draft: false\nstatus: draft", true],
    ["draft: false\npublished: no", true],
  ])("%j: draft is %s", (line, draft) => {
    expect(readFields(line).draft).toBe(draft);
    expect(findings(line)).toEqual([]);
  });

  test("published is a date where its value is one, and a switch where it is that", () => {
    const only = (lines: string): ReturnType<typeof read> => read(`---\n${lines}\n---\n`);
    expect(only("published: 2026-03-01T09:30:00Z").post).toMatchObject({ date: at, draft: false });
    expect(only("Published: 2026-03-01T09:30:00Z").post).toMatchObject({ date: at, draft: false });
    expect(only("publish: 2026-03-01T09:30:00Z").post).toMatchObject({ date: at, draft: false });
    expect(only("published: soon").post).toBeUndefined();
    expect(only("date: 2026-03-01\npublished: soon").post).toBeUndefined();
    expect(only("date: 2026-03-01\npublished: 2026-02-30").post).toBeDefined();
  });

  test("a text for some only, and what leaves a sitemap alone", () => {
    expect(readFields("password: x").visibility).toBe("private");
    expect(readFields("password: 1234").visibility).toBe("private");
    expect(readFields('password: ""').visibility).toBe("public");
    for (const line of [
      "sitemap: false",
      "sitemap: no",
      "sitemap: {exclude: true}",
      "sitemap:\n  disable: true",
    ])
      expect(readFields(line)).toMatchObject({ visibility: "public", sitemap: false });
    expect(readFields("sitemap: true")).not.toHaveProperty("sitemap");
  });

  test.each([
    ["publishDate: 2026-05-01T00:00Z", Date.UTC(2026, 4, 1)],
    ["publish_date: 2026-05-01T00:00Z", Date.UTC(2026, 4, 1)],
    ["publishDate: 2025-05-01T00:00Z", at],
  ])("%s beside an earlier date: the later one counts", (line, date) => {
    expect(readFields(line).date).toBe(date);
  });

  test("of several dates at which a post leaves, the first counts", () => {
    const lines =
      "expires: 2027-01-01T00:00Z\nunpublish_date: 2026-06-01T00:00Z\nexpiryDate: 2026-09-01T00:00Z";
    expect(readFields(lines).expires).toBe(Date.UTC(2026, 5, 1));
    expect(readFields("Expiry-Date: 2026-06-01T00:00Z").expires).toBe(Date.UTC(2026, 5, 1));
    expect(readFields("expires: never").expires).toBeUndefined();
    expect(read("---\ndate: 2026-03-01\nexpires: soon\n---\n").post).toBeUndefined();
    expect(read("---\ndate: 2026-03-01\nretracted: soon\n---\n").post).toBeUndefined();
  });

  test("rule 15: a post in _drafts is a draft and needs no date", () => {
    const { post, diagnostics } = read("---\ntitle: x\n---\n", "_drafts/x.md");
    expect(post).toMatchObject({ draft: true });
    expect(diagnostics.map(({ severity }) => severity)).toEqual(["hint"]);
  });

  test.each([
    ["visibility: public", "public"],
    ["visibility: unlisted", "unlisted"],
    ["visibility: private", "private"],
    ["visibility: members", "private"],
    ["visibility: paid", "private"],
    ["unlisted: true", "unlisted"],
    ["noindex: true", "unlisted"],
    ["hidden: true", "unlisted"],
    ["private: true", "private"],
    ["eleventyExcludeFromCollections: true", "unlisted"],
    ["feed: false", "unlisted"],
    ["feed: true", "public"],
    ["permalink: false", "private"],
    ["status: hidden", "unlisted"],
    ["visibility: public\nprivate: true", "private"],
    ["unlisted: true\nprivate: true", "private"],
    ["private: false", "public"],
    ["Visibility: Private", "private"],
    ["visibility: hidden", "unlisted"],
    ["visibility: true", "public"],
    ["visibility: false", "private"],
    ["private: yes", "private"],
    ['hidden: "true"', "unlisted"],
    ["Hidden: on", "unlisted"],
    ["feed: no", "unlisted"],
    ["no_index: true", "unlisted"],
    ["noIndex: yes", "unlisted"],
    ["robotsNoIndex: true", "unlisted"],
    ["robots: noindex", "unlisted"],
    ["robots: NoIndex, nofollow", "unlisted"],
    ["robots: [noindex, follow]", "unlisted"],
    ["robots: {index: false}", "unlisted"],
    ["robots: none", "unlisted"],
    ["robots: index, follow", "public"],
    ["robots: max-snippet", "public"],
    ["headless: true", "unlisted"],
    ["render: false", "private"],
    ["_build: {list: never}", "unlisted"],
    ["build:\n  render: never", "private"],
    ["build: {list: always, render: always}", "public"],
    ["hidden: false\nHIDDEN: true", "unlisted"],
    ["unlisted: no", "public"],
  ] as const)("%j means %s", (lines, visibility) => {
    expect(readFields(lines).visibility).toBe(visibility);
  });

  test.each([
    "visibility: sekret",
    "visibility: [public]",
    "private: x",
    "hidden: [menu]",
    "feed: main",
    "unlisted: 1",
  ])("%s is an error, never public", (line) => {
    expect(read(`---\ndate: 2026-03-01T09:30:00Z\n${line}\n---\n`).post).toBeUndefined();
    expect(findings(line).map(({ code }) => code)).toEqual(["post/wrong-value"]);
  });

  test("a status that says neither yes nor no is an error", () => {
    const { post, diagnostics } = read("---\ndate: 2026-03-01T09:30:00Z\nstatus: purple\n---\n");
    expect(post).toBeUndefined();
    expect(summarize(diagnostics)).toEqual(["3:9 post/wrong-value"]);
    expect(diagnostics[0]?.message).toBe(
      'status is "purple", which does not say whether readers may see the post.',
    );
  });

  test.each([
    ["drfat: true", "draft"],
    ["drafts: yes", "draft"],
    ["Draf: true", "draft"],
    ["publised: false", "published"],
    ["visiblity: private", "visibility"],
    ["staus: draft", "status"],
    ["unlsited: true", "unlisted"],
    ["hiden: true", "hidden"],
  ])("%s: a misspelt key about visibility is an error", (line, meant) => {
    const { post, diagnostics } = read(`---\ndate: 2026-03-01T09:30:00Z\n${line}\n---\n`);
    expect(post).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "post/visibility-near-miss", line: 3, column: 1 }]);
    expect(diagnostics[0]?.hint).toContain(`Write ${meant}`);
  });

  test.each(["stats: {words: 7}", "stats: 7", "drafts: [a]", "publisher: Ana", "renders: 3"])(
    "%s is similar and is no error",
    (line) => {
      expect(findings(line).filter(({ severity }) => severity === "error")).toEqual([]);
    },
  );
});

describe("dates of a post", () => {
  const only = (lines: string, file = "a.md"): ReturnType<typeof read> => read(`---\n${lines}\n---\n`, file);

  test("F29: a post without a date is an error; the file's time is never taken", () => {
    expect(summarize(only("title: x").diagnostics)).toEqual(["1:1 post/date-missing"]);
  });

  test.each(["date", "published", "pubDate", "pubdate", "publishDate", "published_at", "created", "Date"])(
    "%s is the date",
    (key) => {
      expect(only(`${key}: 2026-03-01T09:30:00Z`).post?.date).toBe(at);
    },
  );

  test("a file name's date counts when there is no other", () => {
    expect(only("title: x", "2026-03-01-x.md").post?.date).toBe(Date.UTC(2026, 2, 1));
    expect(only("title: x", "2026-03-01-x/index.md").post).toMatchObject({
      date: Date.UTC(2026, 2, 1),
      slug: "x",
    });
    expect(only("date: 2026-03-01T09:30:00Z", "2020-01-01-x.md").post?.date).toBe(at);
    expect(only("title: x", "2026-02-30-x.md").diagnostics.map(({ code }) => code)).toEqual([
      "post/wrong-date",
    ]);
  });

  test("rule 14: a bare date is a hint at its place", () => {
    const { post, diagnostics } = only("title: x\ndate: 2026-03-01");
    expect(post?.date).toBe(Date.UTC(2026, 2, 1));
    expect(summarize(diagnostics)).toEqual(["3:7 post/date-without-time"]);
  });

  test.each(["2024-02-30", "soon", "true", "[2026-01-01]", "0001-01-01"])(
    "F24, F30: date: %s is an error at its place",
    (value) => {
      const { post, diagnostics } = only(`title: x\ndate: ${value}`);
      expect(post).toBeUndefined();
      expect(diagnostics.map(({ line, column, severity }) => [line, column, severity])).toEqual([
        [3, 7, "error"],
      ]);
    },
  );

  test("updated before date, or none that can be read, is left out with a warning", () => {
    expect(readFields("updated: 2026-02-28T10:00Z").updated).toBeUndefined();
    expect(readFields("updated: lately").updated).toBeUndefined();
    expect(findings("updated: lately")).toMatchObject([{ code: "post/value-ignored", severity: "warning" }]);
    expect(findings("updated: 2026-02-28T10:00Z")).toMatchObject([
      { code: "post/updated-before-date", severity: "warning", line: 3, column: 10 },
    ]);
    expect(findings("updated: 2026-03-01")).toEqual([]);
    expect(readFields("updated: 2026-03-01").updated).toBeUndefined();
    expect(readFields("lastmod: 2026-03-02T00:00Z").updated).toBe(Date.UTC(2026, 2, 2));
  });

  test("expires is read under its other names", () => {
    expect(readFields("expiryDate: 2026-04-01T00:00Z").expires).toBe(Date.UTC(2026, 3, 1));
    expect(readFields("retracted: 2026-04-01T00:00Z").expires).toBe(Date.UTC(2026, 3, 1));
  });

  test("TOML dates are read", () => {
    expect(read("+++\ndate = 2026-03-01T16:30:00+07:00\n+++\n").post?.date).toBe(at);
    expect(read("+++\ndate = 2026-03-01\n+++\n").post?.date).toBe(Date.UTC(2026, 2, 1));
  });
});

describe("people and words", () => {
  const ana = { name: "Ana", email: "ana@example.org" };
  const site = { site: { authors: { ana, budi: { name: "Budi" } } } };

  test.each<[string, Post["authors"]]>([
    ["author: Citra", [{ name: "Citra" }]],
    ["authors: [ana, Budi, Citra]", [ana, { name: "Budi" }, { name: "Citra" }]],
    ["authors: Citra, Dewi", [{ name: "Citra" }, { name: "Dewi" }]],
    ["author: King, Jr.", [{ name: "King, Jr." }]],
    ["byline: Citra; Dewi", [{ name: "Citra" }, { name: "Dewi" }]],
    ["creator: Citra <c@example.org>", [{ name: "Citra", email: "c@example.org" }]],
    ["author: c@example.org (Citra)", [{ name: "Citra", email: "c@example.org" }]],
    [
      "author: {name: Citra, email: c@example.org, url: /citra/}",
      [{ name: "Citra", email: "c@example.org", url: "https://example.org/citra/" }],
    ],
    ["title: nobody named", [ana]],
    ["author: constructor", [{ name: "constructor" }]],
  ])("%s", (line, authors) => {
    expect(readFields(line, "a.md", site).authors).toEqual(authors);
  });

  test("an author without a name is left out with a warning at its place", () => {
    expect(summarize(findings("authors:\n  - {email: a@example.org}"))).toEqual(["4:5 post/value-ignored"]);
    expect(readFields("authors:\n  - {email: a@example.org}\n  - Ana").authors).toEqual([{ name: "Ana" }]);
  });

  test("an author's address that is none is left out with a warning", () => {
    const lines = "author:\n  name: Ana\n  url: javascript:alert(1)";
    expect(readFields(lines).authors).toEqual([{ name: "Ana" }]);
    expect(summarize(findings(lines))).toEqual(["5:8 post/value-ignored"]);
  });

  test.each([
    ["tags: [a, b, a]", ["a", "b"]],
    ["tags: a, b c,  a", ["a", "b c"]],
    ["tags: machine learning", ["machine learning"]],
    ['tags: "#one #two"', ["one", "two"]],
    ["tags: [C#, F#]", ["C#", "F#"]],
    ['tags: ["a, b"]', ["a, b"]],
    ["keywords: a, b", ["a", "b"]],
    ["tags: 2026", ["2026"]],
    ["tags:\n  - {name: News, slug: news}", ["News"]],
  ])("%s", (line, tags) => {
    expect(readFields(line).tags).toEqual(tags);
  });

  test.each([
    ["section: News", "News", []],
    ["category: News", "News", []],
    ["categories: [News, Asia, News]", "News", ["Asia"]],
    ["categories: [[News, Asia], [Sport]]", "News", ["Asia", "Sport"]],
    ["section: News\ncategories: [Asia]\ntags: [x]", "News", ["Asia", "x"]],
    ["category: News\ntags: a; b, c", "News", ["a", "b, c"]],
    ["category: News\ntag: a", "News", ["a"]],
    ["section: Food, Drink", "Food, Drink", []],
  ])("%j: the first category is the section, the others are tags", (lines, section, tags) => {
    expect(readFields(lines)).toMatchObject({ section, tags });
  });

  test("folders that are categories, a category for posts without one, and tags that are for no reader", () => {
    const categories = { folder: "above", split: "commas", ignore: ["posts"] } as const;
    const jekyll = (file: string, lines: string): unknown[] => {
      const { section, tags } = readFields(lines, file, { categories });
      return [section, tags];
    };
    expect(jekyll("a/b/_posts/c/x.md", "categories: [News]\ntags: [posts, y]")).toEqual([
      "a",
      ["b", "News", "y"],
    ]);
    expect(jekyll("_posts/c/x.md", "title: x")).toEqual([undefined, []]);
    expect(jekyll("a/x.md", "category: News")).toEqual(["News", []]);
    const pelican = (file: string, lines: string): unknown =>
      readFields(lines, file, {
        categories: { folder: "last", default: "misc", split: "commas", ignore: [] },
      }).section;
    expect(pelican("a/b/x.md", "title: x")).toBe("b");
    expect(pelican("a/b/x.md", "category: News")).toBe("News");
    expect(pelican("x.md", "title: x")).toBe("misc");
  });

  test.each([
    ["language: id", "id"],
    ["lang: en_us", "en-US"],
    ["locale: ZH-hant-tw", "zh-Hant-TW"],
    ["title: x", "en"],
  ])("%s is %s", (line, language) => {
    expect(readFields(line).language).toBe(language);
  });

  test.each([
    ["comments: /a/#comments", "comments", "/a/#comments"],
    ["comments_feed: /a/comments.xml", "commentsFeed", "/a/comments.xml"],
    ["commentsFeed: https://talk.example/a.xml", "commentsFeed", "https://talk.example/a.xml"],
    ["canonical_url: https://other.example/a/", "canonical", "https://other.example/a/"],
    ["inReplyTo: https://other.example/b/", "inReplyTo", "https://other.example/b/"],
  ] as const)("%s is a page around the post", (line, field, url) => {
    const post = readFields(line);
    expect(post[field]).toBe(new URL(url, post.url).href);
  });

  test.each(["english language", "x", "[id]", "e", "English", "python"])(
    "language: %s is no language: the post is in the site's, with a warning",
    (value) => {
      expect(readFields(`language: ${value}`).language).toBe("en");
      expect(summarize(findings(`language: ${value}`))).toEqual(["3:11 post/value-ignored"]);
    },
  );
});

describe("images and attachments", () => {
  test.each([
    ["image: a.jpg", { src: "a.jpg" }],
    ["cover: {image: a.jpg, alt: A cat}", { src: "a.jpg", alt: "A cat" }],
    [
      "feature_image: /a.jpg\nfeature_image_alt: A cat\nfeature_image_caption: Cat",
      { src: "/a.jpg", alt: "A cat", caption: "Cat" },
    ],
    ["heroImage: {src: a.jpg, credit: Ana}", { src: "a.jpg", credit: "Ana" }],
    ["image: false", undefined],
    ["cover: {light: a.png, dark: b.png}", { src: "a.png" }],
  ])("%s", (lines, image) => {
    expect(readFields(lines).image).toEqual(image);
  });

  test.each([
    ["audio: a.mp3", [{ src: "a.mp3" }]],
    [
      "attachments:\n  - a.pdf\n  - {url: b.pdf, title: B}\naudio: a.mp3",
      [{ src: "a.pdf" }, { src: "b.pdf", title: "B" }, { src: "a.mp3" }],
    ],
    [
      "enclosure: {url: /a.mp3, type: audio/mpeg, length: 1234, duration: 1:02:03}",
      [{ src: "/a.mp3", type: "audio/mpeg", length: 1234, duration: 3723 }],
    ],
    ["audio: a.mp3\npodcast: {url: a.mp3}", [{ src: "a.mp3" }]],
    ["podcast: {season: 1}", []],
    ["video: true", []],
  ])("%s", (lines, attachments) => {
    expect(readFields(lines).attachments.map(({ key, ...rest }) => rest)).toEqual(attachments);
  });

  test("what an attachment says wrongly is left out with a warning at its place", () => {
    const lines = "enclosure:\n  url: a.mp3\n  length: big\n  type: mp3";
    expect(readFields(lines).attachments).toEqual([{ src: "a.mp3", key: "enclosure" }]);
    expect(summarize(findings(lines))).toEqual(["6:9 post/value-ignored", "5:11 post/value-ignored"]);
  });
});

describe("dialects", () => {
  test("Jekyll", () => {
    expect(
      readFields(
        "layout: post\nlast_modified_at: 2026-03-02 10:00:00 +0700\ncategories: [News]\nexcerpt: Short.\nimage: /a.png",
      ),
    ).toMatchObject({
      updated: Date.UTC(2026, 2, 2, 3),
      section: "News",
      description: "Short.",
      image: { src: "/a.png" },
      extra: { layout: "post" },
    });
  });

  test("Zola keeps its own in tables", () => {
    const text =
      "+++\ntitle = 'x'\ndate = 2026-03-01\n[taxonomies]\ntags = ['a', 'b']\ncategories = ['News']\n[extra]\nimage = 'a.png'\nown = 7\n+++\n";
    expect(read(text).post).toMatchObject({
      tags: ["a", "b"],
      section: "News",
      image: { src: "a.png" },
      extra: { extra: { own: 7 } },
    });
  });

  test("Pelican's capitals", () => {
    expect(
      readFields(
        "Title: X\nModified: 2026-03-02 10:00\nCategory: News\nTags: a, b\nAuthors: Ana, Budi\nSummary: Short.\nLang: id\nSlug: y",
      ),
    ).toMatchObject({
      title: "X",
      section: "News",
      tags: ["a", "b"],
      authors: [{ name: "Ana" }, { name: "Budi" }],
      description: "Short.",
      language: "id",
      slug: "y",
      extra: {},
    });
  });

  test("Ghost", () => {
    const text =
      "---\ntitle: x\npublished_at: 2026-03-01T09:30:00.000Z\nvisibility: members\nfeature_image: https://example.org/a.jpg\n---\n";
    expect(read(text).post).toMatchObject({
      date: at,
      visibility: "private",
      image: { src: "https://example.org/a.jpg" },
    });
  });

  test("Obsidian's aliases are kept and give no hint", () => {
    expect(findings("aliases: [x]\ncssclasses: [y]")).toEqual([]);
    expect(readFields("aliases: [x]").extra).toEqual({ aliases: ["x"] });
  });

  test("two spellings with two values: the canonical name wins, then the table's order", () => {
    const lines = "excerpt: one\ndescription: two\nsummary: three";
    const { post, diagnostics } = read(`---\ndate: 2026-03-01T09:30:00Z\n${lines}\n---\n`);
    expect(post?.description).toBe("two");
    expect(summarize(diagnostics)).toEqual(["3:10 post/two-spellings", "5:10 post/two-spellings"]);
    expect(diagnostics[0]?.message).toContain("description and excerpt both give the description");
    expect(findings("excerpt: one\nsummary: one")).toEqual([]);
    expect(readFields("excerpt: one\nsummary: two").description).toBe("two");
  });

  test.each([
    ["tittle: x", "title"],
    ["descripton: x", "description"],
    ["auther: x", "author"],
    ["permalnk: x", "permalink"],
    ["visiblity: x", "visibility"],
    ["titel: x", "title"],
    ["Tilte: x", "title"],
  ])("%s gets a hint", (line, meant) => {
    const [hint, ...others] = findings(line);
    expect(others).toEqual([]);
    expect(hint).toMatchObject({ code: "post/key-near-miss", severity: "hint", line: 3 });
    expect(hint?.hint).toContain(meant);
  });

  test.each([
    "layout",
    "type",
    "weight",
    "aliases",
    "tag",
    "toc",
    "series",
    "name",
    "order",
    "menu",
    "math",
    "theme",
    "x",
    "id2",
    "foo",
  ])("the foreign key %s gets none", (key) => {
    expect(findings(`${key}: x`)).toEqual([]);
  });

  test("unknown keys are kept as their language gives them", () => {
    const extra = readFields("n: 7\nb: true\nz: null\nl: [1, a]\nm: {k: 1.5}\ns: '7'").extra;
    expect(extra).toEqual({ n: 7, b: true, z: null, l: [1, "a"], m: { k: 1.5 }, s: "7" });
  });
});

test("problems come all at once, each at the line and column of its value", () => {
  const { diagnostics } = read("---\ntitle: [a]\ndate: soon\ndraft: perhaps\nlanguage: 12\n---\n");
  expect(summarize(diagnostics).sort()).toEqual([
    "2:8 post/value-ignored",
    "3:7 post/wrong-date",
    "4:8 post/wrong-value",
    "5:11 post/value-ignored",
  ]);
});

test("messages show a value on one line and nothing that a terminal would obey", () => {
  const [finding] = findings('visibility: "a\\e[31m\\u202e\\nb"');
  expect(finding?.message).toMatch(/^[\x20-\x7e…]+$/);
});

test("places are right in TOML and in JSON", () => {
  expect(
    summarize(
      read("+++\ntitle = 'x'\ndate = 2026-03-01T09:30:00Z\n[extra]\nlanguage = 'no language'\n+++\n")
        .diagnostics,
    ),
  ).toEqual(["5:12 post/value-ignored"]);
  expect(
    summarize(
      read('---json\n{\n  "date": "2026-03-01T09:30:00Z",\n  "draft": "perhaps"\n}\n---\n').diagnostics,
    ),
  ).toEqual(["4:12 post/wrong-value"]);
});

describe("more than a hundred", () => {
  const names = Array.from({ length: 5_000 }, (_, i) => `n${i}`);
  const written: Record<string, string> = {
    "tags of a list": `tags: [${names.join(", ")}]`,
    "tags in lines": `tags:\n${names.map((name) => `  - ${name}`).join("\n")}`,
    "tags of a text": `tags: "${names.join(", ")}"`,
    categories: `categories: [${names.join(", ")}]`,
    "authors of a list": `authors: [${names.join(", ")}]`,
    "authors of a text": `authors: "${names.join("; ")}"`,
  };
  test.each(Object.entries(written))("%s: the first hundred count, and a warning says so", (_, line) => {
    const text = `---\ntitle: A\ndate: 2026-01-02T03:04:05Z\n${line}\n---\nText.\n`;
    const { post, diagnostics } = read(text);
    expect(Math.max(post?.tags.length ?? 0, post?.authors.length ?? 0)).toBe(100);
    const [found, ...others] = diagnostics;
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: "post/too-many", severity: "warning" });
    expect(found?.message).toMatch(/has (?:5000|4999) values; the first 100 count/);
  });

  test("is as many as are different", () => {
    const text = `---\ntitle: A\ndate: 2026-01-02T03:04:05Z\ntags: [${names.map((_, i) => `n${i % 100}`).join(", ")}]\n---\nText.\n`;
    expect(read(text).diagnostics).toEqual([]);
  });
});
