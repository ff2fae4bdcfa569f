import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repositoryRoot } from "../support/program.ts";

const manifest = JSON.parse(readFileSync(join(repositoryRoot, "package.json"), "utf8"));

test("the package brings the program, its types and its documents, and no sources, tests or samples", () => {
  const output = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: repositoryRoot,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const files: string[] = JSON.parse(output)[0].files.map(({ path }: { path: string }) => path);
  expect(files).toEqual(
    expect.arrayContaining([
      "package.json",
      "README.md",
      "LICENSE",
      "CHANGELOG.md",
      "action.yml",
      "docs/cli.md",
      "lib/index.js",
      "lib/index.d.ts",
      manifest.bin.feedwright,
    ]),
  );
  expect(files.filter((path) => /^(?:src|test|posts|public|scripts|dist)\//.test(path))).toEqual([]);
});

test("npm start builds, and the licence is the one that is said", () => {
  expect(manifest.scripts.start).toBe("node lib/cli/main.js build");
  expect(manifest.license).toBe("MIT");
  expect(readFileSync(join(repositoryRoot, "LICENSE"), "utf8")).toMatch(/^MIT License/);
});
