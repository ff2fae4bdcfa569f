// Writes corpora of posts, the same for the same seed, with the configuration of every program.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { makePost } from "./corpus-post.ts";
import { writeSites } from "./sites.ts";

const usage = "usage: npx jiti scripts/bench/corpus.ts WORK --sizes 1000,10000 [--seed 1] [--sites-only]\n";
/** Files that measurements edit: the newest posts, which every feed shows. */
const recentCount = 50;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    "sites-only": { type: "boolean", default: false },
  },
});
const work = positionals[0];
if (work === undefined) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  for (const size of values.sizes.split(",").map(Number)) {
    const root = resolve(work, String(size));
    if (!values["sites-only"]) writePosts(root, size, Number(values.seed));
    writeSites(root, join(resolve(work), "peers"));
  }
}

function writePosts(root: string, size: number, seed: number): void {
  const begun = performance.now();
  const posts = join(root, "posts");
  rmSync(root, { recursive: true, force: true });
  const folders = new Set<string>();
  const recent: string[] = [];
  let bytes = 0;
  for (let index = 0; index < size; index += 1) {
    const { path, text } = makePost(seed, index, size);
    const file = join(posts, path);
    const folder = dirname(file);
    if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
    folders.add(folder);
    writeFileSync(file, text);
    bytes += text.length;
    if (index >= size - recentCount) recent.unshift(path);
  }
  writeFileSync(join(root, "recent.json"), JSON.stringify(recent));
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  process.stdout.write(
    `${size} posts in ${folders.size} folders, ${Math.round(bytes / size)} bytes on average, ${seconds} s\n`,
  );
}
