import { countSections, describeUndated, isDated } from "./dated-sections.ts";
import { authorKey, type Preset } from "./preset.ts";
import { at, textOf } from "./project.ts";
import { isObject } from "./read-literals.ts";

export const zola: Preset = {
  name: "zola",
  title: "Zola",
  recognizes: (project) =>
    ["zola.toml", "config.toml"].some((file) => textOf(project.data(file).base_url) !== undefined),
  config: {
    site: { languages: [] },
    posts: { dir: "content", include: ["**/*.md"], bundles: true },
    out: "public",
    page: false,
    permalink: "/:translation/:folder/:slug/",
    slugs: "zola",
    assets: { dir: "static" },
    dates: { from: ["front-matter", "file-name", "permalink"], zoneless: "utc" },
    markdown: { templates: "tera" },
  },
  readConfig(project, found) {
    const file = project.first("zola.toml", "config.toml");
    const config = project.data(file);
    found.addText("site.url", config.base_url, file);
    found.addText("site.title", config.title, file);
    found.addText("site.description", config.description, file);
    found.addText("site.language", config.default_language, file);
    const author = textOf(config.author);
    if (author !== undefined) found.add("site.authors", { [authorKey(author)]: author }, file);
    if (isObject(config.languages) && Object.keys(config.languages).length > 0)
      found.add("site.languages", Object.keys(config.languages), file);
    found.addText("out", config.output_dir, file);
    const sections = countSections(project, "content", { namesHaveDates: true });
    const undated = sections.filter((one) => !isDated(one));
    if (undated.length > 0 && undated.length < sections.length)
      found.add(
        "posts.exclude",
        undated.map(({ name }) => (name === "" ? "*.md" : `${name}/**`)),
        `content/, where ${describeUndated(undated)}`,
      );
    else if (undated.length > 0)
      found.notes.push(`content/, where ${describeUndated(undated)}: pages, and no posts`);
    const paths = textOf(at(config.slugify, "paths"));
    if (paths !== undefined && paths !== "on") found.add("slugs", "as-written", file);
    const markdown = config.markdown;
    const extensions = [
      ...(at(markdown, "github_alerts") === true ? ["callouts"] : []),
      ...(at(markdown, "definition_list") === true ? ["definition-lists"] : []),
    ];
    if (extensions.length > 0) found.add("markdown.extensions", extensions, file);
  },
};
