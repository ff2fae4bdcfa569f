import { joinAddress, type Preset } from "./preset.ts";
import { at, textOf } from "./project.ts";
import { shortLanguage } from "./short-language.ts";

export const quartz: Preset = {
  name: "quartz",
  title: "Quartz",
  recognizes: (project) => project.first("quartz.config.ts", "quartz.config.yaml") !== undefined,
  config: {
    site: { languages: [] },
    posts: { dir: "content", include: ["**/*.md"], exclude: ["private/**", "templates/**"] },
    out: "public",
    page: false,
    permalink: "/:path",
    permalinks: [{ index: true, pattern: "/:path/" }],
    slugs: "quartz",
    titles: "file-name",
    assets: { dir: "content" },
    dates: { zoneless: "utc" },
    markdown: { templates: "keep", extensions: ["callouts", "mark", "wiki-links"] },
  },
  readConfig(project, found) {
    const file = project.first("quartz.config.ts", "quartz.config.yaml");
    const data = file?.endsWith(".ts") ? project.program(file).named.default : project.data(file);
    const config = at(data, "configuration");
    found.addText("site.title", at(config, "pageTitle"), file);
    found.add("site.url", joinAddress(textOf(at(config, "baseUrl")), undefined), file);
    found.add("site.language", shortLanguage(textOf(at(config, "locale"))), file);
    const ignored = at(config, "ignorePatterns");
    if (!Array.isArray(ignored)) return;
    const patterns = ignored.map(textOf).filter((one) => one !== undefined && !one.startsWith("."));
    found.add(
      "posts.exclude",
      patterns.flatMap((one) => (/[*{]/.test(one ?? "") ? [one] : [`${one}/**`, `**/${one}/**`])),
      file,
    );
  },
};
