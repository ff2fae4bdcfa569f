import { type CheckedInputs, checkInputs, type InputOptions } from "../../check/check-inputs.ts";
import { describeComparison } from "../../check/compare/compare-documents.ts";
import { compareInputs } from "../../check/compare/compare-inputs.ts";
import type { FeedEntry } from "../../check/compare/read-entries.ts";
import type { Finding } from "../../check/report/finding.ts";
import { printable } from "../../check/report/printable.ts";
import { isReportFormat, type Report, type ReportFormat, reports } from "../../check/report/reports.ts";
import { applySettings } from "../../check/report/settings.ts";
import { shownPath } from "../../config/resolve-config.ts";
import { type CheckConfig, type CheckProfile, type Config, checkProfiles } from "../../model/config.ts";
import { Failure } from "../../model/failure.ts";
import { loadFlaggedConfig, readInstant, type SiteFlags } from "../flags.ts";
import { print, printJson } from "../print.ts";
import { describeFindings, type ScreenOptions } from "../report-findings.ts";
import { catchSignals } from "../signals.ts";

interface CheckFlags extends SiteFlags {
  readonly format?: string;
  /** Names with commas between. */
  readonly profile?: string;
  readonly compare?: string;
  readonly all?: boolean;
  readonly quiet?: boolean;
}

const noSettings: CheckConfig = { severity: {}, ignore: [], profiles: [] };

/** Checks a site, or the files, folders and addresses named. Exit code 0 or, with an error among the findings, 1. */
export async function runCheck(inputs: readonly string[], flags: CheckFlags): Promise<number> {
  const format = readFormat(flags);
  const wanted = readProfiles(flags.profile);
  const config = await loadConfigIfAny(inputs, flags);
  const settings = config?.check ?? noSettings;
  const signals = catchSignals();
  const context = {
    now: readInstant(flags.now),
    profile: [...new Set([...settings.profiles, ...wanted])],
    ...(flags.drafts && { drafts: true }),
    ...(flags.allowPrivate && { allowPrivate: true }),
    ...(config && { config }),
    root: config?.root ?? process.cwd(),
    signal: signals.signal,
    readStdin,
  };
  try {
    if (flags.compare !== undefined) return await runCompare(flags, inputs, format, context);
    const checked = await checkInputs(inputs, context);
    const findings = applySettings(checked.findings, settings, {
      configFile: config ? shownPath(config) : "command line",
      looked: checked.looked,
    });
    if (format === "human") showForPeople(findings, flags, { root: context.root, sources: checked.sources });
    else showForPrograms(findings, checked, format);
    return hasFailed(findings, flags.strict === true) ? 1 : 0;
  } finally {
    signals.release();
  }
}

async function runCompare(
  flags: CheckFlags,
  inputs: readonly string[],
  format: ReportFormat,
  options: InputOptions,
): Promise<number> {
  const { comparison, findings, fileOf } = await compareInputs(flags.compare ?? "", inputs, options);
  const title = (entry: FeedEntry) => entry.title || entry.url || entry.id;
  const name = (entry: FeedEntry) =>
    [title(entry), fileOf(entry)].filter((part) => part !== undefined).join("  ");
  const toJson = (entry: FeedEntry) => ({
    id: entry.id,
    title: entry.title,
    url: entry.url,
    file: fileOf(entry),
  });
  if (format === "json") {
    const { added, edited, gone, reappearing } = comparison;
    const shown = {
      added: added.map(toJson),
      edited: edited.map(({ after }) => toJson(after)),
      gone: gone.map(toJson),
      reappearing: reappearing.map(({ before, after }) => ({ ...toJson(after), before: before.id })),
    };
    printJson({ comparison: shown, diagnostics: findings });
  } else if (format === "human") {
    const lines = describeComparison(comparison, name).trimEnd().split("\n").map(printable);
    if (findings.length > 0) showForPeople(findings, flags, { root: options.root, taken: lines.length });
    print(lines.join("\n"));
  } else {
    const report: Report = reports[format];
    print(report(findings, new Map()).trimEnd());
  }
  return hasFailed(findings, false) ? 1 : 0;
}

function showForPeople(
  findings: readonly Finding[],
  { all, quiet, strict }: CheckFlags,
  place: Pick<ScreenOptions, "root" | "sources" | "taken">,
): void {
  const text = describeFindings(findings, { ...place, stream: process.stdout, all, quiet, strict });
  if (text !== "") print(text);
}

function showForPrograms(findings: readonly Finding[], checked: CheckedInputs, format: ReportFormat): void {
  const report: Report = reports[format];
  print(report(findings, checked.sources).trimEnd());
}

function hasFailed(findings: readonly Finding[], strict: boolean): boolean {
  return findings.some(({ severity }) => severity === "error" || (strict && severity === "warning"));
}

/** Files and addresses can be checked without a configuration. */
async function loadConfigIfAny(inputs: readonly string[], flags: CheckFlags): Promise<Config | undefined> {
  try {
    return await loadFlaggedConfig(flags);
  } catch (error) {
    const isOptional = inputs.length > 0 && flags.config === undefined;
    if (isOptional && error instanceof Failure && error.code === "config-missing") return undefined;
    throw error;
  }
}

function readFormat({ format, json }: CheckFlags): ReportFormat {
  const word = json ? "json" : (format ?? "human");
  if (isReportFormat(word)) return word;
  throw new Failure("usage", `--format ${word} is not known.`, {
    hint: `Write one of ${Object.keys(reports).join(", ")}.`,
  });
}

function readProfiles(list: string | undefined): CheckProfile[] {
  return (list?.split(",") ?? []).map((word) => {
    const found = checkProfiles.find((name) => name === word.trim());
    if (found !== undefined) return found;
    throw new Failure("usage", `--profile ${word} is not known.`, {
      hint: `Write one of ${checkProfiles.join(", ")}; several with commas between.`,
    });
  });
}

async function readStdin(): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
