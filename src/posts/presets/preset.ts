import type { PresetName, UserConfig } from "../../model/config.ts";
import { type Project, textOf } from "./project.ts";
import type { Literal } from "./read-literals.ts";

/** Some keys of a configuration. */
export type PartialConfig = Partial<{
  [Key in keyof UserConfig]: Key extends "site" ? Partial<UserConfig["site"]> : UserConfig[Key];
}>;

/** What feedwright knows of a program that builds sites. */
export interface Preset {
  readonly name: PresetName;
  /** As its own project writes it. */
  readonly title: string;
  /** Whether a project is built by it. */
  readonly recognizes: (project: Project) => boolean;
  /** Its rules, which keys of the user's own replace. */
  readonly config: PartialConfig;
  /** Reads what the generator's own configuration says. */
  readonly readConfig: (project: Project, found: Findings) => void;
}

export interface ConfigFinding {
  /** Such as `site.url`. */
  readonly key: string;
  readonly value: unknown;
  /** The file that says so. */
  readonly source: string;
}

/** Keys of a configuration that were found in other files; the first finding of a key counts. */
export class Findings {
  readonly #found = new Map<string, ConfigFinding>();
  /** What was seen and is not read, a sentence each. */
  readonly notes: string[] = [];

  add(key: string, value: unknown, source: string | undefined): void {
    if (value === undefined || value === null || value === "" || this.#found.has(key)) return;
    this.#found.set(key, { key, value, source: source ?? "" });
  }

  /** Text alone, and undefined for any other value. */
  addText(key: string, value: Literal, source: string | undefined): void {
    this.add(key, textOf(value), source);
  }

  get(key: string): unknown {
    return this.#found.get(key)?.value;
  }

  list(): ConfigFinding[] {
    return [...this.#found.values()];
  }
}

/** The address of a site and the folder it is in. */
export function joinAddress(url: string | undefined, path: Literal): string | undefined {
  if (url === undefined) return undefined;
  const folder = (textOf(path) ?? "").replace(/^\/+|\/+$/g, "");
  const base = /^[a-z]+:\/\//i.test(url) ? url : `https://${url.replace(/^\/+/, "")}`;
  if (folder === "") return base;
  const bare = base.replace(/\/+$/, "");
  return bare.endsWith(`/${folder}`) ? `${bare}/` : `${bare}/${folder}/`;
}

/** A pattern of ours from a generator's, by a table of its placeholders; undefined where one of them is not in it. */
export function translatePattern(
  pattern: string,
  placeholder: RegExp,
  tokens: Readonly<Record<string, string>>,
): string | undefined {
  let isWhole = true;
  const path = pattern.replace(placeholder, (_, name: string) => {
    const token = tokens[name];
    if (token === undefined) isWhole = false;
    return token ?? "";
  });
  return isWhole ? `/${path.replace(/^\/+/, "").replace(/(^|\/)index\.html$/, "$1")}` : undefined;
}

/** A key for an author: the first word in small letters. */
export function authorKey(name: string): string {
  const key = (name.split(" ")[0] ?? "").normalize("NFKD").replace(/[^A-Za-z]/g, "");
  return key === "" ? "me" : key.toLowerCase();
}
