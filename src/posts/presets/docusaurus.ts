import { joinAddress, type Preset } from "./preset.ts";
import { at, textOf } from "./project.ts";
import { isObject, type Literal } from "./read-literals.ts";

const configNames = ["js", "ts", "mjs", "cjs"].map((ending) => `docusaurus.config.${ending}`);

export const docusaurus: Preset = {
  name: "docusaurus",
  title: "Docusaurus",
  recognizes: (project) => project.first(...configNames) !== undefined,
  config: {
    site: { languages: [] },
    posts: {
      dir: "blog",
      include: ["**/*.{md,mdx}"],
      exclude: ["**/_*", "**/_*/**", "**/*.test.*", "**/__tests__/**"],
    },
    out: "build",
    page: false,
    permalink: "/blog/:slug_or_path",
    slugs: "docusaurus",
    titles: "file-name",
    assets: { dir: "static" },
    dates: { from: ["front-matter", "file-name", "folders"], zoneless: "utc" },
    markdown: { templates: "mdx", extensions: ["containers", "mdx"] },
  },
  readConfig(project, found) {
    const file = project.first(...configNames);
    const { named, returned } = project.program(file);
    const config = [named.default, named.config, ...returned].find(
      (one) => textOf(at(one, "url")) !== undefined,
    );
    const blog = blogOf(config);
    found.add("site.url", joinAddress(textOf(at(config, "url")), at(config, "baseUrl")), file);
    found.addText("site.title", at(blog, "blogTitle") ?? at(config, "title"), file);
    found.addText("site.description", at(blog, "blogDescription") ?? at(config, "tagline"), file);
    found.addText("site.language", at(config, "i18n", "defaultLocale"), file);
    const dir = textOf(at(blog, "path"))?.replace(/^\.\/|\/$/g, "");
    if (dir !== "blog") found.addText("posts.dir", dir, file);
    const route = (textOf(at(blog, "routeBasePath")) ?? "blog").replace(/^\/|\/$/g, "");
    const end = at(config, "trailingSlash") === true ? "/" : "";
    if (route !== "blog" || end !== "")
      found.add("permalink", `/${route === "" ? "" : `${route}/`}:slug_or_path${end}`, file);
  },
};

/** The options of the blog: those of the preset `classic`, or of the plug-in. */
function blogOf(config: Literal): Literal {
  for (const group of ["presets", "plugins"]) {
    const list = at(config, group);
    for (const item of Array.isArray(list) ? list : []) {
      const options = at(item, 1);
      const blog = at(options, "blog");
      if (isObject(blog)) return blog;
      if (textOf(at(item, 0))?.endsWith("plugin-content-blog")) return options;
    }
  }
  return undefined;
}
