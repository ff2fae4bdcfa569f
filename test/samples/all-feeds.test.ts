import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseFeed as parseWithRowan } from "@rowanmanning/feed-parser";
import { parseJsonFeed } from "feedsmith";
import RssParser from "rss-parser";
import { expect, test } from "vitest";
import { runProgram } from "../support/program.ts";
import { listFiles } from "../support/site.ts";
import { copySamples, sampleTime } from "./sample-site.ts";

interface Read {
  readonly id: string | null | undefined;
  readonly url: string | null | undefined;
  readonly date: number;
  readonly content: string | null | undefined;
}

const readers: Record<string, (text: string) => Promise<Read[]>> = {
  "rss-parser": async (text) =>
    (await new RssParser().parseString(text)).items.map((item) => ({
      id: item.guid ?? item.id,
      url: item.link,
      date: Date.parse(item.isoDate ?? ""),
      content: item["content:encoded"] ?? item.content,
    })),
  // It decodes references in content once more than the specifications say, so its content is not compared.
  "@rowanmanning/feed-parser": async (text) =>
    parseWithRowan(text).items.map(({ id, url, published }) => ({
      id,
      url,
      date: published?.getTime() ?? Number.NaN,
      content: undefined,
    })),
};

test("two readers find in every RSS and Atom feed of the sample site what its JSON Feed says", async () => {
  const root = copySamples();
  try {
    expect(runProgram(["build", "--now", sampleTime], { cwd: root }).status).toBe(0);
    const out = join(root, "dist");
    const folders = listFiles(out)
      .filter((path) => path.endsWith("feed.json"))
      .map((path) => dirname(path));
    expect(folders.length).toBeGreaterThan(30);
    for (const folder of folders) {
      const read = (name: string) => readFileSync(join(out, folder, name), "utf8");
      const { items = [] } = parseJsonFeed(read("feed.json"));
      const expected = items.map(({ id, url, date_published: date, content_html: content }) => ({
        id,
        url,
        date: Date.parse(String(date)),
        content,
      }));
      expect(expected.length, folder).toBeGreaterThan(0);
      for (const name of ["rss.xml", "atom.xml"]) {
        for (const [reader, parse] of Object.entries(readers)) {
          const found = await parse(read(name));
          const compared = expected.map((entry, i) =>
            found[i]?.content === undefined ? { ...entry, content: undefined } : entry,
          );
          expect(found, `${folder}/${name} by ${reader}`).toEqual(compared);
        }
      }
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
