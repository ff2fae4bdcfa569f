// In come the tables of codes; out go docs/diagnostics/*.md. With `--check` it writes nothing and exits 1 when they differ.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { explainCode, listCodes } from "../src/check/explain.ts";

const codes = listCodes();

function pageOf(code: string): string {
  return `${code.replace("/", "--")}.md`;
}

/** The pages as they have to be, by file name. */
export function renderPages(): Map<string, string> {
  const pages = new Map(codes.map(({ code }) => [pageOf(code), explainCode(code) ?? ""]));
  return pages.set("rules.md", renderList());
}

function renderList(): string {
  const sections = [...groupCodes()].map(([group, rows]) => `## ${group}\n\n${rows.join("\n")}\n`);
  return `# What feedwright says about posts and documents\n\nGenerated from the tables of codes. \`feedwright explain CODE\` prints a page.\n\n${sections.join("\n")}`;
}

function groupCodes(): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { code, title, severity } of codes) {
    const group = code.split("/")[0] ?? "";
    groups.set(group, [...(groups.get(group) ?? []), `- [${code}](${pageOf(code)}): ${title} (${severity})`]);
  }
  return groups;
}

/** Names of files that differ from what they have to be, and of those that are no page any more. */
export function findStalePages(folder: string): string[] {
  const pages = renderPages();
  const stale = [...pages]
    .filter(([name, text]) => readPage(join(folder, name)) !== text)
    .map(([name]) => name);
  return [...stale, ...findLeftovers(folder, pages)];
}

function findLeftovers(folder: string, pages: ReadonlyMap<string, string>): string[] {
  return readdirSync(folder).filter((name) => !pages.has(name));
}

function readPage(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** Writes the pages and removes those of rules that are gone. */
export function writePages(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const pages = renderPages();
  for (const [name, text] of pages) writeFileSync(join(folder, name), text);
  for (const name of findLeftovers(folder, pages)) rmSync(join(folder, name));
}

const script = fileURLToPath(import.meta.url);
if (process.argv[1] !== undefined && resolve(process.argv[1]) === script) {
  const folder = resolve(script, "../../docs/diagnostics");
  if (process.argv.includes("--check")) {
    const stale = findStalePages(folder);
    for (const name of stale)
      process.stderr.write(`docs/diagnostics/${name} is not in step with the tables of codes\n`);
    process.exitCode = stale.length > 0 ? 1 : 0;
  } else writePages(folder);
}
