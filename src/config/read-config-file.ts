import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { defineConfig } from "../model/config.ts";
import type { Diagnostic, Position } from "../model/diagnostic.ts";
import { positionAt } from "../model/diagnostic.ts";
import { diagnose } from "../model/problem.ts";
import { unreadable } from "./config-problems.ts";
import { parseData } from "./find-key.ts";

/** The value and the text of a file, or why it cannot be read. */
type ReadResult =
  | { readonly value: unknown; readonly source: string }
  | { readonly diagnostics: readonly Diagnostic[] };

/** Reads a configuration file of any kind; `shown` is its path in messages. Throws what the file system throws. */
export async function readConfigFile(file: string, shown: string): Promise<ReadResult> {
  const source = (await readFile(file, "utf8")).replace(/^\ufeff/, "");
  if (/\.json$/i.test(file)) return readData(source, "json", shown);
  if (/\.ya?ml$/i.test(file)) return readData(source, "yaml", shown);
  try {
    const value = /\.m?ts$/i.test(file) ? await importTypeScript(file) : await importJavaScript(file);
    if (value !== undefined) return { value, source };
    return fail(shown, "The configuration has no default export", undefined, exportHint);
  } catch (error) {
    return describeThrown(await withPlace(error, file), file, shown);
  }
}

const exportHint = "Write export default defineConfig({ … }).";

function readData(source: string, kind: "json" | "yaml", shown: string): ReadResult {
  const plain = kind === "json" ? parsePlainJson(source) : undefined;
  if (plain !== undefined) return { value: plain.value, source };
  const document = parseData(source, kind);
  const diagnostics = document.errors.map((error) =>
    diagnose(unreadable, shown, `This is not ${kind.toUpperCase()}: ${firstLine(error.message)}`, {
      at: positionAt(source, error.pos[0]),
    }),
  );
  if (diagnostics.length > 0) return { diagnostics };
  try {
    return { value: document.toJS({ maxAliasCount: 100 }), source };
  } catch (error) {
    // unknown aliases, or too many
    return fail(shown, `This ${kind.toUpperCase()} cannot be read: ${messageOf(error)}`);
  }
}

/** Valid JSON without duplicate keys, by the fast parser; undefined for everything else, which needs positions for its errors. */
function parsePlainJson(source: string): { value: unknown } | undefined {
  let members = 0;
  try {
    const value: unknown = JSON.parse(source, function (this: unknown, _key, member: unknown) {
      if (!Array.isArray(this)) members += 1;
      return member;
    });
    let keys = 0;
    for (const string of source.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/gs))
      if (string[1] !== undefined) keys += 1;
    // The root is visited as a member too.
    return keys === members - 1 ? { value } : undefined;
  } catch {
    return undefined;
  }
}

/** The loader provides `feedwright`, so that the file loads even if the package is not installed (npx). */
async function importTypeScript(file: string): Promise<unknown> {
  const { createJiti } = await import("jiti");
  const jiti = createJiti(import.meta.url, {
    fsCache: false,
    moduleCache: false,
    virtualModules: { feedwright: { defineConfig } },
  });
  const module: unknown = await jiti.import(file);
  return defaultOf(module);
}

/** The time in the URL makes Node load a changed file again. */
async function importJavaScript(file: string): Promise<unknown> {
  const { mtimeMs } = await stat(file);
  const url = `${pathToFileURL(file).href}?v=${mtimeMs}`;
  const module: unknown = await import(/* @vite-ignore */ url);
  return defaultOf(module);
}

/** Node does not say where a syntax error is; the TypeScript loader does. */
async function withPlace(error: unknown, file: string): Promise<unknown> {
  if (!(error instanceof SyntaxError) || thrownAt(error, file) !== undefined) return error;
  try {
    await importTypeScript(file);
    return error;
  } catch (placed) {
    return placed;
  }
}

function defaultOf(module: unknown): unknown {
  return typeof module === "object" && module !== null && "default" in module ? module.default : undefined;
}

function describeThrown(error: unknown, file: string, shown: string): ReadResult {
  const missing = /Cannot find (?:package|module) 'feedwright'/.test(messageOf(error));
  const hint = missing
    ? "Run npm install --save-dev feedwright, or write export default { … } without the import."
    : undefined;
  return fail(shown, `The configuration cannot be loaded: ${messageOf(error)}`, thrownAt(error, file), hint);
}

/** The first place in this file that the error's stack or message names. */
function thrownAt(error: unknown, file: string): Position | undefined {
  const text = error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : "";
  const name = basename(file).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const found = new RegExp(`${name}(?:\\?v=[\\d.]+)?:(\\d+)(?::(\\d+))?`).exec(text);
  return found === null ? undefined : { line: Number(found[1]), column: Number(found[2] ?? 1) };
}

function fail(shown: string, message: string, at?: Position, hint?: string): ReadResult {
  return { diagnostics: [diagnose(unreadable, shown, message, { at, hint })] };
}

/** The first line of what was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return firstLine(error.message);
  return typeof error === "string" ? firstLine(error) : "it throws something that is not an Error";
}

function firstLine(text: string): string {
  return (text.split("\n", 1)[0] ?? "")
    .replace(/^ParseError: /, "")
    .trim()
    .slice(0, 300);
}
