import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DomUtils, parseDocument } from "htmlparser2";
import type { BuiltEntry, Workplace } from "./built-entry.ts";
import { nodeOf, run } from "./run.ts";

/** The site's configuration, and a list of its posts as the loader of a blog's feed has them. */
const listing = `import { writeFileSync } from "node:fs";
import { createContentLoader } from "vitepress";
import site from "./site.mts";

export default {
  ...site,
  async buildEnd() {
    const posts = await createContentLoader("posts/**/*.md", { includeSrc: true }).load();
    writeFileSync("listing.json", JSON.stringify(posts.map(({ url, frontmatter }) => ({ url, frontmatter }))));
  },
};
`;

interface Row {
  url: string;
  frontmatter: { title?: string; date?: string; author?: string; category?: string; tags?: string[] };
}

const base = "https://lereng.example/lereng/";

export function buildVitepress({ project, tools }: Workplace): BuiltEntry[] {
  renameSync(join(project, ".vitepress/config.mts"), join(project, ".vitepress/site.mts"));
  writeFileSync(join(project, ".vitepress/config.mts"), listing);
  run(project, nodeOf(tools), ["node_modules/vitepress/bin/vitepress.js", "build"], { TZ: "UTC" });
  const rows = JSON.parse(readFileSync(join(project, "listing.json"), "utf8")) as Row[];
  return rows.flatMap(({ url, frontmatter }) => {
    const path = decodeURI(url).replace(/^\//, "");
    const stem = path === "" || path.endsWith("/") ? `${path}index` : path;
    const built = join(project, `.vitepress/dist/${stem}.html`);
    // The loader names files that `srcExclude` leaves out.
    if (!existsSync(built)) return [];
    const page = parseDocument(readFileSync(built, "utf8"));
    const body = DomUtils.findOne(
      (element) => /(^| )vp-doc( |$)/.test(element.attribs.class ?? ""),
      page.children,
    );
    const heading = DomUtils.findOne(({ name }) => name === "h1", body?.children ?? []);
    return {
      file: `${stem}.md`,
      title:
        frontmatter.title ??
        (heading === null ? "" : DomUtils.textContent(heading).replace("\u200b", "").trim()),
      url: new URL(url.replace(/^\//, ""), base).href,
      date: frontmatter.date,
      authors: frontmatter.author === undefined ? [] : [frontmatter.author],
      categories: [frontmatter.category ?? [], frontmatter.tags ?? []].flat(),
      html: body === null ? "" : DomUtils.getInnerHTML(body),
    };
  });
}
