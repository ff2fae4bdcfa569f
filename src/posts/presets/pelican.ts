import { authorKey, type Findings, type Preset, translatePattern } from "./preset.ts";
import { textOf } from "./project.ts";
import type { Literal } from "./read-literals.ts";

/** https://docs.getpelican.com/en/stable/settings.html#url-settings */
const tokens: Readonly<Record<string, string>> = {
  slug: ":slug_or_title",
  lang: ":language",
  category: ":category",
  "date:%Y": ":year",
  "date:%y": ":short_year",
  "date:%m": ":month",
  "date:%-m": ":i_month",
  "date:%d": ":day",
  "date:%-d": ":i_day",
  "date:%j": ":y_day",
  "date:%H": ":hour",
  "date:%M": ":minute",
};

export const pelican: Preset = {
  name: "pelican",
  title: "Pelican",
  recognizes: (project) => project.has("pelicanconf.py"),
  config: {
    site: { languages: [] },
    posts: {
      dir: "content",
      include: ["**/*.{md,markdown,mkd,mdown,html,htm}"],
      exclude: ["pages/**", "images/**", "extra/**"],
    },
    out: "output",
    page: false,
    permalink: "/:slug_or_title.html",
    permalinks: [{ translated: true, pattern: "/:slug_or_title-:language.html" }],
    slugs: "pelican",
    categories: { folder: "last", default: "misc" },
    assets: { dir: "content" },
    markdown: { extensions: ["definition-lists", "kramdown"] },
  },
  readConfig(project, found) {
    const settings = readSettings(
      project.program("pelicanconf.py").named,
      project.program("publishconf.py").named,
    );
    const { get, sourceOf } = settings;
    const add = (key: string, name: string) => found.addText(key, get(name), sourceOf(name));
    add("site.url", "SITEURL");
    add("site.title", "SITENAME");
    add("site.description", "SITESUBTITLE");
    add("site.language", "DEFAULT_LANG");
    add("site.timeZone", "TIMEZONE");
    const author = textOf(get("AUTHOR"));
    if (author !== undefined) found.add("site.authors", { [authorKey(author)]: author }, sourceOf("AUTHOR"));
    const dir = textOf(get("PATH"))?.replace(/^\.\/|\/$/g, "");
    if (dir !== undefined && dir !== "content") {
      found.add("posts.dir", dir, sourceOf("PATH"));
      found.add("assets.dir", dir, sourceOf("PATH"));
    }
    const out = textOf(get("OUTPUT_PATH"))?.replace(/\/$/, "");
    if (out !== "output") found.addText("out", out, sourceOf("OUTPUT_PATH"));
    add("categories.default", "DEFAULT_CATEGORY");
    const excluded = [
      get("PAGE_PATHS") ?? ["pages"],
      get("STATIC_PATHS") ?? ["images"],
      get("ARTICLE_EXCLUDES") ?? [],
    ]
      .flatMap((value) => (Array.isArray(value) ? value.map(textOf) : []))
      .filter((one) => one !== undefined && one !== "" && one !== ".")
      .map((one) => `${one}/**`);
    if (get("PAGE_PATHS") !== undefined || get("STATIC_PATHS") !== undefined)
      found.add("posts.exclude", [...new Set(excluded)], sourceOf("STATIC_PATHS"));
    const folders = get("ARTICLE_PATHS");
    if (Array.isArray(folders) && textOf(folders[0]) !== undefined)
      found.add(
        "posts.include",
        folders.map((folder) => `${String(folder)}/**/*.{md,markdown,mkd,mdown,html,htm}`),
        sourceOf("ARTICLE_PATHS"),
      );
    addPatterns(get, sourceOf, found);
    if (project.files().some((path) => path.startsWith(`${dir ?? "content"}/`) && path.endsWith(".rst")))
      found.notes.push("posts in reStructuredText (.rst) are not read");
  },
};

/** `publishconf.py` replaces what `pelicanconf.py` says. */
function readSettings(
  draft: Readonly<Record<string, Literal>>,
  published: Readonly<Record<string, Literal>>,
) {
  const has = (name: string) => Object.hasOwn(published, name) && published[name] !== "";
  return {
    get: (name: string): Literal => (has(name) ? published[name] : draft[name]),
    sourceOf: (name: string) => (has(name) ? "publishconf.py" : "pelicanconf.py"),
  };
}

function addPatterns(
  get: (name: string) => Literal,
  sourceOf: (name: string) => string,
  found: Findings,
): void {
  for (const [name, key] of [
    ["ARTICLE_URL", "permalink"],
    ["ARTICLE_LANG_URL", "permalinks"],
  ] as const) {
    const written = textOf(get(name));
    if (written === undefined) continue;
    const pattern = translatePattern(written, /\{([^{}]*)\}/g, tokens);
    if (pattern === undefined)
      found.notes.push(`${name}: ${written} has a part that feedwright does not know`);
    else found.add(key, key === "permalink" ? pattern : [{ translated: true, pattern }], sourceOf(name));
  }
}
