// The configuration of each program for a corpus.
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { UserConfig } from "../../src/model/config.ts";
import { corpusAuthors } from "./corpus-post.ts";

const templates = fileURLToPath(new URL("./peers/", import.meta.url));

/** Kept as .tmpl in the repository: it is no JSON until Hugo has filled it in. */
const jsonTemplate = "hugo/layouts/_default/list.feed.json";

/** Where a program finds the posts under a name that it insists on; made as a symbolic link. */
const postsLinks = [
  ["jekyll", "_posts", "../../posts"],
  ["hexo", "source/_posts", "../../../posts"],
] as const;

/** Programs from npm, which look for their modules above their own folder. */
const nodeSites = ["eleventy", "hexo", "astro"] as const;

type Feeds = NonNullable<UserConfig["feeds"]>;

/** What each variant of feedwright writes beyond the newest 50 in three formats. */
const variants: Readonly<Record<string, Feeds>> = {
  feedwright: {},
  "feedwright-tags": { tags: { formats: ["rss"] } },
  "feedwright-tags3": { tags: true },
  "feedwright-archives": { archives: "month" },
};

/** A variant's configuration file below the corpus; its output is `sites/<variant>/dist`. */
export function configOf(variant: string): string {
  return `${variant}.config.json`;
}

/** Writes (again) every program's configuration; posts stay as they are. */
export function writeSites(root: string, peers: string): void {
  const sites = join(root, "sites");
  rmSync(sites, { recursive: true, force: true });
  cpSync(templates, sites, { recursive: true });
  renameSync(join(sites, `${jsonTemplate}.tmpl`), join(sites, jsonTemplate));
  for (const [site, link, target] of postsLinks) {
    mkdirSync(join(sites, site, link, ".."), { recursive: true });
    symlinkSync(target, join(sites, site, link));
  }
  for (const site of nodeSites)
    if (existsSync(peers)) symlinkSync(join(peers, "node_modules"), join(sites, site, "node_modules"));
  for (const [variant, feeds] of Object.entries(variants)) {
    mkdirSync(join(sites, variant), { recursive: true });
    writeFileSync(
      join(root, configOf(variant)),
      JSON.stringify(makeConfig(feeds, `sites/${variant}/dist`), null, 2),
    );
  }
}

function makeConfig(feeds: Feeds, out: string): UserConfig {
  return {
    site: {
      url: "https://bench.example/",
      title: "Bench",
      language: "id",
      timeZone: "Asia/Jakarta",
      authority: "bench.example,2026",
      authors: { ...corpusAuthors },
    },
    permalink: "/:year/:month/:slug/",
    out,
    feeds: { formats: ["rss", "atom", "json"], limit: 50, content: "full", stylesheet: false, ...feeds },
    // The peers write feeds alone, so feedwright does too.
    page: false,
    headers: false,
  };
}
