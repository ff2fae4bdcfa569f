import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const document = fileURLToPath(new URL("../../docs/performance.md", import.meta.url));

/** The first column is text, the others are figures. */
export function writeTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? "---" : "---:"))), ...rows.map(line)].join(
    "\n",
  );
}

/** Puts `text` between `<!-- bench:KEY -->` and `<!-- /bench:KEY -->` of docs/performance.md. */
export function putIntoDocument(key: string, text: string): void {
  const source = readFileSync(document, "utf8");
  const [open, close] = [`<!-- bench:${key} -->`, `<!-- /bench:${key} -->`];
  const from = source.indexOf(open);
  const to = source.indexOf(close);
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no markers ${open} and ${close}`);
  writeFileSync(document, `${source.slice(0, from + open.length)}\n${text}\n${source.slice(to)}`);
}

export function findMedian(values: readonly number[]): number {
  return findQuantile(values, 0.5);
}

/** Nearest rank; the mean of the middle two for the median of an even count. NaN of nothing. */
export function findQuantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  if (share === 0.5 && sorted.length % 2 === 0)
    return ((sorted[sorted.length / 2 - 1] as number) + (sorted[sorted.length / 2] as number)) / 2;
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
}

/** Three significant digits; a dash for what was not measured. */
export function writeFigure(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return value.toPrecision(3);
}
