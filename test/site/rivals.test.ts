import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Site } from "../../src/site/site.ts";
import { makeSite, post, writeFiles } from "../support/site.ts";

const now = Date.parse("2026-11-23T09:00:00Z");
const id = "urn:uuid:00000000-0000-4000-8000-000000000000";

/** Two posts that clash, by what they clash in; the second one comes later. */
const clashes: Record<string, readonly [[string, object], [string, object]]> = {
  "a slug": [
    ["a.md", { slug: "same" }],
    ["b.md", { slug: "same" }],
  ],
  "an id": [
    ["a.md", { id }],
    ["b.md", { id }],
  ],
  "an id and a permalink": [
    ["a.md", { id, permalink: "/same/" }],
    ["b.md", { id, permalink: "/same/" }],
  ],
  "the case of their names": [
    ["post.md", {}],
    ["Post.md", { slug: "another" }],
  ],
  "the case of their folders": [
    ["x/post.md", { slug: "one" }],
    ["X/post.md", { slug: "another" }],
  ],
};

for (const [what, [[first, a], [second, b]]] of Object.entries(clashes)) {
  for (const everything of [false, true]) {
    test.skipIf(process.platform !== "linux")(
      `F91: of two posts that clash in ${what} the published one stays, and the other comes when it goes (${everything ? "scanned" : "named"})`,
      async () => {
        const { root, config, read } = makeSite({ [`posts/${first}`]: post({ title: "First", ...a }) });
        const site = new Site(config, { saveLater: true });
        const update = (file: string) => site.update(now, everything ? undefined : [file]);
        const titles = () =>
          JSON.parse(read("dist/feed.json")).items.map(({ title }: { title: string }) => title);
        await update(first);
        writeFiles(root, { [`posts/${second}`]: post({ title: "Second", ...b }) });
        expect((await update(second)).posts).toMatchObject({ leftOut: [`posts/${second}`], held: [] });
        expect(titles()).toEqual(["First"]);
        writeFiles(root, { [`posts/${second}`]: post({ title: "Second again", ...b }) });
        expect((await update(second)).posts.leftOut).toEqual([`posts/${second}`]);
        expect(titles()).toEqual(["First"]);
        rmSync(join(root, "posts", first));
        expect((await update(first)).ok).toBe(true);
        expect(titles()).toEqual(["Second again"]);
        site.close();
      },
    );
  }
}

test("F91: a published post that takes the id and the permalink of another one is shown as it is when that one goes", async () => {
  const { root, config, read } = makeSite({
    "posts/a.md": post({ title: "A", id, slug: "same" }),
    "posts/b.md": post({ title: "B" }),
  });
  const site = new Site(config, { saveLater: true });
  await site.update(now);
  writeFiles(root, { "posts/b.md": post({ title: "B2", id, slug: "same" }) });
  expect((await site.update(now, ["b.md"])).posts).toMatchObject({ held: ["posts/b.md"], leftOut: [] });
  expect(read("dist/rss.xml")).toContain("<title>B</title>");
  rmSync(join(root, "posts/a.md"));
  expect((await site.update(now, ["a.md"])).ok).toBe(true);
  expect(read("dist/rss.xml")).toContain("<title>B2</title>");
  expect(read("dist/rss.xml")).not.toContain("<title>B</title>");
  site.close();
});
