// The models by which `publish` judges floods, held against readers that fetch the same feeds over loopback.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { readPublicEntries } from "../../src/publish/plan/entries.ts";
import { addShown } from "../../src/publish/plan/known-entries.ts";
import { findNewlyShown } from "../../src/publish/plan/newly-shown.ts";
import { fingerprint, readerKinds } from "../../src/publish/plan/reader-kinds.ts";
import { day, type SamplePost, samplePosts, sampleSet } from "../publish/sample-set.ts";
import { describeReader } from "./describe-reader.ts";
import { FeedServer } from "./feed-server.ts";
import { newsboat } from "./newsboat.ts";
import { makeEnvironment, type Reader } from "./reader.ts";
import { rss2email } from "./rss2email.ts";
import { sfeed } from "./sfeed.ts";

const server = new FeedServer();
beforeAll(() => server.open());
afterAll(() => server.close());

const every = (second: number, change: (post: SamplePost, at: number) => Partial<SamplePost>) => {
  return samplePosts(10).map((post, at) => (at % second === 0 ? { ...post, ...change(post, at) } : post));
};
/** What a feed shows, one publish after the other. */
const histories: Readonly<Record<string, readonly (readonly SamplePost[])[]>> = {
  "new posts, and then many": [samplePosts(5), samplePosts(7), samplePosts(40)],
  "a window that shrinks and grows again": [samplePosts(10), samplePosts(10).slice(0, 2), samplePosts(10)],
  "half renamed and retitled": [
    samplePosts(10),
    every(2, (_, at) => ({ id: `r-${at}`, url: `https://kabar.example/r-${at}/`, title: `R ${at}` })),
  ],
  "other titles": [samplePosts(10), every(1, ({ title }) => ({ title: `Kabar: ${title}` }))],
  "other addresses": [samplePosts(10), every(3, (_, at) => ({ url: `https://kabar.example/x/${at}/` }))],
  "other ids alone": [samplePosts(10), every(3, ({ id }) => ({ id: `${id}/` }))],
  "dates move forward": [samplePosts(10), every(1, ({ date = 0 }) => ({ date: date + day }))],
  "other texts": [samplePosts(10), every(1, () => ({ content: "<p>Another text.</p>" }))],
};

/** How many entries each step shows as new, as the model has it. */
function predict(documents: readonly Uint8Array[], kind: string): number[] {
  let known: readonly string[] = [];
  let before: ReturnType<typeof entriesOf> = [];
  return documents.map((bytes) => {
    const after = entriesOf(bytes);
    const shown = findNewlyShown({ path: "rss.xml", before, after, known, takenBack: 0 });
    known = addShown(addShown(known, before.map(fingerprint)), after.map(fingerprint));
    before = after;
    return shown.find(({ who }) => who === kind)?.entries.length ?? -1;
  });
}

function entriesOf(bytes: Uint8Array) {
  return readPublicEntries(bytes, "rss.xml").entries;
}

const byId = readerKinds.find(({ sign, remembers }) => sign === "id" && remembers)?.who ?? "";
const byEverything = readerKinds.find(({ sign }) => sign === "everything")?.who ?? "";
const models: readonly [Reader, string][] = [
  [newsboat, byId],
  [rss2email, byId],
  [sfeed, byEverything],
];

for (const [reader, kind] of models) {
  describeReader(reader, () => {
    test.each(Object.entries(histories))(
      `F103: %s: it shows as new what the model says`,
      async (_, history) => {
        const documents = history.map((posts) => {
          const file = sampleSet(posts).find(({ path }) => path === "rss.xml");
          return file?.read() ?? new Uint8Array();
        });
        const folder = mkdtempSync(join(tmpdir(), "feedwright-reader-"));
        onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
        const url = `${server.origin}/rss.xml`;
        const subscription = reader.subscribe({ folder, url, env: makeEnvironment(folder, server.origin) });
        const counts: number[] = [];
        for (const bytes of documents) {
          server.deploy(new Map([["rss.xml", Buffer.from(bytes)]]));
          counts.push((await subscription.refresh()).length);
        }
        const shown = counts.map((count, at) => count - (counts[at - 1] ?? 0));
        expect(shown).toEqual(predict(documents, kind));
      },
      60_000,
    );
  });
}
