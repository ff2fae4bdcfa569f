// A site under test: posts written, broken, moved and mended at random, with what a clean build makes of them beside it.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { type BuildResult, build } from "../../src/build.ts";
import { resolveConfig } from "../../src/config/load-config.ts";
import type { Config, UserConfig } from "../../src/model/config.ts";
import type { Format } from "../../src/model/format.ts";
import { Site } from "../../src/site/site.ts";
import { makeFolder, post, readTree, siteDefaults } from "../support/site.ts";

/** What a post may say; every number picks from a short list. */
export interface Draft {
  readonly title: number;
  readonly day: number;
  readonly updated: number;
  readonly expires: number;
  readonly tag: number;
  readonly kind: number;
}

export type Settings = {
  readonly limit: number;
  readonly title: number;
  readonly formats: number;
  readonly extras: number;
};

const names = ["a.md", "b.md", "c.md", "x/a.md", "x/d.md", "x/deep/e.md", "y/f.md", "y/g.md"];
const folders = ["x", "y", "z", "x/deep"];
export const day = 86_400_000;
export const start = Date.parse("2026-06-15T12:00:00Z");
const iso = (time: number) => new Date(time).toISOString();

export function nameAt(i: number): string {
  return names[i % names.length] as string;
}

export function folderAt(i: number): string {
  return folders[i % folders.length] as string;
}

/** A post's text; days are counted from the start, and some are still to come. */
export function writeDraft(draft: Draft, file: string): string {
  const date = start + ((draft.day % 9) - 6) * day;
  const kind = draft.kind % 12;
  return post(
    {
      title: `Title ${draft.title % 4}`,
      date: iso(date),
      ...(draft.updated % 4 === 0 && { updated: iso(date + 3_600_000 * (draft.updated % 50)) }),
      ...(draft.expires % 5 === 0 && { expires: iso(date + ((draft.expires % 6) + 1) * day) }),
      ...(draft.tag % 3 > 0 && { tags: [["Rain", "Sun"][draft.tag % 2]] }),
      slug: kind === 0 ? "the-same" : file.replaceAll(/[/.]/g, "-"),
      ...(kind === 1 && { draft: true }),
      ...(kind === 2 && { visibility: "unlisted" }),
      ...(kind === 3 && { language: "id", translationKey: "t" }),
      ...(kind === 4 && { translationKey: "t" }),
      ...(kind === 5 && { attachments: ["/cover.png"] }),
      ...(kind === 6 && { id: "urn:uuid:00000000-0000-4000-8000-000000000000" }),
    },
    `Body ${draft.title % 7} of the post.`,
  );
}

export function settingsToConfig({ limit, title, formats, extras }: Settings): UserConfig {
  const all = [
    ["rss", "atom", "json"],
    ["rss", "atom"],
    ["json", "rss"],
  ] satisfies Format[][];
  return {
    site: { ...siteDefaults, title: `Site ${title % 3}` },
    assets: { dir: "public", copy: extras % 4 === 3 },
    feeds: {
      limit: [50, 3, 1][limit % 3] as number,
      formats: all[formats % 3] ?? ["rss"],
      tags: extras % 2 === 1,
      archives: extras % 3 === 1 ? "month" : false,
      languages: extras % 3 === 2,
    },
    ...(extras % 5 === 1 && { news: { publication: "Site" } }),
  };
}

export const options = { saveLater: true, allowEmpty: true } as const;

/** A posts folder on disk, the site that watches it, and the clock. */
export class ModelSite {
  readonly root = makeFolder();
  readonly touched = new Set<string>();
  readonly #trash: [string, string][] = [];
  readonly #broken = new Map<string, string>();
  now = start;
  settings: Settings = { limit: 0, title: 0, formats: 0, extras: 0 };
  site!: Site;
  last: BuildResult | undefined;

  constructor() {
    mkdirSync(join(this.root, "posts"));
    mkdirSync(join(this.root, "public"));
    this.replaceCover(1);
    this.open();
  }

  get config(): Config {
    return configAt(this.root, this.settings);
  }

  path(file: string): string {
    return join(this.root, "posts", file);
  }

  has(file: string): boolean {
    return existsSync(this.path(file));
  }

  files(): string[] {
    return readdirSync(join(this.root, "posts"), { recursive: true })
      .map(String)
      .filter((name) => name.endsWith(".md"))
      .sort();
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), text);
    this.touched.add(file);
    this.#broken.delete(file);
  }

  replace(file: string, text: string): void {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(`${file}~`), text);
    renameSync(this.path(`${file}~`), this.path(file));
    this.touched.add(file);
    this.#broken.delete(file);
  }

  remove(file: string): void {
    if (!this.has(file)) return;
    this.#trash.push([file, readFileSync(this.path(file), "utf8")]);
    rmSync(this.path(file));
    this.touched.add(file);
    this.#broken.delete(file);
  }

  restore(): void {
    const found = this.#trash.pop();
    if (found !== undefined) this.write(...found);
  }

  rename(from: string, to: string): void {
    if (!this.has(from) || from === to) return;
    mkdirSync(dirname(this.path(to)), { recursive: true });
    renameSync(this.path(from), this.path(to));
    this.touched.add(from).add(to);
    const broken = this.#broken.get(from);
    this.#broken.delete(from);
    this.#broken.delete(to);
    if (broken !== undefined) this.#broken.set(to, broken);
  }

  moveFolder(from: string, to: string): void {
    if (!this.has(from) || this.has(to) || to.startsWith(`${from}/`)) return;
    const below = this.files().filter((file) => file.startsWith(`${from}/`));
    mkdirSync(dirname(this.path(to)), { recursive: true });
    renameSync(this.path(from), this.path(to));
    for (const file of below) {
      const moved = `${to}${file.slice(from.length)}`;
      this.touched.add(file).add(moved);
      const broken = this.#broken.get(file);
      this.#broken.delete(file);
      if (broken !== undefined) this.#broken.set(moved, broken);
    }
  }

  breakPost(file: string, how: number): void {
    if (!this.has(file)) return;
    const text = this.#broken.get(file) ?? readFileSync(this.path(file), "utf8");
    const bad = [
      "",
      "---\ntitle: x\n",
      text.replace(/^date:.*$/m, "date: 2026-02-30"),
      text.replace(/^title:/m, "title: ["),
    ];
    this.write(file, bad[how % bad.length] as string);
    this.#broken.set(file, text);
  }

  mend(): void {
    for (const [file, text] of [...this.#broken]) this.write(file, text);
  }

  replaceCover(size: number): void {
    const path = join(this.root, "public/cover.png");
    if (size % 7 === 6) rmSync(path, { force: true });
    else writeFileSync(path, Buffer.concat([png, Buffer.alloc(size % 7)]));
    for (const file of this.site?.dependentsOf(path) ?? []) this.touched.add(file);
  }

  open(): void {
    this.site = new Site(this.config, options);
  }

  close(): void {
    if (this.last !== undefined) this.site.save(this.last);
    this.site.close();
    this.last = undefined;
  }

  /** Another process takes over; the cache is kept, lost, cut short or damaged. */
  restart(how: number, at: number): void {
    this.close();
    const cache = join(this.root, ".feedwright/cache");
    if (how % 4 === 1) rmSync(cache, { recursive: true, force: true });
    else if (how % 4 > 1 && existsSync(cache)) {
      for (const name of readdirSync(cache)) damageFile(join(cache, name), how % 4 === 2, at);
    }
    this.open();
  }

  /** One update, of the files that were touched or of everything. */
  async update(everything: boolean): Promise<BuildResult> {
    const files = everything || this.last === undefined ? undefined : [...this.touched];
    this.touched.clear();
    this.last = await this.site.update(this.now, files);
    return this.last;
  }

  tree(): Record<string, string> {
    return readTree(join(this.root, "dist"));
  }

  /** What a clean build makes of the same posts; of the past it knows only which feeds people subscribed to. */
  async cleanTree(): Promise<Record<string, string>> {
    const root = makeFolder();
    try {
      for (const folder of ["posts", "public"])
        cpSync(join(this.root, folder), join(root, folder), { recursive: true });
      const manifest = JSON.parse(readFileSync(join(this.root, ".feedwright/manifest.json"), "utf8"));
      const { feeds, version } = manifest as { feeds: unknown; version: number };
      mkdirSync(join(root, ".feedwright"));
      const kept = { version, out: join(root, "dist"), files: {}, entries: [], feeds };
      writeFileSync(join(root, ".feedwright/manifest.json"), JSON.stringify(kept));
      await build(configAt(root, this.settings), { now: this.now, cache: false, allowEmpty: true });
      return readTree(join(root, "dist"));
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  }
}

function configAt(root: string, settings: Settings): Config {
  const { config, diagnostics } = resolveConfig(settingsToConfig(settings), { root });
  if (config === undefined) throw new Error(JSON.stringify(diagnostics));
  return config;
}

/** Cuts a file short, or turns one of its bytes. */
export function damageFile(path: string, cut: boolean, at: number): void {
  const bytes = readFileSync(path);
  if (bytes.length === 0) return;
  const place = at % bytes.length;
  if (cut) writeFileSync(path, bytes.subarray(0, place));
  else {
    bytes[place] = (bytes[place] as number) ^ (1 + (at % 255));
    writeFileSync(path, bytes);
  }
}

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
