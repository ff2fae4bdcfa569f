import pc from "picocolors";
import type { Diagnostic, Severity } from "../../model/diagnostic.ts";
import type { Finding } from "./finding.ts";
import { type Block, countBySeverity, groupByProblem } from "./grouping.ts";
import { printable } from "./printable.ts";
import { columnsOf, cutTo, wrap } from "./text-width.ts";

/** Longer lines are shown around the column only. */
const excerptWidth = 100;
/** Examples of one block. */
const mostExamples = 3;
/** Places of errors that are named beyond the examples. */
const mostPlaces = 40;

export interface HumanOptions {
  readonly color?: boolean;
  /** Lines that may be filled. Default: as many as it takes to show everything. */
  readonly rows?: number;
  /** Columns of the terminal; without it, lines are not wrapped. */
  readonly columns?: number;
  /** Show every finding, with its line. */
  readonly all?: boolean;
  /** Show errors alone, and no count. */
  readonly errorsOnly?: boolean;
}

/** Gives the text of a file by its name. */
export interface SourceTexts {
  get(file: string): string | undefined;
}

type Palette = ReturnType<typeof pc.createColors>;

/**
 * Shows what was found as people fix it: errors first, findings of one kind as one block with examples and their
 * places. Ends with the counts. With `rows`, hints give way to warnings, and these to errors.
 */
export function reportHuman(
  findings: readonly Finding[],
  sources: SourceTexts = new Map(),
  options: HumanOptions = {},
): string {
  const { errorsOnly, rows, all } = options;
  const screen = new Screen(sources, options);
  const shown = errorsOnly ? findings.filter(({ severity }) => severity === "error") : findings;
  const blocks = groupByProblem(shown);
  const room = all || rows === undefined ? Number.POSITIVE_INFINITY : Math.max(6, rows) - 1;
  const { lines, isComplete } = screen.draw(blocks, room);
  if (!errorsOnly) {
    const counts = screen.describeCounts(shown);
    lines.push(isComplete ? counts : `${counts} (--all shows each one)`);
  }
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

class Screen {
  readonly #sources: SourceTexts;
  readonly #options: HumanOptions;
  readonly #colors: Palette;

  constructor(sources: SourceTexts, options: HumanOptions) {
    this.#sources = sources;
    this.#options = options;
    this.#colors = pc.createColors(options.color ?? false);
  }

  /** Each block in the fullest form for which there is room, when those after it have their headlines at least. */
  draw(blocks: readonly Block[], room: number): { lines: string[]; isComplete: boolean } {
    const lines: string[] = [];
    let isComplete = true;
    const all = blocks.map((block) => this.#forms(block));
    // An error without its place cannot be fixed; of the rest, the headline is enough.
    const least = all.map((forms, i) => (forms.at(blocks[i]?.severity === "error" ? -2 : -1) ?? []).length);
    for (const [i, block] of blocks.entries()) {
      const later = least.slice(i + 1).reduce((sum, length) => sum + length, 0);
      // Of very many kinds, the first are shown so that they can be fixed.
      const needed = Math.min(later, Math.floor(room / 2));
      const left = room - lines.length;
      const forms = all[i] ?? [];
      const form = forms.findIndex((one) => one.length <= left - needed);
      const chosen = forms[form === -1 ? forms.length - 1 : form] ?? [];
      if (chosen.length > left - (i < blocks.length - 1 ? 1 : 0)) {
        lines.push(`… and ${blocks.length - i} more kinds of findings`);
        return { lines, isComplete: false };
      }
      lines.push(...chosen);
      if (form !== 0 || (!this.#options.all && block.examples.length > mostExamples)) isComplete = false;
    }
    if (lines.length > 0 && lines.at(-1) !== "" && room > lines.length) lines.push("");
    return { lines, isComplete };
  }

  describeCounts(findings: readonly Diagnostic[]): string {
    const counts = countBySeverity(findings).map(([severity, text]) => this.#paint(text, severity));
    return counts.length === 0 ? "Nothing found." : counts.join(", ");
  }

  /** The ways to draw a block, the fullest first. */
  #forms(block: Block): string[][] {
    const few = block.examples.length <= mostExamples;
    const most = this.#options.all ? block.examples.length : mostExamples;
    const withLines = few || this.#options.all ? [this.#drawBlock(block, most, true)] : [];
    return [
      ...withLines,
      this.#drawBlock(block, most, false),
      this.#drawBlock(block, 1, false),
      this.#drawHead(block),
    ];
  }

  #drawHead({ severity, headline, code }: Block): string[] {
    const first = `${this.#paint(severity, severity)}  ${printable(headline)}`;
    return this.#wrap(`${first}  ${this.#colors.dim(code)}`, 2);
  }

  #drawBlock(block: Block, count: number, withLines: boolean): string[] {
    const out = this.#drawHead(block);
    for (const { finding, message } of block.examples.slice(0, count)) {
      const { document } = finding;
      const place = this.#colors.bold(placeOf(finding));
      const origin = document ? this.#colors.dim(`in ${placeOf(document)}`) : "";
      const parts = [place, printable(message), origin].filter((part) => part !== "");
      out.push(...this.#wrap(`  ${parts.join("  ")}`, 4));
      if (withLines) out.push(...this.#drawExcerpt(finding));
    }
    out.push(...this.#drawRest(block, count));
    if (block.hint !== undefined) out.push(...this.#wrap(`  ${printable(block.hint)}`, 2));
    return [...out, ""];
  }

  /** Where errors beyond the examples are: each has to be found. */
  #drawRest({ examples, severity }: Block, count: number): string[] {
    const rest = examples.slice(count);
    if (rest.length === 0) return [];
    const more = `  … and ${rest.length} more`;
    if (severity !== "error" || count < mostExamples) return [more];
    const places = rest.slice(0, mostPlaces).map(({ finding }) => placeOf(finding));
    const end = rest.length > mostPlaces ? ", …" : "";
    return this.#wrap(`${more}: ${places.join(", ")}${end}`, 4);
  }

  #drawExcerpt({ file, line, column = 1 }: Finding): string[] {
    if (line === undefined) return [];
    const source = this.#sources.get(file)?.split(/\r\n|\r|\n/)[line - 1];
    if (source === undefined || isFence(source)) return [];
    const gutter = `    ${line} | `;
    const width = Math.min(excerptWidth, (this.#options.columns ?? excerptWidth) - gutter.length);
    const start = column > width - 20 ? Math.max(0, column - Math.ceil(width / 2)) : 0;
    const shown = cutTo(printable(source.slice(start, start + width)), width);
    const before = shown.slice(0, Math.max(0, column - 1 - start));
    const caret = " ".repeat(gutter.length + columnsOf(before));
    return [this.#colors.dim(gutter) + shown, `${caret}${this.#colors.bold("^")}`];
  }

  #wrap(line: string, indent: number): string[] {
    const { columns } = this.#options;
    return columns === undefined ? [line] : wrap(line, columns, indent);
  }

  #paint(text: string, severity: Severity): string {
    const { red, yellow, cyan } = this.#colors;
    return { error: red, warning: yellow, hint: cyan }[severity](text);
  }
}

/** Findings about a post as a whole are at its first line, which says nothing. */
function isFence(line: string): boolean {
  return /^(?:---|\+\+\+|;;;)\s*$/.test(line);
}

function placeOf({ file, line, column }: Pick<Diagnostic, "file" | "line" | "column">): string {
  return [printable(file), line, column].filter((part) => part !== undefined).join(":");
}
