// What a preset looks at: the files of a project, as text and as data. Nothing is run, and nothing outside it is read.
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { smolToml, yaml } from "../front-matter/lazy-packages.ts";
import { isObject, type Literal, type LiteralObject, type Program, readLiterals } from "./read-literals.ts";

/** Configurations are small. */
const largestFile = 1_000_000;
/** Enough to tell which folder has the posts. */
const mostFiles = 20_000;

const skipped = /^(?:\.|node_modules$|vendor$|bower_components$)/;

export class Project {
  readonly root: string;
  #files: string[] | undefined;

  constructor(root: string) {
    this.root = root;
  }

  /** The first of some files that exists. */
  first(...paths: readonly string[]): string | undefined {
    return paths.find((path) => this.has(path));
  }

  has(path: string): boolean {
    return lstatSync(join(this.root, path), { throwIfNoEntry: false }) !== undefined;
  }

  hasFolder(path: string): boolean {
    return lstatSync(join(this.root, path), { throwIfNoEntry: false })?.isDirectory() === true;
  }

  /** Names in a folder, sorted; none where there is no such folder. */
  names(folder: string): string[] {
    try {
      return readdirSync(join(this.root, folder)).sort();
    } catch {
      return [];
    }
  }

  text(path: string | undefined): string | undefined {
    if (path === undefined) return undefined;
    try {
      const stat = lstatSync(join(this.root, path));
      return stat.isFile() && stat.size <= largestFile
        ? readFileSync(join(this.root, path), "utf8")
        : undefined;
    } catch {
      return undefined;
    }
  }

  /** A file of TOML, YAML or JSON, by its ending; empty where it cannot be read. */
  data(path: string | undefined): LiteralObject {
    const text = this.text(path) ?? "";
    const value = parseData(text, path?.slice(path.lastIndexOf(".") + 1) ?? "");
    return isObject(value) ? value : {};
  }

  /** A program in JavaScript, TypeScript or Python. */
  program(path: string | undefined): Program {
    return readLiterals(this.text(path) ?? "", path?.endsWith(".py") ? "python" : "javascript");
  }

  /** Whether package.json names a package. */
  needs(name: string): boolean {
    const { dependencies, devDependencies } = this.data("package.json");
    return [dependencies, devDependencies].some((group) => isObject(group) && Object.hasOwn(group, name));
  }

  /** Paths of files, with `/`; without hidden folders and those of packages. */
  files(): readonly string[] {
    if (this.#files === undefined) {
      this.#files = [];
      this.#walk("", this.#files, 0);
    }
    return this.#files;
  }

  #walk(folder: string, files: string[], depth: number): void {
    if (depth > 12) return;
    let entries: ReturnType<typeof readEntries>;
    try {
      entries = readEntries(join(this.root, folder));
    } catch {
      return;
    }
    for (const entry of entries) {
      if (skipped.test(entry.name) || files.length >= mostFiles) continue;
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) this.#walk(path, files, depth + 1);
      else files.push(path);
    }
  }
}

function readEntries(folder: string) {
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function parseData(text: string, ending: string): Literal {
  try {
    if (ending === "toml") return smolToml().parse(text) as LiteralObject;
    if (ending === "json") return JSON.parse(text) as Literal;
    return yaml().parse(text, { uniqueKeys: false, strict: false }) as Literal;
  } catch {
    return undefined;
  }
}

/** The value at a path of keys and positions. */
export function at(value: Literal, ...path: readonly (string | number)[]): Literal {
  let found = value;
  for (const key of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as LiteralObject)[key];
  }
  return found;
}

/** Text that says something. */
export function textOf(value: Literal): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
