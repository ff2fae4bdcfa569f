import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the installed package: the nearest one above this code, bundled or not, with a package.json. */
export function findPackageRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    try {
      readFileSync(join(folder, "package.json"));
      return folder;
    } catch (error) {
      if (dirname(folder) === folder) throw error;
    }
  }
}

/** The program's version. */
export function readVersion(): string {
  const text = readFileSync(join(findPackageRoot(), "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
