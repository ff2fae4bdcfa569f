// Installs the programs to compare with into WORK/peers, at fixed versions.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Newest versions in the autumn of 2026 that Node 20 runs; astro 6 and later want Node 22. */
const packages = {
  "@11ty/eleventy": "3.1.8",
  "@11ty/eleventy-plugin-rss": "3.0.0",
  "@astrojs/rss": "4.0.19",
  astro: "5.18.2",
  feed: "6.0.0",
  "gray-matter": "4.0.3",
  hexo: "8.1.2",
  "hexo-generator-feed": "3.0.0",
  "hexo-renderer-marked": "7.0.1",
  "markdown-it": "14.3.3",
};

const work = process.argv[2];
if (work === undefined) {
  process.stderr.write("usage: npx jiti scripts/bench/install-peers.ts WORK\n");
  process.exitCode = 2;
} else install(join(resolve(work), "peers"));

function install(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ private: true, type: "module", dependencies: packages }, null, 2),
  );
  execFileSync("npm", ["install", "--no-audit", "--no-fund"], { cwd: folder, stdio: "inherit" });
  cpSync(fileURLToPath(new URL("./programs/", import.meta.url)), join(folder, "programs"), {
    recursive: true,
  });
  for (const name of Object.keys(packages)) {
    const manifest: unknown = JSON.parse(
      readFileSync(join(folder, "node_modules", name, "package.json"), "utf8"),
    );
    process.stdout.write(`${name} ${(manifest as { version: string }).version}\n`);
  }
  for (const [name, flag] of [
    ["hugo", "version"],
    ["jekyll", "--version"],
    ["pelican", "--version"],
  ] as const) {
    const { stdout } = spawnSync(name, [flag], { encoding: "utf8" });
    process.stdout.write(`${name} ${stdout?.trim() || "is not installed (apt-get install)"}\n`);
  }
}
