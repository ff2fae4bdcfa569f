// In comes a history of changes to posts that link to one another; out must go what a first build of the same folder writes.
import { rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { makeSite, post, readTree, writeFiles } from "../support/site.ts";

const now = Date.parse("2026-11-23T09:00:00Z");
const numRuns = Number(process.env.FC_RUNS ?? 15);
const names = ["a", "b", "c"] as const;

interface Step {
  readonly name: (typeof names)[number];
  readonly change: "moves" | "goes" | "hides" | "comes";
  readonly number: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  name: fc.constantFrom(...names),
  change: fc.constantFrom("moves", "goes", "hides", "comes"),
  number: fc.nat(2),
});

function write(root: string, { name, change, number }: Step): void {
  const file = `posts/${change === "comes" ? "sub/" : ""}${name}.md`;
  const slug = change === "comes" ? `sub-${name}` : `${name}-${number}`;
  const links = names.map((other) => `[x](${other}.md) {% post_url ${other} %}`).join(" ");
  const fields = { title: name, slug, ...(change === "hides" && { draft: true }) };
  if (change === "goes") rmSync(join(root, file), { force: true });
  else writeFiles(root, { [file]: post(fields, links) });
}

test("any history of links to posts gives the bytes of a first build", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
      const site = makeSite({ "posts/first.md": post({ title: "First", slug: "first" }, "[a](a.md)") });
      await build(site.config, { now });
      for (const one of steps) {
        write(site.root, one);
        await build(site.config, { now });
      }
      const after = readTree(site.config.out);
      rmSync(join(site.root, ".feedwright/cache"), { recursive: true, force: true });
      await build(site.config, { now });
      expect(after).toEqual(readTree(site.config.out));
    }),
    { numRuns },
  );
});

test("a link follows a post that gets another address, and becomes a finding when the post goes", async () => {
  const site = makeSite({
    "posts/from.md": post({ title: "From", slug: "from" }, "See [it](to.md#end)."),
    "posts/to.md": post({ title: "To", slug: "to" }, "Text."),
  });
  await build(site.config, { now });
  expect(site.read("dist/rss.xml")).toContain("https://site.example/to/#end");
  writeFiles(site.root, { "posts/to.md": post({ title: "To", slug: "elsewhere" }, "Text.") });
  await build(site.config, { now });
  expect(site.read("dist/rss.xml")).toContain("https://site.example/elsewhere/#end");
  rmSync(join(site.root, "posts/to.md"));
  const { diagnostics } = await build(site.config, { now });
  expect(diagnostics.map(({ code }) => code)).toContain("post/link-missing");
});
