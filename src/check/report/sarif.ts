// SARIF 2.1.0, for code scanning.
import type { Diagnostic, Severity } from "../../model/diagnostic.ts";
import { findProblem } from "../explain.ts";
import { printableJson } from "./printable.ts";

const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", hint: "note" };

/** One run, with the words of every problem that was found. */
export function reportSarif(diagnostics: readonly Diagnostic[]): string {
  const ids = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "feedwright", rules: ids.map(describeRule) } },
        results: diagnostics.map((diagnostic) => describeResult(diagnostic, ids)),
        columnKind: "utf16CodeUnits",
      },
    ],
  };
  return `${printableJson(log, 2)}\n`;
}

function describeRule(id: string) {
  const problem = findProblem(id);
  if (problem === undefined) return { id };
  const { title, why, fix, spec, severity } = problem;
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: fix },
    ...(spec && { helpUri: spec }),
    defaultConfiguration: { level: levels[severity] },
  };
}

function describeResult(
  { code, severity, file, line, column, message, hint }: Diagnostic,
  ids: readonly string[],
) {
  const region = line === undefined ? undefined : { startLine: line, startColumn: column ?? 1 };
  return {
    ruleId: code,
    ruleIndex: ids.indexOf(code),
    level: levels[severity],
    message: { text: hint === undefined ? message : `${message} ${hint}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file.toWellFormed()) },
          ...(region && { region }),
        },
      },
    ],
  };
}
