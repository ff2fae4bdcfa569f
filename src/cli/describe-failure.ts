import { printable } from "../check/report/printable.ts";
import type { Diagnostic } from "../model/diagnostic.ts";

/** What a failure names, each with its place and what to write, and what to do. */
export function describeCauses({
  diagnostics,
  hint,
}: {
  readonly diagnostics: readonly Diagnostic[];
  readonly hint?: string;
}): string[] {
  const causes = diagnostics.flatMap(({ file, line, column, message, hint: fix }) => [
    `  ${[file, line, column].filter((part) => part !== undefined).join(":")}  ${message}`,
    ...(fix === undefined ? [] : [`    ${fix}`]),
  ]);
  return [...causes, ...(hint === undefined ? [] : [`  ${hint}`])].map(printable);
}
