// Markdown sections of measured scenarios, kept as files until all of them exist.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Row } from "./measure-scenario.ts";
import type { Median, Scenario } from "./scenarios.ts";
import { findMedian, writeFigure, writeTable } from "./table.ts";

interface Kept {
  readonly size: number;
  readonly rows: readonly Row[];
}

/** Keeps the rows of one run; a rerun replaces them. */
export function keepRows(folder: string, scenario: Scenario, size: number, rows: readonly Row[]): void {
  mkdirSync(folder, { recursive: true });
  const kept: Kept = { size, rows };
  writeFileSync(join(folder, `${scenario.key}-${size}.json`), JSON.stringify(kept));
}

/** Every size of a scenario that has been measured. */
export function describeAll(folder: string, scenario: Scenario): string {
  if (!existsSync(folder)) return "";
  return readdirSync(folder)
    .filter(
      (name) =>
        name.startsWith(`${scenario.key}-`) && /^\d+\.json$/.test(name.slice(scenario.key.length + 1)),
    )
    .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Kept)
    .sort((a, b) => a.size - b.size)
    .map(({ size, rows }) => describeRows(scenario, size, rows))
    .join("\n\n");
}

/** One table: medians, the spread of the wall time, and ratios against the reference. */
export function describeRows(scenario: Scenario, size: number, rows: readonly Row[]): string {
  const median: Median = (label, figure = "wall") =>
    findMedian(rows.find((row) => row.label === label)?.runs.map((run) => run[figure]) ?? []);
  const heading = scenario.key === "start" ? [] : [`**${size.toLocaleString("en")} posts**`, ""];
  const cells = rows.map((row) => describeRow(row, median, scenario.reference));
  const head = [
    "program",
    "wall s",
    "least–most",
    "CPU s",
    "peak MB",
    "wall ×",
    "memory ×",
    "runs",
    "entries",
  ];
  return [...heading, writeTable(head, cells), ...describeTargets(scenario, size, median)].join("\n");
}

function describeRow(row: Row, median: Median, reference: string): string[] {
  if (row.failed !== undefined) return [row.label, row.failed.replaceAll("|", "\\|"), ...Array(7).fill("")];
  const walls = row.runs.map(({ wall }) => wall);
  return [
    row.label,
    writeFigure(median(row.label)),
    `${writeFigure(Math.min(...walls))}–${writeFigure(Math.max(...walls))}`,
    writeFigure(findMedian(row.runs.map(({ cpu }) => cpu))),
    writeFigure(median(row.label, "memory")),
    writeFigure(median(row.label) / median(reference)),
    writeFigure(median(row.label, "memory") / median(reference, "memory")),
    String(row.runs.length),
    row.documents === undefined
      ? ""
      : `${row.entries} in ${row.documents} feed${row.documents === 1 ? "" : "s"}`,
  ];
}

function describeTargets(scenario: Scenario, size: number, median: Median): string[] {
  const lines = scenario.targets.flatMap(({ text, value, limit }) => {
    const most = limit(size);
    const found = value(median);
    if (most === undefined || !Number.isFinite(found)) return [];
    return [
      `- ${text}: ${writeFigure(found)}, target at most ${most}: ${found <= most ? "met" : "**missed**"}`,
    ];
  });
  return lines.length === 0 ? [] : ["", ...lines];
}
