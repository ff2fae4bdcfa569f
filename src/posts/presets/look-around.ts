// What a project's own files say about the site: who builds it, where it is, where the posts are.
import { basename, join } from "node:path";
import { datedFolder } from "./dated-sections.ts";
import { Findings, type Preset } from "./preset.ts";
import { presets } from "./presets.ts";
import { at, Project, textOf } from "./project.ts";

export interface Surroundings {
  /** Absent where no program that builds sites was recognized. */
  readonly preset?: Preset;
  /** The folder of the generator below the project, with `/` at its end; empty at the top. */
  readonly folder: string;
  readonly findings: Findings;
}

/** Where projects with more than a site have the site. */
const siteFolders = ["website", "site", "docs", "blog", "www", "web"];
/** Where posts are when nobody says so. */
const postFolders = [
  "posts",
  "content/posts",
  "content/blog",
  "_posts",
  "src/posts",
  "blog",
  "content",
  "articles",
];
/** Paths that are written from the project's root. */
const pathKeys = [
  ["posts", "dir"],
  ["assets", "dir"],
  ["out", undefined],
] as const;

/** Looks at files that name a generator, and at what they say. Nothing is run and nothing is written. */
export function lookAround(root: string): Surroundings {
  const findings = new Findings();
  for (const name of ["", ...siteFolders]) {
    const project = new Project(join(root, name));
    const preset =
      name === "" || project.hasFolder("") ? presets.find((one) => one.recognizes(project)) : undefined;
    if (preset === undefined) continue;
    preset.readConfig(project, findings);
    const folder = name === "" ? "" : `${name}/`;
    addUsual(new Project(root), project, findings);
    return { preset, folder, findings: folder === "" ? findings : moveBelow(folder, preset, findings) };
  }
  const project = new Project(root);
  const posts =
    postFolders.find((one) => project.names(one).some((name) => /\.(?:md|mdx|markdown)$/i.test(name))) ??
    datedFolder(project, ".", []);
  if (posts !== undefined && posts !== "posts") findings.add("posts.dir", posts, `${posts}/`);
  addUsual(project, project, findings);
  return { folder: "", findings };
}

/** The address and the title where the generator's own files say nothing. */
function addUsual(top: Project, site: Project, findings: Findings): void {
  for (const project of [site, top]) {
    for (const file of [
      "CNAME",
      "static/CNAME",
      "public/CNAME",
      "source/CNAME",
      "content/extra/CNAME",
      "docs/CNAME",
    ]) {
      const host = /^\s*([a-z0-9-]+(?:\.[a-z0-9-]+)+)\s*$/i.exec(project.text(file) ?? "")?.[1];
      if (host !== undefined) findings.add("site.url", `https://${host.toLowerCase()}/`, file);
    }
    const homepage = textOf(project.data("package.json").homepage);
    const isPage =
      homepage !== undefined &&
      /^https?:\/\//.test(homepage) &&
      !/^https?:\/\/(?:www\.)?(?:github|gitlab|codeberg)\./.test(homepage);
    if (isPage) findings.add("site.url", homepage.replace(/#.*$/, ""), "package.json");
  }
  const written = writtenAddress(site);
  findings.add("site.url", written?.url, written?.source);
  findings.add("site.url", pagesAddress(top.text(".git/config") ?? ""), ".git/config");
  findings.addText("site.title", at(top.data("package.json"), "displayName"), "package.json");
  findings.add("site.title", basename(top.root), "the folder's name");
}

/** An address that the site's own code calls the site's, such as `const baseUrl = "https://…"` beside its feed. */
function writtenAddress(site: Project): { url: string; source: string } | undefined {
  const hidden = [".vitepress", ".vuepress"].flatMap((folder) =>
    site.names(folder).map((name) => `${folder}/${name}`),
  );
  const programs = [...hidden, ...site.files()].filter((path) => /\.[cm]?[jt]sx?$/.test(path)).slice(0, 300);
  for (const source of programs) {
    const found =
      /\b(?:site_?url|base_?url|hostname|metadataBase)\b["']?\s{0,4}[:=]\s{0,4}(?:new URL\()?["'`](https?:\/\/[^"'`\s$?#]{4,200})["'`]/i.exec(
        site.text(source) ?? "",
      )?.[1];
    if (found !== undefined && !/\/\/(?:localhost|127\.|api\.)/.test(found)) return { url: found, source };
  }
  return undefined;
}

/** Where GitHub Pages shows a repository that has no domain of its own. */
function pagesAddress(config: string): string | undefined {
  const [, owner, name] =
    /\burl\s*=\s*\S*github\.com[:/]([\w-]{1,40})\/([\w.-]{1,100}?)(?:\.git)?\s*$/m.exec(config) ?? [];
  if (owner === undefined || name === undefined) return undefined;
  const host = `${owner.toLowerCase()}.github.io`;
  return name.toLowerCase() === host ? `https://${host}/` : `https://${host}/${name}/`;
}

/** The same findings for a generator in a folder of the project. */
function moveBelow(folder: string, preset: Preset, findings: Findings): Findings {
  const moved = new Findings();
  moved.notes.push(...findings.notes);
  for (const { key, value, source } of findings.list()) {
    const isPath = pathKeys.some(
      ([group, name]) => key === (name === undefined ? group : `${group}.${name}`),
    );
    moved.add(key, isPath ? join(folder, String(value)) : value, `${folder}${source}`);
  }
  for (const [group, name] of pathKeys) {
    const rule =
      name === undefined
        ? preset.config[group]
        : (preset.config[group] as Record<string, unknown> | undefined)?.[name];
    if (typeof rule === "string")
      moved.add(name === undefined ? group : `${group}.${name}`, join(folder, rule), folder);
  }
  return moved;
}
