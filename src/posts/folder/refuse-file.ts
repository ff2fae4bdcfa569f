import type { Stats } from "node:fs";
import { diagnose } from "../../model/codes.ts";
import type { Config } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { displayPath } from "./posts-folder.ts";

/** Largest post that is read, in bytes. */
export const maxPostBytes = 5 * 1024 * 1024;

/** Why a file that is there is no post's; undefined for one that may be. */
export function refuseFile(file: string, stat: Stats, config: Config): Diagnostic | undefined {
  const shown = displayPath(file, config);
  if (!stat.isFile()) {
    const message = `The file is ${describeKind(stat)}, which is never opened.`;
    return diagnose("file/not-regular", shown, message, { hint: "Remove it from the folder." });
  }
  if (stat.size <= maxPostBytes) return undefined;
  const size = (stat.size / 1024 / 1024).toFixed(1);
  const message = `The file has ${size} MiB; a post has at most ${maxPostBytes / 1024 / 1024} MiB.`;
  return diagnose("file/too-large", shown, message, {
    hint: "Split it, or leave it out with posts.exclude.",
  });
}

/** What is told of a file that is there and cannot be read. */
export function describeUnreadable(file: string, error: unknown, config: Config): Diagnostic {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? "unknown";
  return diagnose("file/unreadable", displayPath(file, config), `It cannot be read (${code}).`, {
    hint: "Give this user the right to read it.",
  });
}

function describeKind(stat: Stats): string {
  if (stat.isFIFO()) return "a named pipe";
  if (stat.isSocket()) return "a socket";
  return "a device";
}

/** Without capitals and beyond ASCII nothing, so that no other spelling of it is as short. */
const plain = /^[^A-Z\x80-\uffff]*$/;

/** Two names that differ in case or in Unicode form alone are one file on macOS and Windows: the first one stays. */
export function refuseCollisions<Found extends { readonly file: string }>(
  files: Found[],
  config: Config,
): { readonly files: Found[]; readonly refused: readonly Diagnostic[] } {
  if (files.every(({ file }) => plain.test(file))) return { files, refused: [] };
  const names = new Map<string, string>();
  const refused: Diagnostic[] = [];
  const unique = files.filter(({ file }) => {
    const folded = fold(file);
    const other = names.get(folded);
    if (other === undefined) names.set(folded, file);
    else refused.push(describeCollision(file, other, config));
    return other === undefined;
  });
  return { files: unique, refused };
}

function describeCollision(file: string, other: string, config: Config): Diagnostic {
  const message = `The name differs from ${JSON.stringify(other)} only in case or Unicode form.`;
  return diagnose("file/name-collision", displayPath(file, config), message, {
    hint: "Rename one of them: some systems take both for one file.",
  });
}

function fold(file: string): string {
  return /[^\x00-\x7f]/.test(file)
    ? file.normalize("NFC").toLowerCase().normalize("NFC")
    : file.toLowerCase();
}
