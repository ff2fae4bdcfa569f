import { join, relative } from "node:path";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { defineProblem, diagnose } from "../model/problem.ts";

const foreignFile = defineProblem("output/foreign-file", {
  severity: "error",
  title: "A file that another program wrote where a document goes",
  many: "{count} files of other programs are where documents go",
  why: "Replacing it would take away what another program, or you, put there.",
  fix: "Choose another place with `out` or the document's own key, or run `feedwright build --overwrite` once to replace it.",
});

const pageGivesWay = defineProblem("output/page-gives-way", {
  severity: "hint",
  title: "No landing page, because the site has a home page",
  why: "The page that another program wrote stays, and feedwright's page about the feeds is not written.",
  fix: 'Set `page.path`, such as "subscribe.html", to have the page there, or `page: false` to have none.',
});

/** The home page of a site: the landing page is not worth more than one that is there. */
export const homePage = "index.html";

/** What is wrong with files of others that are where documents go; paths are below the output folder. */
export function describeForeign(
  paths: readonly string[],
  { root, out, page }: Pick<Config, "root" | "out" | "page">,
): Diagnostic[] {
  return paths.map((path) => {
    const file = relative(root, join(out, path)).replaceAll("\\", "/");
    if (path === homePage)
      return diagnose(
        pageGivesWay,
        file,
        "Another program wrote this page, so it stays, and the landing page is not written.",
      );
    return diagnose(
      foreignFile,
      file,
      `feedwright did not write this file, so it stays; "${path}" has to go there.`,
      { hint: hintFor(path, page !== false && page.path === path) },
    );
  });
}

/** How to have a document elsewhere, or not at all. */
function hintFor(path: string, isPage: boolean): string {
  const once = "or run `feedwright build --overwrite` once to replace the file";
  const off = isPage
    ? "Set `page.path` to another path"
    : switches.find(([pattern]) => pattern.test(path))?.[1];
  const elsewhere = 'Let the feeds go elsewhere with `out`, such as "public/feeds"';
  return off === undefined ? `${elsewhere}, ${once}.` : `${off}, ${once}.`;
}

/** Documents that need not exist. */
const switches: readonly (readonly [RegExp, string])[] = [
  [/^_headers$/, "Set `headers: false` and write the headers there yourself"],
  [/^sitemap(-\d+)?\.xml$/, "Set `sitemap: false` to keep that sitemap"],
  [/^feeds\.opml$/, "Set `feeds.opml: false`"],
  [/^feeds\.css$/, "Set `feeds.stylesheet: false`"],
  [/^autodiscovery\.html$/, "Set `feeds.links: false`"],
  [/^\.well-known\/feed-menu\.json$/, "Set `feeds.menu: false`"],
  [
    /^(?!.*(?:rss\.xml|atom\.xml|feed\.json|sitemap(?:-\d+)?\.xml)$)/,
    "Set `assets.copy: false` if the other program copies it",
  ],
];
