// Builds test/sites/<generator> with that generator and compares what comes out with expected.json beside it.
//   npx jiti scripts/compare-generators.ts [--tools DIR] [--write] jekyll hugo …
// DIR holds node_modules of test/generators/package.json, and of test/generators/gatsby in DIR/gatsby. --write takes the generator's values, except where
// expected.json says under "differs" that feedwright's are different on purpose.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { DomUtils, parseDocument } from "htmlparser2";
import { foldTypography, visibleText } from "../test/support/visible-text.ts";
import { buildAstro } from "./generators/astro.ts";
import type { BuiltEntry, Workplace } from "./generators/built-entry.ts";
import { buildDocusaurus } from "./generators/docusaurus.ts";
import { buildEleventy } from "./generators/eleventy.ts";
import { buildGatsby } from "./generators/gatsby.ts";
import { buildHexo } from "./generators/hexo.ts";
import { buildHugo } from "./generators/hugo.ts";
import { buildJekyll } from "./generators/jekyll.ts";
import { buildNext } from "./generators/next.ts";
import { buildNuxt } from "./generators/nuxt.ts";
import { buildPelican } from "./generators/pelican.ts";
import { buildVitepress } from "./generators/vitepress.ts";

interface ExpectedEntry {
  file: string;
  title: string;
  url: string;
  date: string;
  updated?: string;
  authors: string[];
  categories: string[];
  /** Addresses on the site that the body links to, where the generator says them in what it hands over. */
  links?: string[];
  text: string;
}

interface Expected {
  config: unknown;
  entries: ExpectedEntry[];
  /** Path to why there is no entry of it. */
  absent: Record<string, string>;
  /** File, then field ("entry" for the entry as such), then why feedwright's value is another one. */
  differs?: Record<string, Record<string, string>>;
}

const builders: Record<string, (place: Workplace) => BuiltEntry[] | Promise<BuiltEntry[]>> = {
  jekyll: buildJekyll,
  hugo: buildHugo,
  eleventy: buildEleventy,
  hexo: buildHexo,
  docusaurus: buildDocusaurus,
  astro: buildAstro,
  pelican: buildPelican,
  vitepress: buildVitepress,
  nuxt: buildNuxt,
  next: buildNext,
  gatsby: buildGatsby,
};
const fields = ["title", "url", "date", "updated", "authors", "categories", "links", "text"] as const;
/** Those whose bodies have the final addresses; with the others a later step or the browser finds them. */
const linking = new Set(["jekyll", "hugo", "hexo", "docusaurus", "pelican", "vitepress"]);
const sites = resolve(import.meta.dirname, "../test/sites");

// Dates that a generator hands over as text are read where sites are built: in UTC.
process.env.TZ = "UTC";
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tools: { type: "string" }, write: { type: "boolean" }, keep: { type: "boolean" } },
});
const tools = resolve(
  values.tools ?? process.env.GENERATORS ?? join(import.meta.dirname, "../test/generators"),
);
for (const name of positionals.length > 0 ? positionals : Object.keys(builders)) {
  const build = builders[name];
  if (build === undefined)
    throw new Error(`no generator "${name}"; there are ${Object.keys(builders).join(", ")}`);
  const entries = (await buildCopy(name, build)).map((entry) => toExpected(entry, linking.has(name)));
  const path = join(sites, name, "expected.json");
  const expected = JSON.parse(readFileSync(path, "utf8")) as Expected;
  if (values.write === true)
    writeFileSync(path, `${JSON.stringify(merge(name, expected, entries), null, 2)}\n`);
  else report(name, compare(name, expected, entries), entries.length);
}

async function buildCopy(
  name: string,
  build: (place: Workplace) => BuiltEntry[] | Promise<BuiltEntry[]>,
): Promise<BuiltEntry[]> {
  const folder = mkdtempSync(join(tmpdir(), `feedwright-${name}-`));
  const project = join(folder, "site");
  try {
    const own = join(tools, name);
    const place = { project, tools: existsSync(join(own, "node_modules")) ? own : tools };
    cpSync(join(sites, name, "site"), project, { recursive: true });
    symlinkSync(join(place.tools, "node_modules"), join(project, "node_modules"));
    return await build(place);
  } finally {
    if (values.keep === true) process.stdout.write(`built in ${folder}\n`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

function toExpected(entry: BuiltEntry, hasLinks: boolean): ExpectedEntry {
  const { file, title, url, date, updated, authors, categories, html } = entry;
  const links = hasLinks ? readLinks(html, url) : [];
  return {
    file,
    title,
    url: new URL(url).href,
    date: toInstant(date),
    ...(updated === undefined ? {} : { updated: toInstant(updated) }),
    authors,
    categories: [...new Set(categories)],
    ...(links.length === 0 ? {} : { links }),
    text: visibleText(html),
  };
}

/** Where the links of a body lead on the same site, without those within the page. */
function readLinks(html: string, url: string): string[] {
  const { origin } = new URL(url);
  return DomUtils.findAll(({ name }) => name === "a", parseDocument(html).children)
    .map(({ attribs }) => attribs.href ?? "#")
    .filter((href) => !href.startsWith("#"))
    .map((href) => new URL(href, url))
    .filter((link) => link.origin === origin && link.pathname !== new URL(url).pathname)
    .map(({ href }) => href);
}

function toInstant(date: string | undefined): string {
  return date === undefined ? "" : new Date(date).toISOString().replace(".000Z", "Z");
}

function merge(name: string, expected: Expected, built: readonly ExpectedEntry[]): Expected {
  const { differs = {} } = expected;
  const before = new Map(expected.entries.map((entry) => [entry.file, entry]));
  const ours = expected.entries.filter(({ file }) => differs[file]?.entry !== undefined);
  const theirs = built
    .filter(({ file }) => differs[file]?.entry === undefined)
    .map((entry) => {
      const known: Partial<ExpectedEntry> = before.get(entry.file) ?? {};
      const own = fields.filter((field) => isOurs(name, field, differs[entry.file]) && field in known);
      return { ...entry, ...Object.fromEntries(own.map((field) => [field, known[field]])) };
    });
  const entries = [...ours, ...theirs].sort((a, b) => (a.file < b.file ? -1 : 1));
  return { ...expected, entries };
}

function compare(
  name: string,
  { entries, absent, differs = {} }: Expected,
  built: readonly ExpectedEntry[],
): string[] {
  const found = new Map(built.map((entry) => [entry.file, entry]));
  const wanted = new Set(entries.map(({ file }) => file));
  const out: string[] = [];
  for (const entry of entries) {
    const reasons = differs[entry.file] ?? {};
    const other = found.get(entry.file);
    if (other === undefined) {
      if (reasons.entry === undefined) out.push(`${entry.file}: not built`);
      continue;
    }
    for (const field of fields) {
      if (!isOurs(name, field, reasons) && comparable(entry[field]) !== comparable(other[field])) {
        out.push(
          `${entry.file}: ${field}\n  expected ${JSON.stringify(entry[field])}\n  built    ${JSON.stringify(other[field])}`,
        );
      }
    }
  }
  for (const { file } of built) {
    if (!wanted.has(file) && differs[file]?.entry === undefined) {
      out.push(
        `${file}: built, but ${absent[file] === undefined ? "not expected" : `expected as ${absent[file]}`}`,
      );
    }
  }
  for (const file of Object.keys(absent)) if (wanted.has(file)) out.push(`${file}: both expected and absent`);
  return out;
}

/** Whether a field is not the generator's to say. */
function isOurs(name: string, field: string, reasons: Record<string, string> | undefined): boolean {
  return reasons?.[field] !== undefined || (field === "links" && !linking.has(name));
}

function comparable(value: string | readonly string[] | undefined): string {
  return foldTypography(JSON.stringify(value ?? null));
}

function report(name: string, differences: readonly string[], count: number): void {
  for (const difference of differences) process.stdout.write(`${name}: ${difference}\n`);
  process.stdout.write(`${name}: ${count} built, ${differences.length} differences\n`);
  if (differences.length > 0) process.exitCode = 1;
}
