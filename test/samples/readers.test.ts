import { parseFeed as parseWithRowan } from "@rowanmanning/feed-parser";
import { decodeHTML } from "entities";
import { parseJsonFeed } from "feedsmith";
import RssParser from "rss-parser";
import { beforeEach, describe, expect, test } from "vitest";
import type { Author, Post } from "../../src/model/post.ts";
import { buildSamples, readSamplePosts } from "./sample-site.ts";

interface Item {
  readonly id: string;
  readonly content_html: string;
  readonly summary?: string;
}

let posts: Post[] = [];
let rss = "";
let atom = "";
let json = "";
/** What the site's own JSON says, by plain JSON.parse. */
let own: Item[] = [];

beforeEach(async () => {
  if (posts.length > 0) return;
  const site = buildSamples();
  [rss, atom, json] = [site["rss.xml"], site["atom.xml"], site["feed.json"]];
  own = JSON.parse(json).items;
  const all = await readSamplePosts();
  posts = all
    .filter(({ standing }) => standing === "published")
    .map(({ post }) => post)
    .sort((a, b) => b.date - a.date);
});

const ids = (): string[] => posts.map(({ id }) => id);
const urls = (): string[] => posts.map(({ url }) => url);
const titles = (): string[] => posts.map(({ title }) => title);
const dates = (): number[] => posts.map(({ date }) => date);
const people = (): string[][] => posts.map(({ authors }) => authors.map(({ name }) => name));
const texts = (): string[] => own.map(({ content_html: html }) => html);
/** Atom has no entries without a title: a note shows its first words. */
const isShown = (shown: string | undefined, title: string, index: number): boolean =>
  title === ""
    ? (own[index]?.summary ?? "").startsWith((shown ?? "").replace(/…$/, "")) && (shown ?? "") !== ""
    : shown === title;
const mailbox = ({ name, email }: Author): string => (email ? `${email} (${name})` : name);

test("there is something to read", () => {
  expect(posts.length).toBeGreaterThanOrEqual(8);
  expect(own.map(({ id }) => id)).toEqual(ids());
});

describe("rss-parser", () => {
  test("reads the RSS feed back", async () => {
    const { items } = await new RssParser().parseString(rss);
    expect(items.map(({ guid }) => guid)).toEqual(ids());
    expect(items.map(({ link }) => link)).toEqual(urls());
    expect(items.map(({ title }) => title ?? "")).toEqual(titles());
    expect(items.map(({ isoDate }) => Date.parse(isoDate ?? ""))).toEqual(dates());
    // It keeps the first name only; one author with an address is RSS's own `author`.
    const first = posts.map(({ authors }) =>
      authors.length === 1 ? authors.map(mailbox)[0] : authors[0]?.name,
    );
    expect(items.map((item) => item.creator ?? item.author)).toEqual(first);
    expect(items.map((item) => item["content:encoded"])).toEqual(texts());
  });

  test("reads the Atom feed back", async () => {
    const { items } = await new RssParser().parseString(atom);
    expect(items.map(({ id }) => id)).toEqual(ids());
    expect(items.map(({ link }) => link)).toEqual(urls());
    expect(items.filter((item, i) => !isShown(item.title, titles()[i] ?? "", i))).toEqual([]);
    expect(items.map(({ isoDate }) => Date.parse(isoDate ?? ""))).toEqual(dates());
    expect(items.map(({ author }) => author)).toEqual(people().map(([name]) => name));
    expect(items.map(({ content }) => content)).toEqual(texts());
  });
});

describe("@rowanmanning/feed-parser", () => {
  test.each(["RSS", "Atom"])("reads the %s feed back", (format) => {
    const { items } = parseWithRowan(format === "RSS" ? rss : atom);
    expect(items.map(({ id }) => id)).toEqual(ids());
    expect(items.map(({ url }) => url)).toEqual(urls());
    if (format === "RSS") expect(items.map(({ title }) => title ?? "")).toEqual(titles());
    expect(items.filter((item, i) => titles()[i] !== "" && item.title !== titles()[i])).toEqual([]);
    expect(items.map(({ published }) => published?.getTime())).toEqual(dates());
    expect(items.map(({ authors }) => authors.map(({ name }) => name))).toEqual(people());
    // This reader decodes the named references of texts twice.
    expect(items.map(({ content }) => content)).toEqual(texts().map((html) => decodeHTML(html)));
  });
});

describe("feedsmith", () => {
  test("reads the JSON feed back", () => {
    const items = parseJsonFeed(json).items ?? [];
    expect(items.map(({ id }) => id)).toEqual(ids());
    expect(items.map(({ url }) => url)).toEqual(urls());
    expect(items.map(({ title }) => title ?? "")).toEqual(titles());
    expect(items.map((item) => Date.parse(item.date_published ?? ""))).toEqual(dates());
    expect(items.map(({ authors }) => (authors ?? []).map(({ name }) => name))).toEqual(people());
    expect(items.map((item) => item.content_html)).toEqual(texts());
    expect(items.map(({ language }) => language)).toEqual(posts.map(({ language }) => language));
    const categories = posts.map(({ section, tags }) => [...new Set(section ? [section, ...tags] : tags)]);
    expect(items.map(({ tags }) => tags ?? [])).toEqual(categories);
  });
});
