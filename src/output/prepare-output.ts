// In comes the output folder as a build finds it; out it goes without what killed builds and removed documents leave in it.
import { mkdirSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Manifest } from "./manifest.ts";
import { temporaryMark, unwritable } from "./replace-file.ts";

/** Makes the output folder and removes temporary files that a killed build left in it and in the folders of its documents. */
export function prepareOutput(out: string, before: Manifest | undefined): void {
  try {
    mkdirSync(out, { recursive: true });
  } catch (error) {
    throw unwritable(out, error);
  }
  const folders = new Set([".", ...Object.keys(before?.files ?? {}).map((path) => dirname(path))]);
  for (const folder of folders) {
    let names: string[];
    try {
      names = readdirSync(join(out, folder));
    } catch {
      continue;
    }
    for (const name of names) {
      if (name.startsWith(".") && name.endsWith(temporaryMark))
        rmSync(join(out, folder, name), { force: true });
    }
  }
}

/** Removes a folder of the output and those above it, as far as they are empty. */
export function removeEmptyFolders(out: string, folder: string): void {
  for (let at = folder; at !== "." && at !== ""; at = dirname(at)) {
    try {
      rmdirSync(join(out, at));
    } catch {
      return;
    }
  }
}
