import { posix } from "node:path";
import { countSections, describeUndated, isDated, type Section } from "./dated-sections.ts";
import { authorKey, type Findings, type Preset, translatePattern } from "./preset.ts";
import { at, type Project, textOf } from "./project.ts";
import { isObject, type Literal } from "./read-literals.ts";

/** https://gohugo.io/configuration/permalinks/ */
const tokens: Readonly<Record<string, string>> = {
  year: ":year",
  month: ":month",
  day: ":day",
  yearday: ":y_day",
  section: ":section_folder",
  sections: ":folder",
  title: ":slug_or_title",
  slug: ":slug_or_title",
  slugorfilename: ":slug",
  slugorcontentbasename: ":slug",
  filename: ":filename",
  contentbasename: ":filename",
};

const endings = ["toml", "yaml", "yml", "json"];
const configNames = ["hugo", "config"].flatMap((name) =>
  ["", "config/_default/"].flatMap((folder) => endings.map((ending) => `${folder}${name}.${ending}`)),
);
const kinds = "*.{md,markdown,mdown,html,htm}";

export const hugo: Preset = {
  name: "hugo",
  title: "Hugo",
  recognizes: (project) => {
    const file = project.first(...configNames);
    if (file === undefined) return false;
    const { keys } = readSite(project, file);
    return (
      /hugo\.[a-z]+$/.test(file) ||
      keys.has("baseurl") ||
      keys.has("languagecode") ||
      project.has("archetypes")
    );
  },
  config: {
    site: { languages: [] },
    posts: { dir: "content", include: [`*/**/${kinds}`], bundles: true },
    out: "public",
    page: false,
    permalink: "/:translation/:folder/:slug/",
    slugs: "hugo",
    assets: { dir: "static" },
    dates: { from: ["front-matter"] },
    markdown: { templates: "hugo", extensions: ["callouts", "definition-lists"] },
  },
  readConfig(project, found) {
    const file = project.first(...configNames) ?? "";
    const { keys } = readSite(project, file);
    const language = textOf(keys.get("defaultcontentlanguage")) ?? textOf(keys.get("languagecode"));
    const languages = readLanguages(project, keys.get("languages"));
    const isOwn = (name: string) => name.toLowerCase() === language?.toLowerCase();
    const own = [...languages].find(([name]) => isOwn(name))?.[1];
    found.addText("site.url", keys.get("baseurl"), file);
    found.addText("site.title", keys.get("title") ?? own?.get("title"), file);
    const params =
      keys.get("params") ?? project.data(project.first(...endings.map((e) => `config/_default/params.${e}`)));
    found.addText(
      "site.description",
      at(params, "description") ?? at(own?.get("params"), "description"),
      file,
    );
    found.addText(
      "site.language",
      textOf(keys.get("locale")) ??
        textOf(keys.get("languagecode")) ??
        textOf(own?.get("locale")) ??
        textOf(own?.get("languagecode")) ??
        language,
      file,
    );
    found.addText("site.timeZone", keys.get("timezone"), file);
    addAuthor(at(params, "author") ?? keys.get("author"), found, file);
    const folderOf = (one: Keys | undefined) =>
      (textOf(one?.get("contentdir")) ?? textOf(keys.get("contentdir")) ?? "content").replace(
        /^\.\/|\/+$/g,
        "",
      );
    const dir = folderOf(own);
    found.add("posts.dir", dir, own?.has("contentdir") ? `contentDir of ${language}` : file);
    found.addText("out", keys.get("publishdir"), file);
    found.addText("assets.dir", keys.get("staticdir"), file);
    const others = [...languages].filter(([name]) => !isOwn(name));
    const here = others.filter(([, one]) => folderOf(one) === dir).map(([name]) => name);
    if (here.length > 0) found.add("site.languages", here, file);
    const dates = at(keys.get("frontmatter"), "date");
    const namesHaveDates = Array.isArray(dates) && dates.includes(":filename");
    const written = at(params, "mainSections") ?? at(params, "mainsections");
    if (Array.isArray(written) && written.length > 0)
      found.add(
        "posts.include",
        written.map((one) => `${one}/**/${kinds}`),
        file,
      );
    else {
      const skipped = others
        .map(([, one]) => posix.relative(dir, folderOf(one)))
        .filter((folder) => folder !== "");
      addDated(countSections(project, dir, { namesHaveDates, skipped }), dir, found);
    }
    const permalinks = project.first(...endings.map((ending) => `config/_default/permalinks.${ending}`));
    addPermalinks(
      keys.get("permalinks") ?? project.data(permalinks),
      keys.get("uglyurls"),
      found,
      permalinks ?? file,
    );
    if (namesHaveDates)
      found.add(
        "dates.from",
        dates.indexOf(":filename") === 0 ? ["file-name", "front-matter"] : ["front-matter", "file-name"],
        file,
      );
  },
};

/** Hugo's keys are the same in any capitals. */
type Keys = ReadonlyMap<string, Literal>;

function keysOf(value: Literal): Keys {
  return new Map(isObject(value) ? Object.entries(value).map(([key, one]) => [key.toLowerCase(), one]) : []);
}

function readSite(project: Project, file: string): { keys: Keys } {
  return { keys: keysOf(project.data(file)) };
}

/** Languages are a key of the configuration, a file, or a file each. */
function readLanguages(project: Project, written: Literal): ReadonlyMap<string, Keys> {
  const file = project.first(...endings.map((ending) => `config/_default/languages.${ending}`));
  const found = new Map<string, Keys>();
  for (const group of [written, project.data(file)])
    if (isObject(group)) for (const [name, one] of Object.entries(group)) found.set(name, keysOf(one));
  for (const name of project.names("config/_default")) {
    const language = /^languages\.([\w-]+)\.(?:toml|ya?ml|json)$/.exec(name)?.[1];
    if (language !== undefined) found.set(language, keysOf(project.data(`config/_default/${name}`)));
  }
  return found;
}

function addAuthor(author: Literal, found: Findings, file: string): void {
  const name = textOf(author) ?? textOf(at(author, "name"));
  if (name === undefined) return;
  const email = textOf(at(author, "email"));
  found.add("site.authors", { [authorKey(name)]: { name, ...(email !== undefined && { email }) } }, file);
}

/** Without `mainSections` posts are in the sections whose pages have dates; pages at the top are in none. */
function addDated(sections: readonly Section[], dir: string, found: Findings): void {
  const folders = sections.filter(({ name }) => name !== "");
  const dated = folders.filter(isDated);
  const others = folders.filter((one) => !isDated(one));
  if (dated.length > 0)
    found.add(
      "posts.include",
      dated.map(({ name }) => `${name}/**/${kinds}`),
      others.length === 0 ? `${dir}/` : `${dir}/, where ${describeUndated(others)}`,
    );
  else if (others.length > 0)
    found.notes.push(`${dir}/, where ${describeUndated(others)}: pages, and no posts`);
}

function addPermalinks(written: Literal, ugly: Literal, found: Findings, file: string): void {
  const page = at(written, "page");
  const rules = isObject(page) ? page : isObject(written) ? written : {};
  const isUgly = (folder: string) => ugly === true || at(ugly, folder) === true;
  const close = (pattern: string, folder: string) =>
    isUgly(folder) ? `${pattern.replace(/\/$/, "")}.html` : pattern;
  const known = Object.entries(rules).flatMap(([folder, value]) => {
    const text = textOf(value);
    const pattern =
      text && translatePattern(text, /:([a-z]+)/g, tokens)?.replaceAll(":section_folder", folder);
    if (text !== undefined && pattern === undefined)
      found.notes.push(`permalinks: ${text} has a placeholder that feedwright does not know`);
    return pattern === undefined ? [] : [{ folder, pattern: `/:translation${close(pattern, folder)}` }];
  });
  const usual = "/:translation/:folder/:slug.html";
  if (isObject(ugly))
    for (const folder of Object.keys(ugly))
      if (isUgly(folder) && !Object.hasOwn(rules, folder)) known.push({ folder, pattern: usual });
  if (ugly === true) found.add("permalink", usual, file);
  if (known.length > 0) found.add("permalinks", known, file);
}
