import type { Diagnostic, Severity } from "../../model/diagnostic.ts";
import { findProblem } from "../explain.ts";
import type { Finding } from "./finding.ts";

/** Files in the order of the alphabet, their findings in the order of the text. */
export function byFile<One extends Diagnostic>(diagnostics: readonly One[]): [string, One[]][] {
  const groups = new Map<string, One[]>();
  for (const diagnostic of diagnostics) {
    const group = groups.get(diagnostic.file);
    if (group) group.push(diagnostic);
    else groups.set(diagnostic.file, [diagnostic]);
  }
  for (const group of groups.values()) {
    group.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Findings of one kind, which people read as one thing to do. */
export interface Block {
  readonly code: string;
  readonly severity: Severity;
  /** The message of the one finding, or a sentence about all of them. */
  readonly headline: string;
  /** In the order of the files, one of each file first, with what headline and hint do not say. */
  readonly examples: readonly { readonly finding: Finding; readonly message: string }[];
  readonly hint: string | undefined;
}

export const severities: readonly Severity[] = ["error", "warning", "hint"];

/** One block for each problem: errors first, then warnings and hints, what is found most often first. */
export function groupByProblem(findings: readonly Finding[]): Block[] {
  const groups = new Map<string, Finding[]>();
  for (const [, ofFile] of byFile(findings)) {
    for (const finding of ofFile) {
      const key = `${finding.severity} ${finding.code}`;
      const group = groups.get(key);
      if (group) group.push(finding);
      else groups.set(key, [finding]);
    }
  }
  const rank = (block: Block) => severities.indexOf(block.severity);
  return [...groups.values()]
    .map(makeBlock)
    .sort((a, b) => rank(a) - rank(b) || b.examples.length - a.examples.length);
}

function makeBlock(group: readonly Finding[]): Block {
  const [first] = group as [Finding];
  const { code, severity } = first;
  if (group.length === 1)
    return {
      code,
      severity,
      headline: first.message,
      examples: [{ finding: first, message: "" }],
      hint: first.hint,
    };
  const problem = findProblem(code);
  const isSame = problem?.many === undefined && group.every(({ message }) => message === first.message);
  const clause = isSame ? "" : findSharedClause(group);
  const sentence = isSame ? `${first.message} (${countTimes(group)})` : describeMany(group, clause);
  const isSameHint = group.every(({ hint }) => hint === first.hint);
  const tell = ({ message, hint = "" }: Finding) => {
    const own = isSame ? "" : withoutClause(message, clause);
    return isSameHint ? own : `${own} ${hint}`.trim();
  };
  const examples = oneOfEachFileFirst(group).map((finding) => ({ finding, message: tell(finding) }));
  return { code, severity, headline: sentence, examples, hint: isSameHint ? first.hint : undefined };
}

/** The problem's own sentence about many of its kind, or its title and how often. */
function describeMany(group: readonly Finding[], clause: string): string {
  const [{ code }] = group as [Finding];
  const problem = findProblem(code);
  const files = new Set(group.map(({ file }) => file)).size;
  const sentence =
    problem?.many
      ?.replace("{count}", String(group.length))
      .replace("{posts}", files === 1 ? "1 post" : `${files} posts`) ??
    `${problem?.title ?? code}: ${countTimes(group)}`;
  return clause === "" ? `${sentence}.` : `${sentence}; ${clause}`;
}

function countTimes(group: readonly Finding[]): string {
  const files = new Set(group.map(({ file }) => file)).size;
  if (files === group.length) return `in ${files} files`;
  return files === 1 ? `${group.length} times` : `${group.length} times in ${files} files`;
}

/** What all messages end with after a semicolon: what follows from the problem for each of them. */
function findSharedClause(group: readonly Finding[]): string {
  const [{ message }] = group as [Finding];
  const start = message.lastIndexOf("; ");
  if (start === -1) return "";
  const end = message.slice(start);
  return group.every((one) => one.message.endsWith(end)) ? end.slice(2) : "";
}

function withoutClause(message: string, clause: string): string {
  return clause === "" ? message : `${message.slice(0, -clause.length - 2)}.`;
}

function oneOfEachFileFirst(group: readonly Finding[]): Finding[] {
  const firsts = group.filter(({ file }, i) => file !== group[i - 1]?.file);
  return [...firsts, ...group.filter(({ file }, i) => file === group[i - 1]?.file)];
}

/** `1 error, 54 hints`; nothing where nothing was found. */
export function countBySeverity(findings: readonly Diagnostic[]): [Severity, string][] {
  return severities.flatMap((severity): [Severity, string][] => {
    const count = findings.filter((one) => one.severity === severity).length;
    return count === 0 ? [] : [[severity, `${count} ${severity}${count === 1 ? "" : "s"}`]];
  });
}
