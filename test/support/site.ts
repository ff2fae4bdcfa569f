// Sites made for one test: files written inline, removed afterwards.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { checkFolder } from "../../src/check/check-files.ts";
import { resolveConfig } from "../../src/config/load-config.ts";
import type { Config, UserConfig } from "../../src/model/config.ts";

/** What every test site is called unless it says otherwise. */
export const siteDefaults = { url: "https://site.example/", title: "Site", authority: "site.example,2026" };

/** An empty folder that goes when the test ends. */
export function makeFolder(): string {
  const root = mkdtempSync(join(tmpdir(), "feedwright-test-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));
  return root;
}

/** Writes files by path below a folder. */
export function writeFiles(root: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

/** Rules that ask what time it is: every test has a time of its own. */
const timely: readonly string[] = ["set/future", "sitemap/news-old"];

/** What `check --strict` would refuse in the output folder of a site, whatever the time; nothing where there is none. */
export function findUnsound(config: Config): string[] {
  if (statSync(config.out, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  if (!listFiles(config.out).some((path) => /\.(xml|json|opml)$/.test(path))) return [];
  return checkFolder(config.out, { config, root: config.root })
    .findings.filter(({ severity, code }) => severity !== "hint" && !timely.includes(code))
    .map(({ file, line, column, code, message }) => `${file}:${line}:${column} ${code} ${message}`);
}

/** Fails unless the documents of a site's output folder pass `check --strict`. */
export function expectSound(config: Config): void {
  expect(findUnsound(config)).toEqual([]);
}

/**
 * A site in a folder of its own, without landing page and style unless asked for. `config` is completed by
 * {@link siteDefaults} and stands there as JSON too. When the test ends, what it built has to be sound.
 */
export function makeSite(
  files: Readonly<Record<string, string | Uint8Array>>,
  config: Omit<Partial<UserConfig>, "site"> & { site?: Partial<UserConfig["site"]> } = {},
  options: { readonly sound?: false } = {},
): { root: string; config: Config; read: (path: string) => string; list: () => string[] } {
  const root = makeFolder();
  const user = {
    page: false,
    ...config,
    site: { ...siteDefaults, ...config.site },
    feeds: { stylesheet: false, ...config.feeds },
  };
  mkdirSync(join(root, "posts"), { recursive: true });
  writeFiles(root, { "feedwright.config.json": JSON.stringify(user), ...files });
  const resolved = resolveConfig(user, { root });
  const made = resolved.config;
  if (made === undefined) throw new Error(JSON.stringify(resolved.diagnostics));
  if (options.sound !== false) onTestFinished(() => expectSound(made));
  return {
    root,
    config: made,
    read: (path) => readFileSync(join(root, path), "utf8"),
    list: () => listFiles(join(root, "dist")),
  };
}

/** A post with a title, a date and whatever else is given. */
export function post(fields: Readonly<Record<string, unknown>> = {}, body = "Text."): string {
  const all = { title: "A post", date: "2026-01-02T03:04:05Z", ...fields };
  const lines = Object.entries(all).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `---\n${lines.join("\n")}\n---\n${body}\n`;
}

/** All files below a folder, sorted, with `/`. */
export function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => String(name))
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => name.replaceAll("\\", "/"))
    .sort();
}

/** Every file below a folder with its content. */
export function readTree(folder: string): Record<string, string> {
  return Object.fromEntries(
    listFiles(folder).map((path) => [path, readFileSync(join(folder, path), "latin1")]),
  );
}
