import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadConfig } from "../../src/config/load-config.ts";
import { readPost } from "../../src/posts/read-post.ts";
import { repositoryRoot } from "../support/program.ts";
import { listFiles, makeFolder } from "../support/site.ts";
import { copySampleSite, openShell } from "./shell.ts";
import { allSnippets, placeOf, type Snippet, wordOf } from "./snippets.ts";

const snippets = allSnippets();
const pick = (...languages: string[]): [string, Snippet][] =>
  snippets.filter(({ language }) => languages.includes(language)).map((one) => [placeOf(one), one]);
const nameOf = (snippet: Snippet): string => placeOf(snippet).replace(/[^a-z0-9]+/gi, "-");
const isConfig = ({ words }: Snippet): boolean => words.includes("config");

describe("TypeScript and JavaScript", () => {
  const code = pick("ts", "js", "mjs").filter(([, { words }]) => !words.includes("no-run"));

  test("every snippet compiles under the strict settings of the project", () => {
    const folder = makeFolder();
    expect(compile(folder, code)).toBe("");
  });

  test.each(code.filter(([, { words }]) => words.includes("run")))("%s runs", (_, snippet) => {
    const folder = makeFolder();
    copySampleSite(folder);
    compile(folder, [["", snippet]]);
    const { status, stderr } = spawnSync(process.execPath, [join("compiled", `${nameOf(snippet)}.js`)], {
      cwd: folder,
      encoding: "utf8",
      timeout: 60_000,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});

/** Compiles snippets with the project's own compiler against its own types; gives what the compiler said. */
function compile(folder: string, code: readonly (readonly [string, Snippet])[]): string {
  mkdirSync(join(folder, "node_modules"));
  mkdirSync(join(folder, "snippets"));
  symlinkSync(repositoryRoot, join(folder, "node_modules/feedwright"));
  for (const name of ["feed", "@types"])
    symlinkSync(join(repositoryRoot, "node_modules", name), join(folder, "node_modules", name));
  for (const [, snippet] of code) {
    const extension = snippet.language === "ts" ? "ts" : "js";
    const text = /^(import|export) /m.test(snippet.code) ? snippet.code : `${snippet.code}export {};\n`;
    writeFileSync(join(folder, "snippets", `${nameOf(snippet)}.${extension}`), text);
  }
  const { compilerOptions } = JSON.parse(readFileSync(join(repositoryRoot, "tsconfig.json"), "utf8"));
  const options = { ...compilerOptions, allowJs: true, checkJs: true, rootDir: "snippets" };
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: { ...options, declaration: false, outDir: "compiled" },
      include: ["snippets"],
    }),
  );
  const tsc = join(repositoryRoot, "node_modules/typescript/bin/tsc");
  try {
    execFileSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
    return "";
  } catch (error) {
    return String((error as { stdout?: string }).stdout ?? error);
  }
}

describe("configurations", () => {
  test.each(pick("ts", "js", "mjs", "json", "yaml").filter(([, one]) => isConfig(one)))(
    "%s is a configuration",
    async (_, snippet) => {
      const root = makeFolder();
      const file = `feedwright.config.${snippet.language}`;
      const text =
        snippet.language === "js"
          ? snippet.code.replace(/from "feedwright"/, `from "${libraryUrl}"`)
          : snippet.code;
      writeFileSync(join(root, file), text);
      await expect(loadConfig({ root })).resolves.toMatchObject({ root });
    },
  );
});

const libraryUrl = new URL("../../lib/index.js", import.meta.url).href;

describe("posts", () => {
  const posts = pick("md", "markdown", "html", "mdx").filter(([, { code }]) => /^(?:---|\+\+\+)/.test(code));

  test.each(posts)("%s is a post without errors and warnings", async (_, snippet) => {
    const config = await loadConfig({ root: repositoryRoot });
    const file = wordOf(snippet, "file") ?? "post.md";
    const { post, diagnostics } = readPost({ file, bytes: Buffer.from(snippet.code) }, config);
    expect(diagnostics.filter(({ severity }) => severity !== "hint")).toEqual([]);
    expect(post).toBeDefined();
  });
});

describe("data", () => {
  test.each(pick("json").filter(([, one]) => !isConfig(one)))("%s is JSON", (_, { code }) => {
    expect(() => JSON.parse(code)).not.toThrow();
  });

  test.each(pick("yaml", "yml").filter(([, one]) => !isConfig(one)))("%s is YAML", (_, { code }) => {
    expect(() => parse(code)).not.toThrow();
  });
});

describe("excerpts", () => {
  let written: string | undefined;
  const excerpts = pick("xml", "json", "html", "text").filter(([, { words }]) => words.includes("excerpt"));

  /** All that the build of the sample site writes; made once. */
  const build = (): string => {
    const shell = openShell();
    copySampleSite(shell.folder);
    shell.run("feedwright build");
    const out = join(shell.folder, "dist");
    return listFiles(out)
      .map((path) => readFileSync(join(out, path), "utf8"))
      .join("\n");
  };

  test.each(excerpts)("%s is in what the sample site's build writes", (_, { code }) => {
    const trim = (text: string): string => text.replace(/^ +/gm, "").trim();
    written ??= trim(build());
    for (const part of code.split(/^ *…$/m)) expect(written).toContain(trim(part));
  });
});

test("every snippet says its language, and every language is looked at", () => {
  const known =
    "sh bash ts js mjs json yaml yml md markdown html mdx xml text toml nginx apache diff css".split(" ");
  expect(snippets.filter(({ language }) => !known.includes(language)).map(placeOf)).toEqual([]);
});
