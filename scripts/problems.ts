// Writes docs/diagnostics/ from what src/ defines with `defineProblem` and `defineRule`: a page for each problem, a
// list of them, and problems.json, which `explain`, SARIF and the configuration of `check` read.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { explainProblem } from "../src/check/explain.ts";
import { definedProblems, type Problem } from "../src/model/problem.ts";

const root = resolve(fileURLToPath(import.meta.url), "../..");
const folder = join(root, "docs/diagnostics");

/** Every problem of src/, by code. */
export async function collectProblems(): Promise<Problem[]> {
  const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  for (const file of files) {
    const path = join(root, "src", file);
    if (/\bdefine(Problem|Rule)\(/.test(readFileSync(path, "utf8"))) await import(pathToFileURL(path).href);
  }
  return [...definedProblems().values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

function nameOfPage({ code }: Problem): string {
  return `${code.replace("/", "--")}.md`;
}

/** The files of docs/diagnostics/ by name. */
async function renderFiles(): Promise<Map<string, string>> {
  const problems = await collectProblems();
  const plain = problems.map(({ code, severity, title, many, why, fix, spec }) => ({
    code,
    severity,
    title,
    many,
    why,
    fix,
    spec,
  }));
  return new Map([
    ...problems.map((problem) => [nameOfPage(problem), explainProblem(problem)] as const),
    ["rules.md", renderList(problems)],
    ["problems.json", `${JSON.stringify(plain, null, 2)}\n`],
  ]);
}

function renderList(problems: readonly Problem[]): string {
  const groups = new Set(problems.map(({ code }) => code.slice(0, code.indexOf("/"))));
  const sections = [...groups].map((group) => {
    const rows = problems
      .filter(({ code }) => code.startsWith(`${group}/`))
      .map((one) => `- [${one.code}](${nameOfPage(one)}): ${one.title} (${one.severity})\n`);
    return `## ${group}\n\n${rows.join("")}`;
  });
  return `# What feedwright says about posts and documents\n\nMade from the code by \`npm run problems\`. \`feedwright explain CODE\` prints a page.\n\n${sections.join("\n")}`;
}

/** Names of the files that are not what the code says. */
export async function findStaleFiles(): Promise<string[]> {
  const files = await renderFiles();
  const stale = [...files].filter(([name, text]) => readFile(name) !== text).map(([name]) => name);
  return [...stale, ...readdirSync(folder).filter((name) => !files.has(name))];
}

function readFile(name: string): string | undefined {
  try {
    return readFileSync(join(folder, name), "utf8");
  } catch {
    return undefined;
  }
}

async function writeFiles(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const files = await renderFiles();
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
  for (const name of readdirSync(folder)) if (!files.has(name)) rmSync(join(folder, name));
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  await writeFiles();
