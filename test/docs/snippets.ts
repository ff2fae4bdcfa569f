import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../support/program.ts";

export interface Snippet {
  /** Path of the document, such as `docs/cli.md`. */
  readonly document: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  /** First word of the info string, such as `sh`. */
  readonly language: string;
  /** The words after it, such as `exit=1`. CONTRIBUTING.md explains them. */
  readonly words: readonly string[];
  readonly code: string;
}

/** The documents that people read, sorted. */
export function listDocuments(): string[] {
  const docs = ["", "from/"].flatMap((folder) =>
    readdirSync(join(repositoryRoot, "docs", folder)).flatMap((name) =>
      name.endsWith(".md") ? [`${folder}${name}`] : [],
    ),
  );
  return ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", ...docs.map((name) => `docs/${name}`)].sort();
}

export function readDocument(path: string): string {
  return readFileSync(join(repositoryRoot, path), "utf8");
}

/** Every fenced snippet of a document, in order. A fence inside a longer fence is text. */
export function readSnippets(document: string): Snippet[] {
  const snippets: Snippet[] = [];
  let open: { fence: string; line: number; info: string[]; code: string[] } | undefined;
  for (const [index, line] of readDocument(document).split("\n").entries()) {
    const fence = /^(`{3,})(.*)$/.exec(line);
    if (open === undefined) {
      const [, marks, info] = fence ?? [];
      if (marks !== undefined && info !== undefined)
        open = { fence: marks, line: index + 1, info: info.trim().split(/\s+/), code: [] };
    } else if (fence?.[1] === open.fence && fence[2] === "") {
      const [language = "", ...words] = open.info;
      snippets.push({ document, line: open.line, language, words, code: `${open.code.join("\n")}\n` });
      open = undefined;
    } else open.code.push(line);
  }
  if (open !== undefined) throw new Error(`${document}:${open.line}: the fence never ends`);
  return snippets;
}

/** The value of a word such as `exit=1`. */
export function wordOf(snippet: Snippet, name: string): string | undefined {
  return snippet.words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** The place of a snippet, for messages and names of tests. */
export function placeOf({ document, line }: Snippet): string {
  return `${document}:${line}`;
}

/** All snippets of all documents. */
export function allSnippets(): Snippet[] {
  return listDocuments().flatMap(readSnippets);
}

/** The cells of every table row in a part of a document, without the heads. */
export function readRows(markdown: string): string[][] {
  const rows = markdown.split("\n").filter((line) => line.startsWith("|"));
  return rows
    .map((line) =>
      line
        .replaceAll("\\|", "\u0000")
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll("\u0000", "|")),
    )
    .filter((cells, index, all) => !isRule(cells) && !isRule(all[index + 1] ?? []));
}

function isRule(cells: readonly string[]): boolean {
  return cells.length > 0 && cells.every((cell) => /^:?-{2,}:?$/.test(cell));
}

/** The text below a heading, up to the next one of its level or above. */
export function readSection(markdown: string, heading: string): string {
  const lines = markdown.split("\n");
  const start = lines.indexOf(heading);
  if (start < 0) throw new Error(`There is no heading ${heading}`);
  const level = heading.indexOf(" ");
  const length = lines
    .slice(start + 1)
    .findIndex((line) => /^#{1,6} /.test(line) && line.indexOf(" ") <= level);
  return lines.slice(start + 1, length < 0 ? undefined : start + 1 + length).join("\n");
}

/** The texts in backticks in a cell. */
export function codesIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");
}
