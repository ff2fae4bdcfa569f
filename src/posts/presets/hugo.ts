import { authorKey, type Findings, type Preset, translatePattern } from "./preset.ts";
import { at, type Project, textOf } from "./project.ts";
import { isObject, type Literal, type LiteralObject } from "./read-literals.ts";

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
    const own = at(keys.get("languages"), language ?? "");
    found.addText("site.url", keys.get("baseurl"), file);
    found.addText("site.title", keys.get("title") ?? at(own, "title"), file);
    const params =
      keys.get("params") ?? project.data(project.first(...endings.map((e) => `config/_default/params.${e}`)));
    found.addText("site.description", at(params, "description"), file);
    found.addText(
      "site.language",
      textOf(keys.get("languagecode")) ?? textOf(at(own, "languageCode")) ?? language,
      file,
    );
    found.addText("site.timeZone", keys.get("timezone"), file);
    addAuthor(at(params, "author") ?? keys.get("author"), found, file);
    found.addText("posts.dir", keys.get("contentdir"), file);
    found.addText("out", keys.get("publishdir"), file);
    found.addText("assets.dir", keys.get("staticdir"), file);
    const sections = mainSections(
      at(params, "mainSections") ?? at(params, "mainsections"),
      project,
      String(found.get("posts.dir") ?? "content"),
    );
    if (sections.length > 0)
      found.add(
        "posts.include",
        sections.map((one) => `${one}/**/${kinds}`),
        file,
      );
    const others = isObject(keys.get("languages")) ? Object.keys(keys.get("languages") as LiteralObject) : [];
    if (others.length > 1)
      found.add(
        "site.languages",
        others.filter((one) => one !== language),
        file,
      );
    const permalinks = project.first(...endings.map((ending) => `config/_default/permalinks.${ending}`));
    addPermalinks(keys.get("permalinks") ?? project.data(permalinks), found, permalinks ?? file);
    const dates = at(keys.get("frontmatter"), "date");
    if (Array.isArray(dates) && dates.includes(":filename"))
      found.add(
        "dates.from",
        dates.indexOf(":filename") === 0 ? ["file-name", "front-matter"] : ["front-matter", "file-name"],
        file,
      );
  },
};

/** Hugo's keys are the same in any capitals. */
function readSite(project: Project, file: string): { keys: ReadonlyMap<string, Literal> } {
  return {
    keys: new Map(Object.entries(project.data(file)).map(([key, value]) => [key.toLowerCase(), value])),
  };
}

function addAuthor(author: Literal, found: Findings, file: string): void {
  const name = textOf(author) ?? textOf(at(author, "name"));
  if (name === undefined) return;
  const email = textOf(at(author, "email"));
  found.add("site.authors", { [authorKey(name)]: { name, ...(email !== undefined && { email }) } }, file);
}

/** Without `mainSections` it is the section with most pages. */
function mainSections(written: Literal, project: Project, dir: string): string[] {
  if (Array.isArray(written)) return written.map(textOf).filter((one) => one !== undefined);
  const counts = new Map<string, number>();
  for (const path of project.files()) {
    if (!path.startsWith(`${dir}/`) || !/\.(?:md|markdown|html)$/.test(path) || /\/_index\./.test(path))
      continue;
    const section = path.slice(dir.length + 1).split("/");
    if (section.length > 1 && section[0] !== undefined)
      counts.set(section[0], (counts.get(section[0]) ?? 0) + 1);
  }
  const [largest] = [...counts].sort((a, b) => b[1] - a[1]);
  return largest === undefined ? [] : [largest[0]];
}

function addPermalinks(written: Literal, found: Findings, file: string): void {
  const page = at(written, "page");
  const rules = isObject(page) ? page : isObject(written) ? written : {};
  const known = Object.entries(rules).flatMap(([folder, value]) => {
    const text = textOf(value);
    const pattern =
      text && translatePattern(text, /:([a-z]+)/g, tokens)?.replaceAll(":section_folder", folder);
    if (text !== undefined && pattern === undefined)
      found.notes.push(`permalinks: ${text} has a placeholder that feedwright does not know`);
    return pattern === undefined ? [] : [{ folder, pattern: `/:translation${pattern}` }];
  });
  if (known.length > 0) found.add("permalinks", known, file);
}
