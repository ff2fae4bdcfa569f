import { joinAddress, type Preset } from "./preset.ts";
import { at, type Project, textOf } from "./project.ts";
import { isObject } from "./read-literals.ts";

const configNames = ["ts", "js", "mjs"].map((ending) => `nuxt.config.${ending}`);

export const nuxt: Preset = {
  name: "nuxt",
  title: "Nuxt Content",
  recognizes: (project) => project.first(...configNames) !== undefined,
  config: {
    site: { languages: [] },
    posts: { dir: "content", include: ["*/**/*.md"] },
    out: ".output/public",
    page: false,
    permalink: "/:path",
    slugs: "nuxt",
    titles: "capitalized",
    assets: { dir: "public" },
    dates: { zoneless: "utc" },
    markdown: { templates: "vue", extensions: ["mdc"] },
  },
  readConfig(project, found) {
    const file = project.first(...configNames);
    const config = project.program(file).named.default;
    const app = at(config, "app");
    found.add("site.url", joinAddress(textOf(at(config, "site", "url")), at(app, "baseURL")), file);
    found.addText("site.title", at(config, "site", "name") ?? at(app, "head", "title"), file);
    found.addText("site.description", at(config, "site", "description"), file);
    found.addText(
      "site.language",
      at(config, "site", "defaultLocale") ?? at(app, "head", "htmlAttrs", "lang"),
      file,
    );
    const theme = project.program(project.first("app.config.ts", "app/app.config.ts", "app.config.js")).named
      .default;
    for (const value of isObject(theme) ? Object.values(theme) : []) {
      found.addText("site.title", at(value, "title"), "app.config.ts");
      found.addText("site.description", at(value, "description"), "app.config.ts");
    }
    const source = postSource(project);
    if (source !== undefined) found.add("posts.include", [source], "content.config.ts");
  },
};

/** The source of a collection of posts in `content.config.ts`. */
function postSource(project: Project): string | undefined {
  const text = project.text(project.first("content.config.ts", "content.config.js")) ?? "";
  const sources = [...text.matchAll(/\b(?:source|include):\s*["'`]([^"'`\n]{1,200})["'`]/g)].map(
    (found) => found[1] ?? "",
  );
  return sources.find((one) => /^(?:[^*]*\/)?(?:blog|posts?|articles?|news|writing)\//.test(one));
}
