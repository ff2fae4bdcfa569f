import { authorKey, joinAddress, type Preset, translatePattern } from "./preset.ts";
import { at, textOf } from "./project.ts";
import { isObject, type Literal } from "./read-literals.ts";

/** https://jekyllrb.com/docs/permalinks/ */
const styles: Readonly<Record<string, string>> = {
  date: "/:categories/:year/:month/:day/:slug.html",
  pretty: "/:categories/:year/:month/:day/:slug/",
  ordinal: "/:categories/:year/:y_day/:slug.html",
  none: "/:categories/:slug.html",
};
const tokens: Readonly<Record<string, string>> = {
  title: ":slug",
  slug: ":slug",
  categories: ":categories",
  slugified_categories: ":categories",
  output_ext: ".html",
  ...Object.fromEntries(
    ["year", "short_year", "month", "i_month", "day", "i_day", "y_day", "hour", "minute", "second"].map(
      (name) => [name, `:${name}`],
    ),
  ),
};

const configNames = ["_config.yml", "_config.yaml", "_config.toml"];

export const jekyll: Preset = {
  name: "jekyll",
  title: "Jekyll",
  recognizes: (project) =>
    project.first(...configNames) !== undefined &&
    !project.needs("hexo") &&
    (project.files().some((path) => /(?:^|\/)_posts\//.test(path)) || project.hasFolder("_layouts")) &&
    !project.hasFolder("source/_posts"),
  config: {
    site: { languages: [] },
    posts: {
      dir: ".",
      include: ["**/_posts/**/[0-9]*-*-*-*.{md,MD,markdown,mkdown,mkdn,mkd,html,htm}"],
      exclude: ["vendor/**", "_site/**"],
    },
    out: "_site",
    page: false,
    permalink: "/:categories/:year/:month/:day/:slug.html",
    slugs: "jekyll",
    titles: "capitalized",
    categories: { folder: "above", split: "spaces" },
    assets: { dir: "." },
    dates: { zoneless: "yaml" },
    markdown: { templates: "liquid", extensions: ["definition-lists", "kramdown"] },
  },
  readConfig(project, found) {
    const file = project.first(...configNames);
    const config = project.data(file);
    found.add("site.url", joinAddress(textOf(config.url), config.baseurl), file);
    found.addText("site.title", config.title ?? config.name, file);
    found.addText("site.description", config.description, file);
    found.addText("site.language", config.lang ?? config.locale, file);
    found.addText("site.timeZone", config.timezone, file);
    const people = readPeople(config.author, project.data("_data/authors.yml"));
    if (Object.keys(people).length > 0) found.add("site.authors", people, file);
    const pattern = textOf(permalinkOf(config));
    if (pattern !== undefined) {
      const known = styles[pattern] ?? translatePattern(pattern, /:([a-z_]+)/g, tokens);
      if (known === undefined)
        found.notes.push(`permalink: ${pattern} has a placeholder that feedwright does not know`);
      found.add("permalink", known, file);
    }
    found.addText("out", config.destination, file);
    const excluded = Array.isArray(config.exclude)
      ? config.exclude.map(textOf).filter((one) => one !== undefined)
      : [];
    const folders = excluded
      .map((one) => one.replace(/^\/|\/$/g, ""))
      .filter((one) => project.hasFolder(one));
    if (folders.length > 0)
      found.add(
        "posts.exclude",
        [...new Set(["vendor/**", "_site/**", ...folders.map((one) => `${one}/**`)])],
        file,
      );
  },
};

/** `permalink`, or that of the posts in `defaults` or `collections`. */
function permalinkOf(config: Literal): Literal {
  const defaults = at(config, "defaults");
  const ofPosts = (Array.isArray(defaults) ? defaults : []).find(
    (rule) => at(rule, "scope", "type") === "posts" && at(rule, "values", "permalink") !== undefined,
  );
  return (
    at(ofPosts, "values", "permalink") ??
    at(config, "collections", "posts", "permalink") ??
    at(config, "permalink")
  );
}

/** The site's author first, who is the author of posts that name nobody. */
function readPeople(author: Literal, known: Literal): Record<string, Literal> {
  const people: Record<string, Literal> = {};
  const name = textOf(author) ?? textOf(at(author, "name"));
  const isKey = name !== undefined && isObject(known) && Object.hasOwn(known, name);
  if (name !== undefined && !isKey) people[authorKey(name)] = person(name, author);
  const keys = isObject(known) ? Object.keys(known) : [];
  for (const key of isKey ? [name, ...keys] : keys)
    people[key] ??= person(textOf(at(known, key, "name")) ?? key, at(known, key));
  return people;
}

function person(name: string, from: Literal): Literal {
  const email = textOf(at(from, "email"));
  const url = textOf(at(from, "url")) ?? textOf(at(from, "uri"));
  return {
    name,
    ...(email !== undefined && /^\S+@\S+\.\S+$/.test(email) && { email }),
    ...(url !== undefined && /^https?:\/\//.test(url) && { url }),
  };
}
