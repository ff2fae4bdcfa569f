import { type Findings, joinAddress, type Preset } from "./preset.ts";
import { at, type Project, textOf } from "./project.ts";
import { isObject } from "./read-literals.ts";

const configNames = ["ts", "mjs", "js", "mts", "cjs"].map((ending) => `astro.config.${ending}`);
const siteFiles = [
  "src/consts.ts",
  "src/consts.js",
  "src/config.ts",
  "src/config.js",
  "src/site.config.ts",
  "src/data/site.ts",
];

export const astro: Preset = {
  name: "astro",
  title: "Astro",
  recognizes: (project) => project.first(...configNames) !== undefined,
  config: {
    site: { languages: [] },
    posts: { dir: "src/content/blog", include: ["**/*.{md,mdx,markdown}"], exclude: ["**/_*"] },
    out: "dist",
    page: false,
    permalink: "/blog/:slug_or_path/",
    slugs: "astro",
    assets: { dir: "public" },
    dates: { zoneless: "utc" },
    markdown: { templates: "mdx" },
  },
  readConfig(project, found) {
    const file = project.first(...configNames);
    const config = project.program(file).named.default;
    for (const name of siteFiles) addConstants(project, name, found);
    found.add("site.url", joinAddress(textOf(at(config, "site")), at(config, "base")), file);
    found.addText("out", textOf(at(config, "outDir"))?.replace(/^\.\//, ""), file);
    found.addText("assets.dir", textOf(at(config, "publicDir"))?.replace(/^\.\//, ""), file);
    found.addText("site.language", at(config, "i18n", "defaultLocale"), file);
    addLanguage(project, found);
    const authors = project.data("src/data/authors.json");
    const people = Object.entries(authors).filter(([, one]) => textOf(at(one, "name")) !== undefined);
    if (people.length > 0)
      found.add(
        "site.authors",
        Object.fromEntries(people.map(([key, one]) => [key, { name: at(one, "name") }])),
        "src/data/authors.json",
      );
    const dir = collectionFolder(project);
    if (dir !== undefined) found.add("posts.dir", dir.folder, dir.source);
    const end =
      at(config, "trailingSlash") === "never" ? "" : at(config, "build", "format") === "file" ? ".html" : "/";
    const page = routeOf(project, (dir?.folder ?? "src/content/blog").split("/").at(-1) ?? "");
    if (page !== undefined) found.add("permalink", `${page.route}:slug_or_path${end}`, page.source);
  },
};

/** `SITE_TITLE` and its like, or an object with a title. */
function addConstants(project: Project, file: string, found: Findings): void {
  const { named } = project.program(file);
  found.addText("site.title", named.SITE_TITLE, file);
  found.addText("site.description", named.SITE_DESCRIPTION, file);
  for (const value of Object.values(named)) {
    if (!isObject(value) || textOf(at(value, "title")) === undefined) continue;
    const isSite = ["lang", "language", "description", "desc", "subtitle", "website", "url", "author"].some(
      (key) => Object.hasOwn(value, key),
    );
    if (!isSite) continue;
    found.addText("site.title", value.title, file);
    found.addText("site.description", value.description ?? value.desc ?? value.subtitle, file);
    found.addText("site.language", textOf(value.lang ?? value.language)?.replace("_", "-"), file);
    found.addText("site.timeZone", value.timezone, file);
    const website = textOf(value.website);
    if (website !== undefined && /^https?:\/\//.test(website)) found.add("site.url", website, file);
    if (textOf(value.author) !== undefined)
      found.add(
        "site.authors",
        {
          [String(value.author)
            .split(" ")[0]
            ?.toLowerCase()
            .replace(/[^a-z]/g, "") || "me"]: value.author,
        },
        file,
      );
  }
}

function addLanguage(project: Project, found: Findings): void {
  for (const file of project.files()) {
    if (!/^src\/(?:layouts|components|pages)\/.*\.astro$/.test(file)) continue;
    const language = /<html\b[^>{]{0,300}?\slang="([A-Za-z-]{2,20})"/.exec(project.text(file) ?? "")?.[1];
    if (language !== undefined) found.add("site.language", language, file);
  }
}

/** The folder of a collection whose name says that it has posts; else the one with most files. */
function collectionFolder(project: Project): { folder: string; source: string } | undefined {
  const source = project.first(
    "src/content.config.ts",
    "src/content/config.ts",
    "src/content.config.js",
    "src/content/config.js",
  );
  const bases = [
    ...(project.text(source) ?? "").matchAll(/\bbase:\s*["'`]\.?\/?([^"'`\n]{1,200})["'`]/g),
  ].map((found) => found[1] ?? "");
  const folders = project.names("src/content").map((name) => `src/content/${name}`);
  const candidates = [...bases, ...folders]
    .map((one) => one.replace(/\/$/, ""))
    .filter((one) => project.hasFolder(one));
  const usual = candidates.find((one) => /(?:^|\/)(?:blog|posts?|articles?|writing|notes|news)$/i.test(one));
  const count = (folder: string) =>
    project.files().filter((path) => path.startsWith(`${folder}/`) && /\.mdx?$/.test(path)).length;
  const folder = usual ?? candidates.sort((a, b) => count(b) - count(a))[0];
  return folder === undefined ? undefined : { folder, source: source ?? folder };
}

/** The page that shows one post: `src/pages/blog/[...slug].astro` is `/blog/`. */
function routeOf(project: Project, collection: string): { route: string; source: string } | undefined {
  const pages = project
    .files()
    .filter(
      (path) =>
        /^src\/pages\/.*\[(?:\.\.\.)?(?:slug|id|post|path)\](?:\/index)?\.astro$/.test(path) &&
        !/^src\/pages\/\[(?:lang|locale)\]/.test(path),
    );
  const page =
    pages.find((path) => path.includes(`/${collection}/`)) ??
    pages.find((path) => /\/(?:blog|posts?|articles?)\//.test(path)) ??
    pages[0];
  if (page === undefined) return undefined;
  const route = page.slice("src/pages".length, page.indexOf("["));
  return { route, source: page };
}
