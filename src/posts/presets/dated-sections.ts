// Which folders of a project have posts: those in which most pages say when they were written. Pages of a
// documentation or about the site have no date.
import { leftOutByName } from "../folder/left-out.ts";
import type { Project } from "./project.ts";

/** A folder of pages, or the pages at the top. */
export interface Section {
  /** Empty for the pages at the top. */
  readonly name: string;
  readonly pages: number;
  readonly dated: number;
}

/** The front matter of a page is in here. */
const headLength = 4096;
const writtenDate =
  /^\{?[ \t]{0,4}["']?(?:date|publish_?date|pub_?date|published)["']?[ \t]{0,4}[:=][ \t]{0,4}\S/im;
const nameDate = /(?:^|\/)\d{4}-\d\d?-\d\d?(?!\d)/;

/** Counts the pages in each folder of `dir`; `skipped` are folders of it that have no pages of the site. */
export function countSections(
  project: Project,
  dir: string,
  { namesHaveDates, skipped = [] }: { namesHaveDates: boolean; skipped?: readonly string[] },
): Section[] {
  const counts = new Map<string, { pages: number; dated: number }>();
  for (const file of pagesOf(project, dir)) {
    if (skipped.some((folder) => file.startsWith(`${folder}/`))) continue;
    const name = file.includes("/") ? file.slice(0, file.indexOf("/")) : "";
    const count = counts.get(name) ?? { pages: 0, dated: 0 };
    counts.set(name, count);
    count.pages += 1;
    if (hasDate(project, dir, file, namesHaveDates)) count.dated += 1;
  }
  return [...counts].map(([name, count]) => ({ name, ...count }));
}

/** At half it is one: a post that is missing is worse than an error that names a page. */
export function isDated({ pages, dated }: Section): boolean {
  return dated * 2 >= pages;
}

/** `docs/ (25 of 26 files) and the top (4 of 4) have no date` */
export function describeUndated(sections: readonly Section[]): string {
  const most = [...sections].sort((a, b) => b.pages - b.dated - (a.pages - a.dated));
  const shown = most
    .slice(0, 5)
    .map(
      ({ name, pages, dated }) =>
        `${name === "" ? "the top" : `${name}/`} (${pages - dated} of ${pages} files)`,
    );
  if (most.length > 5) shown.push(`${most.length - 5} more folders`);
  const last = shown.pop();
  return `${shown.length === 0 ? last : `${shown.join(", ")} and ${last}`} ${most.length === 1 && most[0]?.name !== "" ? "has" : "have"} no date`;
}

/** The folder with most dated pages, below `dir`; undefined where no page there has a date. */
export function datedFolder(project: Project, dir: string, skipped: readonly string[]): string | undefined {
  const dated = pagesOf(project, dir).filter(
    (file) =>
      file.includes("/") &&
      !skipped.some((folder) => file.startsWith(`${folder}/`)) &&
      hasDate(project, dir, file, true),
  );
  let folder = "";
  for (let inside = dated; inside.length > 0; ) {
    const counts = new Map<string, string[]>();
    for (const file of inside) {
      const end = file.indexOf("/", folder.length);
      const name = end < 0 ? "" : file.slice(folder.length, end);
      const files = counts.get(name) ?? [];
      counts.set(name, files);
      files.push(file);
    }
    const [name, files] = [...counts].sort((a, b) => b[1].length - a[1].length)[0] ?? ["", []];
    // Folders of years, and of single posts, are below that of the posts.
    const isBelow = name === "" || /^\d/.test(name) || (folder !== "" && files.length < inside.length);
    if (isBelow) break;
    folder += `${name}/`;
    inside = files;
  }
  return folder === "" ? undefined : folder.slice(0, -1);
}

/** Pages below a folder; the other files of a bundle are none. */
function pagesOf(project: Project, dir: string): string[] {
  const prefix = dir === "." ? "" : `${dir}/`;
  const pages = project
    .files()
    .filter((path) => path.startsWith(prefix) && /\.(?:md|markdown|mdown|mdx|html?)$/.test(path))
    .map((path) => path.slice(prefix.length))
    .filter((file) => leftOutByName(file) === undefined);
  const bundles = new Set(
    pages.filter((file) => /\/index\.[^/]+$/.test(file)).map((file) => file.slice(0, file.lastIndexOf("/"))),
  );
  return pages.filter((file) => {
    const folder = file.slice(0, Math.max(0, file.lastIndexOf("/")));
    return !bundles.has(folder) || /\/index\.[^/]+$/.test(file);
  });
}

function hasDate(project: Project, dir: string, file: string, namesHaveDates: boolean): boolean {
  if (namesHaveDates && nameDate.test(file)) return true;
  const head = (project.text(dir === "." ? file : `${dir}/${file}`) ?? "").slice(0, headLength).trimStart();
  const close = { "---": "\n---", "+++": "\n+++", ";;;": "\n;;;" }[head.slice(0, 3)] ?? "\n}";
  if (close === "\n}" && !head.startsWith("{")) return false;
  const end = head.indexOf(close);
  return writtenDate.test(end < 0 ? head : head.slice(0, end));
}
