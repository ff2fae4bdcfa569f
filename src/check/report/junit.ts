// JUnit XML: a suite for each file, a case for each finding.
import type { Diagnostic } from "../../model/diagnostic.ts";
import { byFile } from "./grouping.ts";
import { printable } from "./printable.ts";

/** Errors are failures; warnings and hints are cases that passed with output. Files without findings pass. */
export function reportJunit(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string> = new Map(),
): string {
  const groups = new Map(byFile(diagnostics));
  const files = [...new Set([...groups.keys(), ...sources.keys()])].sort();
  const failures = diagnostics.filter(({ severity }) => severity === "error").length;
  const suites = files.map((file) => suite(file, groups.get(file) ?? []));
  const tests = files.reduce((sum, file) => sum + Math.max(1, groups.get(file)?.length ?? 0), 0);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="feedwright" tests="${tests}" failures="${failures}">\n${suites.join("")}</testsuites>\n`;
}

function suite(file: string, found: readonly Diagnostic[]): string {
  const failures = found.filter(({ severity }) => severity === "error").length;
  const cases =
    found.length === 0
      ? [`    <testcase name="check" classname="${escapeXml(file)}"/>\n`]
      : found.map((one) => testCase(file, one));
  return `  <testsuite name="${escapeXml(file)}" tests="${cases.length}" failures="${failures}">\n${cases.join("")}  </testsuite>\n`;
}

function testCase(file: string, { code, severity, line, column, message, hint }: Diagnostic): string {
  const place = line === undefined ? "" : ` ${line}:${column ?? 1}`;
  const text = escapeXml(`${message}${hint === undefined ? "" : `\n${hint}`}`);
  const body =
    severity === "error"
      ? `<failure type="${escapeXml(code)}" message="${escapeXml(message)}">${text}</failure>`
      : `<system-out>${severity}: ${text}</system-out>`;
  return `    <testcase name="${escapeXml(code)}${place}" classname="${escapeXml(file)}">${body}</testcase>\n`;
}

const references: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
};

function escapeXml(text: string): string {
  return text
    .split("\n")
    .map(printable)
    .join("\n")
    .replaceAll(/[\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd")
    .replaceAll(/[&<>"\n]/g, (character) => references[character] ?? character);
}
