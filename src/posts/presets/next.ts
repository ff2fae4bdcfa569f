import { type Findings, joinAddress, type Preset } from "./preset.ts";
import { at, type Project, textOf } from "./project.ts";
import { isObject, type Literal } from "./read-literals.ts";

const configNames = ["js", "mjs", "ts", "cjs"].map((ending) => `next.config.${ending}`);
const folders = [
  ...[
    "data/blog",
    "content/blog",
    "content/posts",
    "src/content/blog",
    "src/content/posts",
    "_posts",
    "posts",
  ],
  ...["blog", "data/posts", "src/posts", "content", "pages/blog", "app/blog", "public"],
];

export const next: Preset = {
  name: "next",
  title: "Next.js",
  recognizes: (project) => project.first(...configNames) !== undefined || project.needs("next"),
  config: {
    site: { languages: [] },
    posts: { dir: "data/blog", include: ["**/*.{md,mdx}"] },
    out: "out",
    page: false,
    permalink: "/blog/:path",
    assets: { dir: "public" },
    dates: { from: ["front-matter", "file-name", "folders"], zoneless: "utc" },
    markdown: { templates: "mdx" },
  },
  readConfig(project, found) {
    const file = project.first(...configNames);
    const { named, returned } = project.program(file);
    const config = [named.default, named.nextConfig, named.config, ...returned].filter(isObject);
    const option = (key: string): Literal => config.map((one) => one[key]).find((one) => one !== undefined);
    const prefix = textOf(option("basePath"));
    addSite(project, prefix, found);
    const authors = readAuthors(project);
    const email = siteEmail(project);
    const first = Object.values(authors)[0];
    if (email !== undefined && isObject(first) && first.email === undefined)
      authors[Object.keys(authors)[0] ?? ""] = { ...first, email };
    if (Object.keys(authors).length > 0) found.add("site.authors", authors, "data/authors");
    const posts = folders.find((folder) =>
      project.files().some((path) => path.startsWith(`${folder}/`) && /\.mdx?$/.test(path)),
    );
    if (posts !== undefined && posts !== "data/blog") found.add("posts.dir", posts, posts);
    const route = routeOf(project);
    const end = option("trailingSlash") === true ? "/" : "";
    if (route !== undefined) found.add("permalink", `${route.path}:path${end}`, route.source);
    else if (end !== "") found.add("permalink", `/blog/:path${end}`, file);
    found.addText("out", option("distDir") === ".next" ? undefined : option("distDir"), file);
  },
};

const siteFiles = [
  "data/siteMetadata.js",
  "data/siteMetadata.ts",
  "siteMetadata.js",
  "site.config.js",
  "site.config.ts",
  "config/site.ts",
  "lib/config.ts",
  "blog.config.js",
];

function addSite(project: Project, prefix: string | undefined, found: Findings): void {
  for (const file of siteFiles) {
    const site = Object.values(project.program(file).named).find(
      (one) => isObject(one) && textOf(one.title ?? one.name) !== undefined,
    );
    if (!isObject(site)) continue;
    const url = textOf(site.siteUrl) ?? textOf(site.url) ?? textOf(site.domain) ?? textOf(site.siteAddress);
    found.add("site.url", joinAddress(url, prefix), file);
    found.addText("site.title", site.title ?? site.name, file);
    found.addText("site.description", site.description, file);
    found.addText("site.language", site.language ?? site.locale ?? site.lang, file);
  }
  for (const file of [
    "app/layout.tsx",
    "app/layout.js",
    "src/app/layout.tsx",
    "pages/_document.js",
    "pages/_document.tsx",
  ]) {
    const text = project.text(file) ?? "";
    found.addText("site.language", /<[Hh]tml\b[^>{]{0,300}?\slang="([A-Za-z-]{2,20})"/.exec(text)?.[1], file);
    found.addText("site.title", titleOf(project.program(file).named.metadata), file);
  }
  for (const file of ["app/atom.xml/route.js", "app/rss.xml/route.js", "app/feed.xml/route.ts"]) {
    const url = /["'`](https?:\/\/[^"'`/\s]{3,100}\/?)["'`]/.exec(project.text(file) ?? "")?.[1];
    found.addText("site.url", url, file);
  }
}

/** The address of the site's author, who is the first. */
function siteEmail(project: Project): string | undefined {
  for (const file of siteFiles.slice(0, 3))
    for (const value of Object.values(project.program(file).named)) {
      const email = textOf(at(value, "email"));
      if (email !== undefined && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return email;
    }
  return undefined;
}

function titleOf(metadata: Literal): Literal {
  return textOf(at(metadata, "title")) ?? at(metadata, "title", "default");
}

/** People of the most used starter: `data/authors/<key>.mdx`, the one of `default` first. */
function readAuthors(project: Project): Record<string, Literal> {
  const authors: Record<string, Literal> = {};
  for (const name of project.names("data/authors")) {
    const [, key] = /^([\w-]+)\.mdx?$/.exec(name) ?? [];
    const head = /^---\r?\n(.*?)\n---/s.exec(project.text(`data/authors/${name}`) ?? "")?.[1];
    const person = /^name:[ \t]*["']?([^\n"']+)/m.exec(head ?? "")?.[1]?.trim();
    const email = /^email:[ \t]*["']?([^\s"']+@[^\s"']+)/m.exec(head ?? "")?.[1];
    if (key !== undefined && person !== undefined)
      authors[key] = { name: person, ...(email !== undefined && { email }) };
  }
  const { default: first, ...rest } = authors;
  return first === undefined ? rest : { default: first, ...rest };
}

/** `app/blog/[...slug]/page.tsx` and `pages/posts/[slug].js` are `/blog/` and `/posts/`. */
function routeOf(project: Project): { path: string; source: string } | undefined {
  const pages = project
    .files()
    .filter((path) =>
      /^(?:src\/)?(?:app|pages)\/.*\[(?:\.\.\.)?(?:slug|id|post)\](?:\/(?:page|index))?\.[jt]sx?$/.test(path),
    );
  const page = pages.find((path) => /\/(?:blog|posts?|articles?)\//.test(path)) ?? pages[0];
  if (page === undefined) return undefined;
  const path = page.replace(/^(?:src\/)?(?:app|pages)/, "").replace(/\([^()/]*\)\//g, "");
  return { path: path.slice(0, path.indexOf("[")), source: page };
}
