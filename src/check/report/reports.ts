import type { Finding } from "./finding.ts";
import { reportGithub } from "./github.ts";
import { reportHuman } from "./human.ts";
import { reportJunit } from "./junit.ts";
import { reportSarif } from "./sarif.ts";
import { reportTap } from "./tap.ts";

/** Diagnostics, and the texts they are about by file name; every file that was looked at is named there. */
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

/** Whether a word names a format. */
export function isReportFormat(word: string): word is ReportFormat {
  return Object.hasOwn(reports, word);
}

/** Members stand in one order; absent ones are left out. */
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
  return `${JSON.stringify({ diagnostics: plain }, null, 2)}\n`;
}
