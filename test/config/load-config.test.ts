import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { configNames, type LoadOptions, loadConfig } from "../../src/config/load-config.ts";
import { Failure } from "../../src/model/failure.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function project(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "feedwright-config-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function failureOf(options: LoadOptions): Promise<Failure> {
  try {
    await loadConfig(options);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("loadConfig did not fail");
}

const value = `{ "site": { "url": "https://kabar.example/catatan", "title": "Kabar" }, "feeds": { "limit": 7 } }`;
const imported = `import { defineConfig } from "feedwright";\nexport default defineConfig(${value});\n`;
const sources: Record<string, string> = {
  "feedwright.config.ts": imported,
  "feedwright.config.mts": imported,
  "feedwright.config.mjs": `export default ${value};\n`,
  "feedwright.config.js": `export default ${value};\n`,
  "feedwright.config.json": value.replaceAll(" ", "\n\t"),
  "feedwright.config.yaml":
    "site:\n  url: https://kabar.example/catatan\n  title: Kabar\nfeeds:\n  limit: 7\n",
  "feedwright.config.yml":
    "\ufeffsite: {url: https://kabar.example/catatan, title: Kabar}\r\nfeeds: {limit: 7}\r\n",
};

describe("finding and reading", () => {
  for (const name of configNames) {
    test(`${name} is found and read, where feedwright is not installed too`, async () => {
      const root = project({ [name]: sources[name] ?? "", "package.json": '{"type":"module"}' });
      const config = await loadConfig({ root });
      expect(config).toMatchObject({
        root,
        file: join(root, name),
        site: { url: "https://kabar.example/catatan/", title: "Kabar", language: "en", timeZone: "UTC" },
        posts: { dir: join(root, "posts") },
        out: join(root, "dist"),
        permalink: "/:slug/",
        feeds: { formats: ["rss", "atom", "json"], limit: 7, content: "full" },
      });
    });
  }

  test("a changed TypeScript or JavaScript configuration is read anew", async () => {
    for (const name of ["feedwright.config.ts", "feedwright.config.mjs"]) {
      const root = project({ [name]: `export default ${value};` });
      expect((await loadConfig({ root })).site.title).toBe("Kabar");
      writeFileSync(join(root, name), `export default ${value.replace("Kabar", "Warta")};`);
      utimesSync(join(root, name), 2_000_000_000, 2_000_000_000);
      expect((await loadConfig({ root })).site.title).toBe("Warta");
    }
  });

  test("--config names another file, and its folder is the root", async () => {
    const root = project({ "site.yaml": sources["feedwright.config.yaml"] ?? "" });
    expect((await loadConfig({ config: join(root, "site.yaml") })).root).toBe(root);
    expect((await loadConfig({ root, config: "site.yaml" })).root).toBe(root);
  });

  test("flags alone are enough, and win over the file", async () => {
    const empty = project({});
    const overrides = { siteUrl: "https://a.example", siteTitle: "A", out: "public", posts: "content" };
    const config = await loadConfig({ root: empty, overrides });
    expect(config.site).toMatchObject({ url: "https://a.example/", title: "A" });
    expect(config.out).toBe(join(empty, "public"));
    expect(config.posts.dir).toBe(join(empty, "content"));
    expect(config.file).toBeUndefined();
    const root = project({ "feedwright.config.json": value });
    expect((await loadConfig({ root, overrides })).site.title).toBe("A");
  });

  test("none is config-missing, and the hint names feedwright init; a folder above is not looked into", async () => {
    const failure = await failureOf({ root: project({}), overrides: { siteTitle: "A" } });
    expect(failure.code).toBe("config-missing");
    expect(failure.hint).toContain("feedwright init");
    expect((await failureOf({ root: join(project({}), "none") })).code).toBe("config-missing");
    expect((await failureOf({ root: project({}), config: "x.json" })).code).toBe("config-missing");
  });

  test("two are refused by name", async () => {
    const failure = await failureOf({
      root: project({ "feedwright.config.json": value, "feedwright.config.yml": "" }),
    });
    expect(failure.code).toBe("config-invalid");
    expect(failure.message).toContain("feedwright.config.json, feedwright.config.yml");
  });
});

describe("problems", () => {
  const bad = {
    ts: `// site: { url: "no" }
import { defineConfig } from "feedwright";
export default defineConfig({
  feeds: { limit: 0 },
  site: {
    url: "kabar.example",
    title: "url: in a text",
    timezone: "Asia/Jakarta",
  },
});
`,
    json: `{
\t"feeds": { "limit": 0 },
\t"site": {
\t\t"url": "kabar.example",
\t\t"title": "url: in a text",
\t\t"timezone": "Asia/Jakarta"
\t}
}`,
    yaml: `feeds: { limit: 0 }
site:
  # url: no
  url: kabar.example
  title: "url: in a text"
  timezone: Asia/Jakarta
`,
  };
  const places = {
    ts: ["4:12", "6:5", "8:5"],
    json: ["2:13", "4:3", "6:3"],
    yaml: ["1:10", "4:3", "6:3"],
  };
  for (const kind of ["ts", "json", "yaml"] as const) {
    test(`all problems of a ${kind} configuration are reported at once, with line, column, value and fix`, async () => {
      const name = `feedwright.config.${kind}`;
      const failure = await failureOf({ root: project({ [name]: bad[kind] }) });
      expect(failure.code).toBe("config-invalid");
      const found = [...failure.diagnostics].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
      expect(found.map((one) => `${one.line}:${one.column}`)).toEqual(places[kind]);
      expect(found.map((one) => `${one.code} ${one.message}`)).toEqual([
        "config/wrong-value feeds.limit is 0",
        'config/wrong-value site.url is "kabar.example"',
        'config/unknown-key site has no key "timezone"',
      ]);
      expect(found[1]?.hint).toContain('"https://example.org/"');
      expect(found[2]?.hint).toBe('Did you mean "timeZone"?');
      expect(found.every((one) => one.file === name)).toBe(true);
    });
  }

  test("what is missing is named, at the group it belongs to", async () => {
    const failure = await failureOf({
      root: project({ "feedwright.config.yaml": "site:\n  title: Kabar\n" }),
    });
    expect(failure.diagnostics).toMatchObject([{ line: 1, column: 1, message: "site.url is missing" }]);
    expect(failure.diagnostics[0]?.hint).toContain("https://example.org/");
  });

  test("an item of a list is named by its number", async () => {
    const yaml =
      "site: { url: 'https://a.example', title: A }\nwebsub:\n  hubs:\n    - https://hub.example\n    - 7\n";
    const failure = await failureOf({ root: project({ "feedwright.config.yaml": yaml }) });
    expect(failure.diagnostics).toMatchObject([{ line: 5, column: 7, message: "websub.hubs[1] is 7" }]);
  });

  test("a wrong flag is named as the flag", async () => {
    const root = project({ "feedwright.config.json": value });
    const failure = await failureOf({ root, overrides: { siteUrl: "kabar" } });
    expect(failure.diagnostics).toMatchObject([
      { file: "command line", message: '--site-url: site.url is "kabar"' },
    ]);
    expect(failure.diagnostics[0]?.line).toBeUndefined();
  });

  const unreadable: [string, string, number | undefined][] = [
    ["feedwright.config.ts", "\n\nthrow new Error('no luck');\n", 3],
    ["feedwright.config.mjs", "\n\nthrow new Error('no luck');\n", 3],
    ["feedwright.config.ts", "\nexport default {{;\n", 2],
    ["feedwright.config.mjs", "export default { get site() { throw new Error('no'); } };\n", undefined],
    // under vitest its own loader parses this file; Node's errors get a line as well
    ["feedwright.config.mjs", "\nexport default {{;\n", undefined],
    ["feedwright.config.mjs", "throw null;\n", undefined],
    ["feedwright.config.mjs", "export const config = {};\n", undefined],
    ["feedwright.config.json", '{\n "site": {,\n', 2],
    ["feedwright.config.yaml", "site: [\nposts: {}\n", 2],
    ["feedwright.config.yaml", "site: *nowhere\n", undefined],
  ];
  for (const [name, text, line] of unreadable) {
    test(`${name} holding ${JSON.stringify(text)} is config-invalid with its reason`, async () => {
      const failure = await failureOf({ root: project({ [name]: text }) });
      expect(failure.code).toBe("config-invalid");
      expect(failure.diagnostics[0]).toMatchObject({ code: "config/unreadable", file: name });
      if (line !== undefined) expect(failure.diagnostics[0]?.line).toBe(line);
    });
  }

  test("aliases that multiply without end are refused, not expanded", async () => {
    const levels = Array.from(
      { length: 12 },
      (_, at) =>
        `l${at}: &l${at} [${Array(10)
          .fill(at === 0 ? "x" : `*l${at - 1}`)
          .join(", ")}]`,
    );
    const failure = await failureOf({ root: project({ "feedwright.config.yaml": levels.join("\n") }) });
    expect(failure.code).toBe("config-invalid");
  });
});
