import { authorKey, type Preset, translatePattern } from "./preset.ts";
import { textOf } from "./project.ts";

/** https://hexo.io/docs/permalinks */
const tokens: Readonly<Record<string, string>> = {
  title: ":path",
  name: ":filename",
  post_title: ":slug_or_title",
  category: ":category",
  ...Object.fromEntries(
    ["year", "month", "i_month", "day", "i_day", "hour", "minute", "second"].map((name) => [
      name,
      `:${name}`,
    ]),
  ),
};

export const hexo: Preset = {
  name: "hexo",
  title: "Hexo",
  recognizes: (project) =>
    project.has("_config.yml") &&
    (project.needs("hexo") || project.hasFolder("source/_posts") || project.hasFolder("scaffolds")),
  config: {
    site: { languages: [] },
    posts: {
      dir: "source/_posts",
      include: ["**/*.{md,markdown,mkd,mkdn,mdown,html,htm}"],
      exclude: ["**/_*", "**/_*/**"],
    },
    out: "public",
    page: false,
    permalink: "/:year/:month/:day/:path/",
    assets: { dir: "source" },
    markdown: { templates: "hexo", extensions: ["breaks"] },
  },
  readConfig(project, found) {
    const file = "_config.yml";
    const config = project.data(file);
    found.addText("site.url", config.url, file);
    found.addText("site.title", config.title, file);
    found.addText("site.description", textOf(config.description) ?? config.subtitle, file);
    const language = textOf(Array.isArray(config.language) ? config.language[0] : config.language);
    if (language !== undefined && language !== "default") found.add("site.language", language, file);
    found.addText("site.timeZone", config.timezone, file);
    const author = textOf(config.author);
    if (author !== undefined && author !== "John Doe")
      found.add("site.authors", { [authorKey(author)]: author }, file);
    const source = textOf(config.source_dir);
    if (source !== undefined && source !== "source") {
      found.add("posts.dir", `${source}/_posts`, file);
      found.add("assets.dir", source, file);
    }
    found.addText("out", config.public_dir, file);
    if (config.post_asset_folder === true)
      found.add("posts.include", ["**/*.{md,markdown,mkd,mkdn,mdown}"], file);
    const names = textOf(config.new_post_name);
    if (names?.startsWith(":year-:month-:day-")) found.add("slugs", "hexo", file);
    const written = textOf(config.permalink);
    const pattern = written && translatePattern(written, /:([a-z_]+)/g, tokens);
    if (written !== undefined && pattern === undefined)
      found.notes.push(`permalink: ${written} has a placeholder that feedwright does not know`);
    found.add("permalink", pattern, file);
  },
};
