// Workflow commands, which GitHub Actions shows beside the lines they are about.
import type { Diagnostic, Severity } from "../../model/diagnostic.ts";
import { printable } from "./printable.ts";

const commands: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", hint: "notice" };

/** One command for each diagnostic, escaped so that no text of a feed can begin a command. */
export function reportGithub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(command).join("");
}

function command({ code, severity, file, line, column, message, hint }: Diagnostic): string {
  const properties = [
    `file=${property(file)}`,
    ...(line === undefined ? [] : [`line=${line}`]),
    ...(column === undefined ? [] : [`col=${column}`]),
    `title=${property(code)}`,
  ];
  const text = hint === undefined ? message : `${message} ${hint}`;
  return `::${commands[severity]} ${properties.join(",")}::${data(text)}\n`;
}

function data(text: string): string {
  return printable(text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A"));
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
