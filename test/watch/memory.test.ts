import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeSite, post } from "../support/site.ts";
import { readTitles, startWatch } from "./watched.ts";

const edits = Number(process.env.WATCH_EDITS ?? 300);

/** Resident memory of a process in MB. */
function readMemory(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1024;
}

test.skipIf(process.platform !== "linux")(
  "memory stays flat over many edits",
  { timeout: 30_000 + edits * 200 },
  async () => {
    const files = Object.fromEntries(
      Array.from({ length: 200 }, (_, i) => [
        `posts/p${i}.md`,
        post({ title: `P${i}`, slug: `p${i}`, tags: [`t${i % 10}`] }, "Some text, and more. ".repeat(200)),
      ]),
    );
    const site = makeSite(files, { feeds: { tags: true, formats: ["json"], limit: 20 } });
    const watched = await startWatch(site.root);
    const pid = watched.child.pid ?? 0;
    const path = join(site.config.posts.dir, "p0.md");
    const figures: number[] = [];
    for (let i = 0; i < edits; i += 1) {
      const title = `Edit ${i}`;
      writeFileSync(`${path}.tmp`, post({ title, slug: "p0", tags: ["t0"] }, `${i} `.repeat(1000)));
      renameSync(`${path}.tmp`, path);
      await watched.until(() => readTitles(site.root).includes(title), title);
      if (i % Math.ceil(edits / 10) === 0) figures.push(readMemory(pid));
    }
    figures.push(readMemory(pid));
    if (process.env.WATCH_EDITS !== undefined)
      process.stderr.write(`MB over ${edits} edits: ${figures.map(Math.round).join(" ")}\n`);
    // The first figures are those of a process that still compiles; after that the collector decides within bounds.
    expect((figures.at(-1) ?? 0) - (figures[2] ?? 0)).toBeLessThan(60);
    expect(watched.builds()).toBeLessThanOrEqual(edits + 3);
    await watched.stop();
  },
);
