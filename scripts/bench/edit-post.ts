import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** `in-place` truncates and writes the file; `atomic` writes a file beside it and renames that over it. */
export type SaveMode = "in-place" | "atomic";

/** Prepares the text first, so that what follows is the save alone. */
export function prepareSave(file: string, title: string, mode: SaveMode): () => void {
  const text = readFileSync(file, "utf8").replace(/^title: .*$/m, () => `title: ${title}`);
  if (mode === "in-place") return () => writeFileSync(file, text);
  const beside = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
  return () => {
    writeFileSync(beside, text);
    renameSync(beside, file);
  };
}
