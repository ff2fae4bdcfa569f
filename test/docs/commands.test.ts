import { describe, expect, test } from "vitest";
import { copySampleSite, openShell, type Shell } from "./shell.ts";
import { allSnippets, listDocuments, placeOf, readSnippets, type Snippet, wordOf } from "./snippets.ts";

const isShell = ({ language }: Snippet): boolean => ["sh", "bash", "shell", "console"].includes(language);
const isOutput = ({ words }: Snippet): boolean => words.includes("output");

/** Documents about work on other machines, with the reason why their commands are not run. */
const elsewhere: Readonly<Record<string, string>> = {
  "docs/performance.md": "it installs other programs and measures them for an hour",
};
const isRun = (snippet: Snippet): boolean =>
  isShell(snippet) && !snippet.words.includes("no-run") && elsewhere[snippet.document] === undefined;

describe.each(listDocuments().filter((path) => readSnippets(path).some(isRun)))("%s", (document) => {
  test("every command runs and prints what the document says", () => {
    let shell = openShell();
    copySampleSite(shell.folder);
    let said = "";
    for (const snippet of readSnippets(document)) {
      if (isRun(snippet)) {
        if (snippet.words.includes("empty") || snippet.words.includes("sample")) shell = openShell();
        if (snippet.words.includes("sample")) copySampleSite(shell.folder);
        said = runSnippet(snippet, shell);
      } else if (isOutput(snippet)) compareOutput(snippet, said);
    }
  });
});

function runSnippet(snippet: Snippet, shell: Shell): string {
  const { status, stdout, stderr } = shell.run(snippet.code);
  const wanted = Number(wordOf(snippet, "exit") ?? 0);
  expect(status, `${placeOf(snippet)}\n${snippet.code}${stdout}${stderr}`).toBe(wanted);
  return snippet.words.includes("problems") ? stderr : stdout;
}

function compareOutput(snippet: Snippet, said: string): void {
  if (snippet.language === "json") {
    const mask = (text: string): unknown =>
      JSON.parse(text, (key, value) => (key === "ms" ? undefined : value));
    expect(mask(said), placeOf(snippet)).toEqual(mask(snippet.code));
    return;
  }
  const mask = (text: string): string => text.replace(/\d+ (ms|written|unchanged)/g, "… $1").trim();
  expect(mask(said), placeOf(snippet)).toBe(mask(snippet.code));
}

test("a snippet that is not run says why", () => {
  const snippets = allSnippets().filter(isShell);
  const idle = snippets.filter(({ words }) => words.includes("no-run"));
  for (const snippet of idle)
    expect(snippet.words.indexOf("no-run"), `${placeOf(snippet)}: sh no-run <why>`).toBeLessThan(
      snippet.words.length - 1,
    );
  expect(idle.length).toBeLessThan(snippets.length / 2);
});

test("the README's two lines are those of package.json and of .ci/run", () => {
  const lines = readSnippets("README.md").filter(isShell);
  expect(lines.map(({ code }) => code).join("")).toContain("npm install && npm start\n");
  expect(lines.map(({ code }) => code).join("")).toContain("npm install && npm test\n");
});
