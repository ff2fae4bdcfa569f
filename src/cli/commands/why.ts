import { relative } from "node:path";
import pc from "picocolors";
import { printable } from "../../check/report/printable.ts";
import type { FieldTrace, WrittenKey } from "../../posts/fields/trace-post.ts";
import { type Explanation, explainPath } from "../explain-post.ts";
import { loadFlaggedConfig, readInstant, type SiteFlags } from "../flags.ts";
import { note, print, printJson } from "../print.ts";
import { describeFindings } from "../report-findings.ts";

/** Documents that are named; a post with many tags is in many more. */
const mostDocuments = 3;

/** Explains one path. Exit code 0 when the feeds show it as it is, 1 when they do not. */
export async function runWhy(path: string, flags: SiteFlags): Promise<number> {
  const config = await loadFlaggedConfig(flags);
  const explained = await explainPath(path, config, {
    now: readInstant(flags.now),
    drafts: flags.drafts === true,
  });
  if (flags.json) printJson(explained);
  else {
    const out = relative(process.cwd(), config.out) || ".";
    print(describe(path, explained, out).join("\n"));
    const { diagnostics } = explained;
    if (diagnostics.length > 0)
      note(describeFindings(diagnostics, { root: config.root, stream: process.stderr, all: true }));
  }
  return explained.standing === "published" ? 0 : 1;
}

function describe(path: string, explained: Explanation, out: string): string[] {
  const { standing, reason, change, decidedBy, documents, id, url, fields } = explained;
  const isIn = standing === "published" ? pc.green("in the feeds") : pc.yellow("not in the feeds");
  const more = documents.length > mostDocuments ? ` and ${documents.length - mostDocuments} more` : "";
  const named = documents.slice(0, mostDocuments).map((one) => `${out}/${one}`);
  return [
    `${pc.bold(printable(path))} is ${isIn}: ${printable(reason)}.`,
    ...decidedBy.map(describeKey),
    ...(change === undefined ? [] : [`  ${printable(change)}`]),
    ...(named.length === 0 ? [] : [`  shown by ${printable(named.join(", "))}${more}`]),
    ...(id === undefined || url === undefined ? [] : [`  id   ${printable(id)}`, `  page ${printable(url)}`]),
    ...fields.map(describeTrace),
  ];
}

function describeKey({ key, written, line, column }: WrittenKey): string {
  return `  It says ${pc.bold(`${printable(key)}: ${shorten(written)}`)} (line ${line}:${column}).`;
}

function describeTrace({ field, key, written, line, column, defaultedFrom }: FieldTrace): string {
  const name = `  ${field.padEnd(13)}`;
  if (defaultedFrom !== undefined) return `${name}${pc.dim(`from ${printable(defaultedFrom)}`)}`;
  const place =
    line === undefined ? "" : pc.dim(` (${printable(key ?? field)}, line ${line}:${column ?? 1})`);
  return `${name}${shorten(written ?? "")}${place}`;
}

function shorten(written: string): string {
  return printable(written.replace(/\s+/g, " ").slice(0, 80));
}
