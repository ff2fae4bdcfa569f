import { joinAddress, type Preset } from "./preset.ts";
import { at, type Project, textOf } from "./project.ts";
import { shortLanguage } from "./short-language.ts";

const configNames = ["ts", "mts", "js", "mjs", "cts", "cjs"].flatMap((ending) => [
  `.vitepress/config.${ending}`,
  `.vitepress/config/index.${ending}`,
  `.vuepress/config.${ending}`,
]);
const kinds = "*.md";

export const vitepress: Preset = {
  name: "vitepress",
  title: "VitePress",
  recognizes: (project) => project.hasFolder(".vitepress") || project.hasFolder(".vuepress"),
  config: {
    site: { languages: [] },
    posts: { dir: ".", include: [`{blog,posts}/**/${kinds}`] },
    out: ".vitepress/dist",
    page: false,
    permalink: "/:path.html",
    permalinks: [{ index: true, pattern: "/:path/" }],
    assets: { dir: "public" },
    dates: { zoneless: "utc" },
    markdown: { templates: "vue", extensions: ["callouts", "containers"] },
  },
  readConfig(project, found) {
    const file = project.first(...configNames);
    const config = project.program(file).named.default;
    const base = at(config, "base");
    const host = textOf(at(config, "sitemap", "hostname")) ?? textOf(at(config, "themeConfig", "siteUrl"));
    found.add("site.url", joinAddress(host, base), file);
    found.addText("site.title", at(config, "title"), file);
    found.addText("site.description", at(config, "description"), file);
    found.add("site.language", shortLanguage(textOf(at(config, "lang"))), file);
    if (at(config, "cleanUrls") === true) found.add("permalink", "/:path", file);
    const source = textOf(at(config, "srcDir"))?.replace(/^\.\/|\/$/g, "");
    if (source !== ".") found.addText("posts.dir", source, file);
    if (file?.startsWith(".vuepress/")) found.add("out", ".vuepress/dist", file);
    const excluded = at(config, "srcExclude");
    if (Array.isArray(excluded))
      found.add(
        "posts.exclude",
        excluded.map(textOf).filter((one) => one !== undefined),
        file,
      );
    const folders = postFolders(project, source === undefined || source === "." ? "" : `${source}/`);
    if (folders.length > 0)
      found.add(
        "posts.include",
        folders.map((folder) => `${folder}/**/${kinds}`),
        folders[0],
      );
  },
};

function postFolders(project: Project, prefix: string): string[] {
  const usual = ["blog", "blogs", "posts", "_posts", "articles", "news"];
  return usual.filter((name) => project.hasFolder(`${prefix}${name}`));
}
