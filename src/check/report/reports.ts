import type { Finding } from "./finding.ts";
import { reportGithub } from "./github.ts";
import { reportHuman } from "./human.ts";
import { reportJunit } from "./junit.ts";
import { printableJson } from "./printable.ts";
import { reportSarif } from "./sarif.ts";
import { reportTap } from "./tap.ts";

/** Takes findings, and the text of every file that was checked by its name. */
export type Report = (diagnostics: readonly Finding[], sources: ReadonlyMap<string, string>) => string;

export const reports = {
  human: reportHuman,
  json: reportJson,
  sarif: reportSarif,
  github: reportGithub,
  junit: reportJunit,
  tap: reportTap,
} as const satisfies Record<string, Report>;

export type ReportFormat = keyof typeof reports;

export function isReportFormat(word: string): word is ReportFormat {
  return Object.hasOwn(reports, word);
}

/** One object; members have a fixed order, absent ones are left out. */
export function reportJson(diagnostics: readonly Finding[]): string {
  const plain = diagnostics.map(({ code, severity, file, line, column, message, hint, document }) => ({
    code,
    severity,
    file,
    line,
    column,
    message,
    hint,
    document,
  }));
  return `${printableJson({ diagnostics: plain }, 2)}\n`;
}
