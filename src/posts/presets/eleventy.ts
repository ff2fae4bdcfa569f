import { datedFolder } from "./dated-sections.ts";
import { authorKey, type Findings, joinAddress, type Preset } from "./preset.ts";
import { at, type Project, textOf } from "./project.ts";
import type { Literal } from "./read-literals.ts";

const configNames = [
  ".eleventy.js",
  "eleventy.config.js",
  "eleventy.config.mjs",
  "eleventy.config.cjs",
  "eleventy.config.ts",
];
/** Tags that sites give to all their posts, so that a list can name them. */
const collections = ["posts", "post", "blog", "articles"];
const kinds = "*.{md,markdown,html,htm}";

export const eleventy: Preset = {
  name: "eleventy",
  title: "Eleventy",
  recognizes: (project) => project.first(...configNames) !== undefined || project.needs("@11ty/eleventy"),
  config: {
    site: { languages: [] },
    posts: { dir: ".", include: [`{blog,posts}/**/${kinds}`], exclude: ["_includes/**", "_site/**"] },
    out: "_site",
    page: false,
    permalink: "/:path/",
    assets: { dir: "public" },
    categories: { ignore: ["all", "nav", "post", "posts"] },
    dates: { from: ["front-matter", "file-name", "folders"], zoneless: "utc" },
    markdown: { templates: "liquid" },
  },
  readConfig(project, found) {
    const file = project.first(...configNames);
    const program = project.program(file);
    const options = [program.named.config, program.named.default, ...program.returned].filter(
      (value) => at(value, "dir") !== undefined || at(value, "markdownTemplateEngine") !== undefined,
    );
    const option = (...path: string[]): Literal =>
      options.map((one) => at(one, ...path)).find((one) => one !== undefined);
    const code = project.text(file) ?? "";
    const called = (name: string) =>
      new RegExp(`\\.set${name}Directory\\(\\s{0,9}["'\`]([^"'\`$\\n]{1,200})["'\`]`).exec(code)?.[1];
    // Of a program that cannot be read as a whole.
    const written = (key: string) =>
      new RegExp(
        `\\bdir\\s{0,9}:\\s{0,9}\\{[^{}]{0,400}?\\b${key}\\s{0,9}:\\s{0,9}["']([^"'\\n]{1,200})["']`,
      ).exec(code)?.[1];
    const folder = (key: string, method: string) =>
      called(method) ?? textOf(option("dir", key)) ?? written(key);
    const input = (folder("input", "Input") ?? ".").replace(/^\.\/|\/$/g, "") || ".";
    const output = folder("output", "Output")?.replace(/^\.\/|\/$/g, "");
    found.add("posts.dir", input, file);
    found.addText("out", output, file);
    if (option("markdownTemplateEngine") === "njk") found.add("markdown.templates", "nunjucks", file);
    if (option("markdownTemplateEngine") === false) found.add("markdown.templates", "keep", file);
    const named = postFolders(project, input);
    const skipped = ["_includes", "_site", output ?? "_site"];
    const dated = named.length === 0 ? datedFolder(project, input, skipped) : undefined;
    const posts = dated === undefined ? named : [dated];
    if (posts.length > 0)
      found.add(
        "posts.include",
        posts.map((folder) => `${folder}/**/${kinds}`),
        dated === undefined ? posts[0] : `${dated}/, which has most files with a date`,
      );
    const data = folder("data", "Data") ?? "_data";
    addSite(
      project,
      joinPath(input, data),
      textOf(program.named.pathPrefix) ?? textOf(option("pathPrefix")),
      found,
    );
    for (const folder of ["public", "static", "assets"])
      if (project.hasFolder(folder)) found.add("assets.dir", folder, file);
  },
};

function joinPath(...parts: readonly string[]): string {
  const joined: string[] = [];
  for (const part of parts.join("/").split("/")) {
    if (part === "..") joined.pop();
    else if (part !== "" && part !== ".") joined.push(part);
  }
  return joined.join("/");
}

/** Folders whose data file gives their posts a tag such as `posts`; else those with a usual name. */
function postFolders(project: Project, input: string): string[] {
  const prefix = input === "." ? "" : `${input}/`;
  const folders = new Set<string>();
  for (const path of project.files()) {
    const found = /^(.*?)([^/]+)\/\2(?:\.11tydata)?\.(?:json|js|cjs|mjs|ts)$/.exec(path);
    if (found === null || !path.startsWith(prefix)) continue;
    const data = path.endsWith(".json") ? project.data(path) : project.program(path).named.default;
    const tags = at(data, "tags");
    const isPosts = (Array.isArray(tags) ? tags : [tags]).some((tag) => collections.includes(String(tag)));
    if (isPosts) folders.add(path.slice(prefix.length, path.lastIndexOf("/")));
  }
  if (folders.size === 0)
    for (const name of collections) if (project.hasFolder(`${prefix}${name}`)) folders.add(name);
  return [...folders];
}

/** The site's own data: a file of `_data` that has the site's address or title. */
function addSite(project: Project, folder: string, pathPrefix: string | undefined, found: Findings): void {
  const names = project.names(folder).sort((a, b) => rank(a) - rank(b));
  for (const name of names) {
    const file = `${folder}/${name}`;
    const isData = /\.(?:json|ya?ml)$/.test(name);
    if (!isData && !/\.[cm]?[jt]s$/.test(name)) continue;
    const program = isData ? undefined : project.program(file);
    const data = isData ? project.data(file) : (program?.named.default ?? program?.returned[0]);
    const url = textOf(at(data, "url")) ?? textOf(at(data, "siteUrl")) ?? textOf(at(data, "siteURL"));
    const title = textOf(at(data, "title")) ?? textOf(at(data, "name")) ?? textOf(at(data, "siteName"));
    if (url === undefined || title === undefined || !/^https?:\/\//.test(url)) continue;
    found.add("site.url", joinAddress(url, pathPrefix), file);
    found.add("site.title", title, file);
    found.addText("site.description", at(data, "description"), file);
    found.addText("site.language", at(data, "language") ?? at(data, "lang"), file);
    const author = textOf(at(data, "author", "name")) ?? textOf(at(data, "author"));
    const email = textOf(at(data, "author", "email"));
    if (author !== undefined)
      found.add(
        "site.authors",
        { [authorKey(author)]: { name: author, ...(email !== undefined && { email }) } },
        file,
      );
    return;
  }
}

const rank = (name: string): number => (/^(?:metadata|site|meta)\./.test(name) ? 0 : 1);
