import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import pc from "picocolors";
import type { Finding } from "../check/report/finding.ts";
import { reportHuman, type SourceTexts } from "../check/report/human.ts";

/** Lines of a screen, where the output is no terminal: as many as a small terminal has. */
const usualRows = 24;

export interface ScreenOptions {
  /** Folder from which files are named. */
  readonly root: string;
  /** Texts that are not on disk. */
  readonly sources?: SourceTexts;
  /** Where it is printed. */
  readonly stream: NodeJS.WriteStream;
  /** Lines that something else takes up on the same screen. */
  readonly taken?: number;
  /** Columns that something else takes up in front of each line. */
  readonly indent?: number;
  readonly all?: boolean | undefined;
  /** Show errors alone. */
  readonly quiet?: boolean | undefined;
  /** Warnings are errors. */
  readonly strict?: boolean | undefined;
}

/**
 * What was found, as `build`, `check` and `watch` show it to people: at most a screen of it, and the counts at its end.
 * Nothing where nothing was found that is to be shown.
 */
export function describeFindings(findings: readonly Finding[], options: ScreenOptions): string {
  const { root, sources, stream, taken = 0, indent = 0, all, quiet, strict } = options;
  const treated = strict ? findings.map(asError) : findings;
  const text = reportHuman(treated, new FileTexts(root, sources), {
    color: pc.isColorSupported,
    // The line that the cursor is on after the last one counts.
    rows: (stream.rows ?? usualRows) - 1 - taken,
    ...(stream.isTTY && { columns: (stream.columns ?? 80) - indent }),
    all: all === true,
    errorsOnly: quiet === true,
  });
  return text.trimEnd();
}

function asError(finding: Finding): Finding {
  return finding.severity === "warning" ? { ...finding, severity: "error" } : finding;
}

/** Reads the files that are shown, and no others. A file that cannot be read is shown without its lines. */
class FileTexts implements SourceTexts {
  readonly #root: string;
  readonly #known: SourceTexts | undefined;
  readonly #read = new Map<string, string | undefined>();

  constructor(root: string, known: SourceTexts | undefined) {
    this.#root = root;
    this.#known = known;
  }

  get(file: string): string | undefined {
    const known = this.#known?.get(file);
    if (known !== undefined) return known;
    if (!this.#read.has(file)) this.#read.set(file, readText(resolve(this.#root, file)));
    return this.#read.get(file);
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
