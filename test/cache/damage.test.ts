import { cpSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { makeSite, post, readTree, writeFiles } from "../support/site.ts";
import { damageFile } from "../watch/model-site.ts";

const now = Date.parse("2026-11-23T09:00:00Z");
const count = 12;
const files = Object.fromEntries(
  Array.from({ length: count }, (_, i) => [
    `posts/p${i}.md`,
    post({ title: `P${i}`, slug: `p${i}`, tags: [`t${i % 3}`] }, `Text ${i}. `.repeat(20)),
  ]),
);

type Damage =
  | { do: "flip" | "cut"; file: number; at: number }
  | { do: "remove"; file: number }
  | { do: "garbage"; file: number; bytes: Uint8Array }
  | { do: "swap" };

const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ do: fc.constantFrom("flip" as const, "cut" as const), file: fc.nat(), at: fc.nat() }),
  fc.record({ do: fc.constant("remove" as const), file: fc.nat() }),
  fc.record({
    do: fc.constant("garbage" as const),
    file: fc.nat(),
    bytes: fc.uint8Array({ maxLength: 300 }),
  }),
  fc.record({ do: fc.constant("swap" as const) }),
);

function harm(folder: string, one: Damage): void {
  const paths = readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
  const [first, second] = paths;
  if (first === undefined) return;
  if (one.do === "swap") {
    if (second === undefined) return;
    cpSync(first, join(folder, "aside"));
    cpSync(second, first);
    renameSync(join(folder, "aside"), second);
    return;
  }
  const path = paths[one.file % paths.length] ?? first;
  if (one.do === "remove") rmSync(path);
  else if (one.do === "garbage") writeFileSync(path, one.bytes);
  else damageFile(path, one.do === "cut", one.at);
}

test("whatever becomes of the cache, it changes no byte of output and fails no build", {
  timeout: 120_000,
}, async () => {
  const site = makeSite(files, { feeds: { tags: true, limit: 8 } });
  await build(site.config, { now });
  writeFiles(site.root, { "posts/p5.md": post({ title: "P5 edited", slug: "p5" }, "Since the snapshot.") });
  await build(site.config, { now });
  const cache = join(site.root, ".feedwright/cache");
  expect(
    readdirSync(cache)
      .map((name) => name.replace(/-.*/, ""))
      .sort(),
  ).toEqual(["delta", "entries", "snapshot"]);
  const aside = join(site.root, "cache-before");
  cpSync(cache, aside, { recursive: true });
  writeFiles(site.root, {
    "posts/p3.md": post({ title: "P3 edited", slug: "p3", tags: ["t0"] }, "Other text."),
  });
  await build(site.config, { now, cache: false });
  const expected = readTree(site.config.out);
  await fc.assert(
    fc.asyncProperty(
      fc.array(damage, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      async (harms, emptied) => {
        rmSync(cache, { recursive: true, force: true });
        cpSync(aside, cache, { recursive: true });
        for (const one of harms) harm(cache, one);
        if (emptied) rmSync(site.config.out, { recursive: true });
        const result = await build(site.config, { now });
        expect(result.ok).toBe(true);
        expect(result.posts.published).toBe(count);
        expect(readTree(site.config.out)).toEqual(expected);
        // And what it leaves is sound.
        expect((await build(site.config, { now })).files.written).toEqual([]);
      },
    ),
    { numRuns: Number(process.env.FC_RUNS ?? 100) },
  );
});
