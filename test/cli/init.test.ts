import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { type InitIo, type InitOptions, runInit } from "../../src/cli/commands/init.ts";
import { loadConfig } from "../../src/config/load-config.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "feedwright-init-"));
  folders.push(folder);
  return folder;
}

/** An io that answers from a list; `asked` and `printed` keep what was said. */
function scripted(answers: string[], isTerminal: boolean) {
  const asked: string[] = [];
  const printed: string[] = [];
  const io: InitIo = {
    ask: async (question) => {
      asked.push(question);
      const answer = answers.shift();
      if (answer === undefined) throw new Error(`nothing to answer to ${question}`);
      return answer;
    },
    print: (line) => printed.push(line),
    isTerminal,
    now: Date.UTC(2026, 9, 4, 18, 45, 30),
  };
  return { io, asked, printed };
}

const flags: InitOptions = {
  siteUrl: "https://www.kabar.example/catatan",
  title: 'Kabar "Pesisir" `x` \\ </b>',
  language: "id",
  timeZone: "Asia/Jakarta",
  author: "Sari Wulandari",
};

test("flags alone write a configuration that loads without the package installed, and a post", async () => {
  const root = emptyFolder();
  const { io, asked, printed } = scripted([], false);
  expect(await runInit({ root, ...flags }, io)).toEqual(["feedwright.config.ts", "posts/2026-10-05-halo.md"]);
  expect(asked).toEqual([]);
  expect(printed.join("\n")).toContain("feedwright build");
  const config = await loadConfig({ root });
  expect(config.site).toMatchObject({
    url: "https://www.kabar.example/catatan/",
    title: 'Kabar "Pesisir" `x` \\ </b>',
    language: "id",
    timeZone: "Asia/Jakarta",
    authority: "kabar.example,2026",
    authors: { sari: { name: "Sari Wulandari" } },
  });
  const post = readFileSync(join(root, "posts/2026-10-05-halo.md"), "utf8");
  expect(post).toContain("date: 2026-10-05T01:45:00+07:00\n");
  expect(post).toContain("title: Halo\n");
  expect(post).not.toContain("language:");
});

test("on a terminal it asks, offers what it detects, and asks again after a wrong answer", async () => {
  const root = emptyFolder();
  const { io, asked, printed } = scripted(
    ["kabar example", "kabar.example", "Kabar", "id", "", "", ""],
    true,
  );
  await runInit({ root, timeZone: "UTC", authority: "kabar.example,2020-05" }, io);
  expect(asked).toHaveLength(5);
  expect(printed[0]).toContain("https://example.org/");
  expect(asked[3]).toMatch(/\[.+\]: $/);
  const config = await loadConfig({ root });
  expect(config.site).toMatchObject({ language: "id", timeZone: "UTC", authority: "kabar.example,2020-05" });
  expect(Object.keys(config.site.authors)).toEqual([]);
});

test("--yes asks nothing on a terminal", async () => {
  const root = emptyFolder();
  const { io, asked } = scripted([], true);
  await runInit({ root, siteUrl: "https://kabar.example/", title: "Kabar", yes: true }, io);
  expect(asked).toEqual([]);
  expect((await loadConfig({ root })).site.authority).toBe("kabar.example,2026");
});

test("what is missing or wrong is named by its flag, and nothing is written", async () => {
  const root = join(emptyFolder(), "new");
  const { io } = scripted([], false);
  await expect(runInit({ root }, io)).rejects.toMatchObject({
    code: "usage",
    message: "init needs --site-url and --title",
  });
  await expect(runInit({ root, ...flags, timeZone: "Jakarta" }, io)).rejects.toMatchObject({
    code: "usage",
    message: '--time-zone is "Jakarta"',
    hint: expect.stringContaining("Asia/Jakarta"),
  });
  expect(existsSync(root)).toBe(false);
});

test("a configuration of any kind is listed and kept; a second init changes nothing", async () => {
  const root = emptyFolder();
  writeFileSync(join(root, "feedwright.config.yaml"), "site: {}\n");
  const { io } = scripted([], false);
  await expect(runInit({ root, ...flags }, io)).rejects.toMatchObject({
    code: "usage",
    message: expect.stringContaining("feedwright.config.yaml"),
  });
  expect(readdirSync(root)).toEqual(["feedwright.config.yaml"]);
});

test("posts that are there already get no company", async () => {
  const root = emptyFolder();
  mkdirSync(join(root, "posts"));
  writeFileSync(join(root, "posts/old.md"), "old");
  const { io, printed } = scripted([], false);
  expect(await runInit({ root, ...flags }, io)).toEqual(["feedwright.config.ts"]);
  expect(readdirSync(join(root, "posts"))).toEqual(["old.md"]);
  expect(printed).toContain("1 file looks like posts in posts/");
});

test("the first post is in English and says so where it is not written in the site's language", async () => {
  const root = emptyFolder();
  await runInit({ root, ...flags, language: "ja" }, scripted([], false).io);
  expect(readFileSync(join(root, "posts/2026-10-05-hello.md"), "utf8")).toContain("language: en\n");
});

describe("in a site that another program builds", () => {
  function siteOf(files: Record<string, string>): string {
    const root = emptyFolder();
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    return root;
  }
  const hugo = {
    "hugo.toml": 'baseURL = "https://muara.example/"\ntitle = "Muara"\nlanguageCode = "id"\n',
    "content/posts/a.md": "---\ntitle: A\ndate: 2026-01-02T03:00:00Z\n---\nText.\n",
  };

  test("--yes takes what its files say, and names them in the configuration", async () => {
    const root = siteOf({ ...hugo, ".gitignore": "public" });
    const { io, printed } = scripted([], false);
    expect(await runInit({ root, yes: true }, io)).toEqual(["feedwright.config.ts"]);
    expect(printed[0]).toBe("This is a site of Hugo.");
    expect(printed).toContain("1 file looks like posts in content/");
    const written = readFileSync(join(root, "feedwright.config.ts"), "utf8");
    expect(written).toContain('url: "https://muara.example/", // from hugo.toml');
    expect(readFileSync(join(root, ".gitignore"), "utf8")).toBe("public\n.feedwright/\n");
    const config = await loadConfig({ root });
    expect(config).toMatchObject({ preset: "hugo", site: { title: "Muara", language: "id" }, slugs: "hugo" });
  });

  test("a terminal is asked only what they do not say", async () => {
    const root = siteOf(hugo);
    const { io, asked } = scripted(["Asia/Jakarta", "", ""], true);
    await runInit({ root }, io);
    expect(asked.map((question) => question.split(" (")[0]?.split(" [")[0])).toEqual([
      "The time zone of your dates",
      "Domain and year for permanent ids",
      "The author's name",
    ]);
  });

  test("flags come before what was found", async () => {
    const root = siteOf(hugo);
    await runInit({ root, yes: true, title: "Own", language: "en" }, scripted([], false).io);
    expect((await loadConfig({ root })).site).toMatchObject({ title: "Own", language: "en" });
  });

  test("a generator in a folder of the project is found with its folders", async () => {
    const root = siteOf({
      "README.md": "# Tool",
      "website/docusaurus.config.js":
        'module.exports = { title: "Tool", url: "https://tool.example", baseUrl: "/" };',
      "website/blog/2026-01-02-a.md": "---\ntitle: A\n---\nText.\n",
    });
    await runInit({ root, yes: true }, scripted([], false).io);
    const config = await loadConfig({ root });
    expect(config.posts.dir).toBe(join(root, "website/blog"));
    expect(config.out).toBe(join(root, "website/build"));
  });

  test("an address that the site's code calls the site's is taken where its configuration has none", async () => {
    const root = siteOf({
      ".vitepress/config.ts": 'export default { title: "Blog" };',
      ".vitepress/genFeed.ts":
        "const api = `https://api.example/x`;\nconst baseUrl = `https://blog.example`;\n",
      "posts/a.md": "---\ntitle: A\ndate: 2026-01-02\n---\nText.\n",
    });
    await runInit({ root, yes: true }, scripted([], false).io);
    expect((await loadConfig({ root })).site).toMatchObject({ url: "https://blog.example/", title: "Blog" });
  });

  test("no file that looks like a post is said, with the folder that has dated files", async () => {
    const site = { "content/about.md": "---\ntitle: A\n---\nText.\n", "hugo.toml": hugo["hugo.toml"] };
    const none = scripted([], false);
    await runInit({ root: siteOf(site), yes: true }, none.io);
    expect(none.printed).toContain("No file looks like a post in content/.");
    expect(none.printed.join("\n")).toContain("name the folder of your posts in posts.dir");
    const other = scripted([], false);
    const elsewhere = { "arsip/a.md": "---\ntitle: A\ndate: 2026-01-02\n---\nText.\n" };
    await runInit({ root: siteOf({ ...site, ...elsewhere }), yes: true }, other.io);
    expect(other.printed.join("\n")).toContain("Most files with a date are in arsip/");
  });

  test("a generator's site without its posts folder gets its configuration, and is told so", async () => {
    const { io, printed } = scripted([], false);
    const root = siteOf({ "hugo.toml": hugo["hugo.toml"] });
    expect(await runInit({ root, yes: true }, io)).toEqual(["feedwright.config.ts"]);
    expect(printed).toContain("No file looks like a post in content/.");
  });

  test("a build without a configuration says what init would find", async () => {
    await expect(loadConfig({ root: siteOf(hugo) })).rejects.toMatchObject({
      code: "config-missing",
      hint: "This is a site of Hugo (https://muara.example/, Muara): run feedwright init to write one for it.",
    });
  });
});
