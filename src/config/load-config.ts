import { readdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { Failure } from "../model/failure.ts";
import { lookAround } from "../posts/presets/look-around.ts";
import { messageOf, readConfigFile } from "./read-config-file.ts";
import { resolveConfig, shownPath } from "./resolve-config.ts";
import { isRecord } from "./value-schemas.ts";

export { digestConfig } from "./digest-config.ts";
export { resolveConfig } from "./resolve-config.ts";

/** Values that replace those of the configuration file. Paths start at the project root. */
export interface ConfigOverrides {
  posts?: string;
  out?: string;
  siteUrl?: string;
  siteTitle?: string;
}

/** Where to look for the configuration. */
export interface LoadOptions {
  /** The project root. Default: the folder of `config`, else the current folder. */
  root?: string;
  /** The configuration file, from `root` or the current folder. Default: `feedwright.config.*` in the root. */
  config?: string;
  overrides?: ConfigOverrides;
}

/** The file names of configurations, in the order of search. */
export const configNames = ["ts", "mts", "mjs", "js", "json", "yaml", "yml"].map(
  (extension) => `feedwright.config.${extension}`,
);

/** The key that each override sets, and the flag for it in messages. */
const overrideKeys = {
  posts: { group: "posts", key: "dir", flag: "--posts" },
  out: { group: undefined, key: "out", flag: "--out" },
  siteUrl: { group: "site", key: "url", flag: "--site-url" },
  siteTitle: { group: "site", key: "title", flag: "--title" },
} as const satisfies Record<keyof ConfigOverrides, object>;

/**
 * Finds, reads, checks and completes the configuration. Searches the root only, never above it.
 * @throws {Failure} `config-missing` when no file exists and the overrides lack the site's URL or title;
 * `config-invalid`, with a diagnostic for each problem, when it cannot be used.
 */
export async function loadConfig(options: LoadOptions = {}): Promise<Config> {
  const start = resolve(options.root ?? process.cwd());
  const file = options.config === undefined ? await findConfig(start) : resolve(start, options.config);
  const root = options.root === undefined && file !== undefined ? dirname(file) : start;
  const overrides = options.overrides ?? {};
  if (file === undefined && (overrides.siteUrl === undefined || overrides.siteTitle === undefined))
    throw new Failure("config-missing", `There is no feedwright.config.ts in ${root}`, {
      hint: hintFor(root),
    });
  const shown = shownPath({ root, file });
  const { value, source } = file === undefined ? { value: {}, source: undefined } : await read(file, shown);
  const { config, diagnostics } = resolveConfig(applyOverrides(value, overrides), {
    root,
    file,
    source,
    flags: flagsOf(overrides),
  });
  if (config === undefined) throw invalid(shown, diagnostics);
  return config;
}

/** What init would find. */
function hintFor(root: string): string {
  const { preset, folder, findings } = lookAround(root);
  const ask = "Run feedwright init to write one, or give --site-url and --title.";
  if (preset === undefined) return ask;
  const keys = ["site.url", "site.title"]
    .map((key) => findings.get(key))
    .filter((value) => value !== undefined);
  const about = keys.length === 0 ? "" : ` (${keys.join(", ")})`;
  return `This is a site of ${preset.title}${folder === "" ? "" : ` in ${folder}`}${about}: run feedwright init to write one for it.`;
}

async function read(file: string, shown: string): Promise<{ value: unknown; source: string }> {
  const evaluated = await readConfigFile(file, shown).catch((error: unknown) => {
    throw new Failure("config-missing", `${file} cannot be read: ${messageOf(error)}`, {
      hint: "Give --config an existing file, or run feedwright init to write one.",
      cause: error,
    });
  });
  if ("diagnostics" in evaluated) throw invalid(shown, evaluated.diagnostics);
  return evaluated;
}

async function findConfig(root: string): Promise<string | undefined> {
  const names = await readdir(root).catch((error: unknown) => {
    throw new Failure("config-missing", `${root} cannot be read: ${messageOf(error)}`, {
      hint: "Give --root the folder of your project.",
      cause: error,
    });
  });
  const found = configNames.filter((name) => names.includes(name));
  if (found.length > 1)
    throw new Failure("config-invalid", `There are ${found.length} configurations: ${found.join(", ")}`, {
      hint: "Keep one of them, or name one with --config.",
    });
  return found[0] === undefined ? undefined : join(root, found[0]);
}

/** Puts the overrides in place of the file's values. What is not a group of keys stays for the schema to refuse. */
function applyOverrides(user: unknown, overrides: ConfigOverrides): unknown {
  if (!isRecord(user)) return user;
  try {
    const merged: Record<string, unknown> = { ...user };
    for (const [name, { group, key }] of Object.entries(overrideKeys)) {
      const value = overrides[name as keyof ConfigOverrides];
      if (value === undefined) continue;
      if (group === undefined) merged[key] = value;
      else if (merged[group] === undefined || isRecord(merged[group]))
        merged[group] = { ...(merged[group] ?? {}), [key]: value };
    }
    return merged;
  } catch {
    // a getter that throws: the schema finds it again and reports it
    return user;
  }
}

function flagsOf(overrides: ConfigOverrides): Record<string, string> {
  const flags: Record<string, string> = {};
  for (const [name, { group, key, flag }] of Object.entries(overrideKeys)) {
    if (overrides[name as keyof ConfigOverrides] !== undefined)
      flags[group === undefined ? key : `${group}.${key}`] = flag;
  }
  return flags;
}

function invalid(shown: string, diagnostics: readonly Diagnostic[]): Failure {
  const count = diagnostics.length === 1 ? "a problem" : `${diagnostics.length} problems`;
  return new Failure("config-invalid", `${shown} has ${count}`, { diagnostics });
}
