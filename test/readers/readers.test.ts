import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DefaultTreeAdapterTypes, parseFragment, serialize } from "parse5";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { describeReader } from "./describe-reader.ts";
import { buildEditions, type Edition, type Expected, editedPost } from "./editions.ts";
import { FeedServer } from "./feed-server.ts";
import { feedparser } from "./feedparser.ts";
import { newsboat } from "./newsboat.ts";
import { podcastparser } from "./podcastparser.ts";
import { type Entry, makeEnvironment, type Reader, type Subscription } from "./reader.ts";
import { rss2email } from "./rss2email.ts";
import { sfeed, sfeedById } from "./sfeed.ts";

const readers: readonly Reader[] = [newsboat, sfeed, sfeedById, feedparser, rss2email, podcastparser];
const server = new FeedServer();
let first: Edition;
let second: Edition;

beforeAll(async () => {
  await server.open();
  ({ first, second } = await buildEditions(`${server.origin}/`));
});
beforeEach(() => {
  server.deploy(first.documents);
  server.exchanges.length = 0;
  server.strays.length = 0;
});
afterAll(() => server.close());

function subscribe(reader: Reader, url: string): Subscription {
  const folder = mkdtempSync(join(tmpdir(), "feedwright-reader-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return reader.subscribe({ folder, url, env: makeEnvironment(folder, server.origin) });
}

/** The posts of a feed in the form of a reader, in the order of ids. */
function expectedOf(edition: Edition, reader: Reader, feed: string): Entry[] {
  const shown = edition.posts.filter(({ post }) => !feed.startsWith("feeds/") || post.section === "Podcast");
  return inOrder(shown.map((one) => expectedEntry(one, reader, feed)));
}

function expectedEntry(
  { post, content, summary, enclosures }: Expected,
  reader: Reader,
  feed: string,
): Entry {
  const leavesOut = (fact: "authors" | "type" | "length"): boolean => reader.leavesOut.includes(fact);
  const { authorsShown = (all) => all } = reader;
  const names = post.authors.map(({ name }) => name);
  return {
    id: post.id,
    title: post.title || titleOfNote(reader, feed, { text: summary, link: post.url }),
    link: post.url,
    date: post.date,
    ...(!leavesOut("authors") && { authors: authorsShown(names, isAtom(feed) ? "Atom" : "RSS") }),
    content: reader.cleansHtml ? canonical(content) : content,
    enclosures: enclosures.map(({ url, type, length }) => ({
      url,
      ...(!leavesOut("type") && type !== undefined && { type }),
      ...(!leavesOut("length") && length !== undefined && { length }),
    })),
  };
}

const isAtom = (feed: string): boolean => feed.endsWith("atom.xml");

/** Atom has no entries without a title: a note shows its first words there. */
function titleOfNote(reader: Reader, feed: string, note: { text: string; link: string }): string {
  if (!isAtom(feed)) return reader.untitled?.(note) ?? "";
  return expect.toSatisfy(
    (title: string) => title.length > 9 && note.text.startsWith(title.replace(/…$/, "")),
    "begins as the note does",
  );
}

function shownBy(reader: Reader, entries: readonly Entry[]): Entry[] {
  return inOrder(
    entries.map((entry) =>
      reader.cleansHtml ? { ...entry, content: canonical(entry.content ?? "") } : entry,
    ),
  );
}

function inOrder(entries: readonly Entry[]): Entry[] {
  return [...entries].sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
}

/** HTML with attributes in order, without those that cleaning readers take away. */
function canonical(html: string): string {
  const fragment = parseFragment(html);
  const walk = (node: DefaultTreeAdapterTypes.Node): void => {
    if ("attrs" in node)
      node.attrs = node.attrs
        .filter(({ name }) => name !== "role")
        .sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
    if ("childNodes" in node) node.childNodes.forEach(walk);
  };
  walk(fragment);
  return serialize(fragment).trim();
}

for (const reader of readers) {
  describeReader(reader, () => {
    describe.each(reader.feeds)("%s", (feed) => {
      const open = (): Subscription => subscribe(reader, `${server.origin}/${feed}`);

      test("ids, titles, links, dates, authors, texts and enclosures are the posts'", async () => {
        const expected = expectedOf(first, reader, feed);
        expect(expected.length).toBe(feed.startsWith("feeds/") ? 1 : 9);
        expect(shownBy(reader, await open().refresh())).toEqual(expected);
        expect(server.strays).toEqual([]);
      });

      test("an edited post is the same entry", async () => {
        const subscription = open();
        await subscription.refresh();
        server.deploy(second.documents);
        const shown = shownBy(reader, await subscription.refresh());
        const [before, after] = [expectedOf(first, reader, feed), expectedOf(second, reader, feed)];
        const old = before.filter(({ id }) => id.endsWith(editedPost));
        expect(after.find(({ id }) => id.endsWith(editedPost))).toMatchObject({
          title: expect.stringContaining("<baru>, 3 < 4"),
          content: expect.stringContaining("Tambahan"),
        });
        expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
        if (reader.edited === "beside") {
          expect(shown).toHaveLength(after.length + 1);
          expect(shown).toEqual(expect.arrayContaining([...after, ...old]));
        } else expect(shown).toEqual(after);
      });

      const { asksFrom = Infinity } = reader;
      test(`what did not change is ${asksFrom === Infinity ? "read again" : "a 304"}, and stays`, async () => {
        const subscription = open();
        const shown = [
          await subscription.refresh(),
          await subscription.refresh(),
          await subscription.refresh(),
        ];
        expect(server.exchanges).toHaveLength(shown.length);
        for (const [index, { path, status, validators }] of server.exchanges.entries()) {
          expect(path).toBe(feed);
          expect(status).toBe(validators.length > 0 ? 304 : 200);
          if (index + 1 >= asksFrom) expect(validators).toEqual(["If-None-Match", "If-Modified-Since"]);
        }
        for (const later of shown) expect(later).toEqual(shown[0]);
      });
    });

    test("no request leaves the machine", async () => {
      const stray = subscribe(reader, "http://elsewhere.example/rss.xml");
      await stray.refresh().catch(() => []);
      expect(server.strays).toContain("http://elsewhere.example/rss.xml");
      expect(server.exchanges).toEqual([]);
    });
  });
}
