// In comes the table of rules; out go docs/diagnostics/*.md. With `--check` it writes nothing and exits 1 when they differ.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { explainRule, isRuleCode, pageOf, type RuleCode, ruleCodes, rules } from "../src/check/rules.ts";

/** The pages as they have to be, by file name. */
export function renderPages(): Map<string, string> {
  const pages = new Map<string, string>();
  for (const code of ruleCodes) pages.set(pageOf(code), explainRule(code) ?? "");
  pages.set("rules.md", renderList());
  return pages;
}

function renderList(): string {
  const groups = groupCodes();
  const sections = [...groups].map(([group, codes]) => `## ${group}\n\n${codes.map(renderRow).join("\n")}\n`);
  return `# What check says about documents\n\nGenerated from the table of rules. \`feedwright explain CODE\` prints a page.\n\n${sections.join("\n")}`;
}

function groupCodes(): Map<string, RuleCode[]> {
  const groups = new Map<string, RuleCode[]>();
  for (const code of ruleCodes) {
    const group = code.split("/")[0] ?? "";
    groups.set(group, [...(groups.get(group) ?? []), code]);
  }
  return groups;
}

function renderRow(code: RuleCode): string {
  return `- [${code}](${pageOf(code)}): ${rules[code].title} (${rules[code].severity})`;
}

/** Names of files that differ from what they have to be; pages of other tables (posts, configuration) are left alone. */
export function findStalePages(folder: string): string[] {
  const pages = renderPages();
  const stale = [...pages]
    .filter(([name, text]) => readPage(join(folder, name)) !== text)
    .map(([name]) => name);
  return [...stale, ...findLeftovers(folder, pages)];
}

/** Pages of groups that this table has, for rules that it no longer has. */
function findLeftovers(folder: string, pages: ReadonlyMap<string, string>): string[] {
  const groups = new Set(ruleCodes.map((code) => code.split("/")[0]));
  return readdirSync(folder).filter((name) => {
    const code = name.replace(/\.md$/, "").replace("--", "/");
    return groups.has(code.split("/")[0]) && code.includes("/") && !isRuleCode(code) && !pages.has(name);
  });
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
      process.stderr.write(`docs/diagnostics/${name} is not in step with the table of rules\n`);
    process.exitCode = stale.length > 0 ? 1 : 0;
  } else writePages(folder);
}
