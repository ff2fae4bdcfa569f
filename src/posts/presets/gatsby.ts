import { authorKey, joinAddress, type Preset } from "./preset.ts";
import { at, textOf } from "./project.ts";

const configNames = ["js", "ts", "mjs"].map((ending) => `gatsby-config.${ending}`);

export const gatsby: Preset = {
  name: "gatsby",
  title: "Gatsby",
  recognizes: (project) => project.first(...configNames) !== undefined,
  config: {
    site: { languages: [] },
    posts: { dir: "content/blog", include: ["**/*.{md,markdown,mdx}"] },
    out: "public",
    page: false,
    permalink: "/:path/",
    assets: { dir: "static" },
    dates: { zoneless: "utc" },
    markdown: { templates: "keep" },
  },
  readConfig(project, found) {
    const file = project.first(...configNames);
    const { named } = project.program(file);
    const config = named.default ?? named.config;
    const site = at(config, "siteMetadata");
    found.add("site.url", joinAddress(textOf(at(site, "siteUrl")), at(config, "pathPrefix")), file);
    found.addText("site.title", at(site, "title"), file);
    found.addText("site.description", at(site, "description"), file);
    found.addText("site.language", at(site, "language") ?? at(site, "lang"), file);
    const author = textOf(at(site, "author", "name")) ?? textOf(at(site, "author"));
    if (author !== undefined) found.add("site.authors", { [authorKey(author)]: author }, file);
    for (const page of [
      "src/components/layout.js",
      "src/components/seo.js",
      "src/html.js",
      "gatsby-ssr.js",
    ]) {
      const language = /\blang(?:=|:|"\s*:)\s*\{?["'`]([A-Za-z-]{2,10})["'`]/.exec(
        project.text(page) ?? "",
      )?.[1];
      if (language !== undefined) found.add("site.language", language, page);
    }
    const folders = ["content/blog", "content/posts", "content", "src/posts", "src/content", "blog", "posts"];
    const folder = folders.find((one) =>
      project.files().some((path) => path.startsWith(`${one}/`) && /\.mdx?$/.test(path)),
    );
    if (folder !== undefined && folder !== "content/blog") found.add("posts.dir", folder, folder);
  },
};
