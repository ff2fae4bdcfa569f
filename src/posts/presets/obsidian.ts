import type { Preset } from "./preset.ts";
import { textOf } from "./project.ts";

export const obsidian: Preset = {
  name: "obsidian",
  title: "Obsidian",
  recognizes: (project) => project.hasFolder(".obsidian"),
  config: {
    site: { languages: [] },
    posts: { dir: ".", include: ["**/*.md"] },
    permalink: "/:path",
    slugs: "obsidian",
    titles: "file-name",
    assets: { dir: "." },
    markdown: { templates: "keep", extensions: ["breaks", "callouts", "mark", "wiki-links"] },
  },
  readConfig(project, found) {
    const file = ".obsidian/templates.json";
    const folder = textOf(project.data(file).folder)?.replace(/^\/|\/$/g, "");
    if (folder !== undefined) found.add("posts.exclude", [`${folder}/**`], file);
  },
};
