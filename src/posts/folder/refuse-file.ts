import type { Stats } from "node:fs";
import type { Config } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { defineProblem, diagnose } from "../../model/problem.ts";
import { displayPath } from "./posts-folder.ts";

/** Largest post that is read, in bytes. */
export const maxPostBytes = 5 * 1024 * 1024;

const notRegular = defineProblem("file/not-regular", {
  severity: "error",
  title: "A post that is not a regular file",
  why: "Opening a pipe or a device could wait for ever, so it is never opened. Readers get nothing of it.",
  fix: "Take the pipe, socket or device out of the posts folder.",
});

const tooLargeFile = defineProblem("file/too-large", {
  severity: "error",
  title: "A post larger than the limit",
  why: "Feeds are fetched again and again, and many readers refuse documents of this size. The post cannot go into a feed.",
  fix: "Divide the post, or move what is not text out of it: a post may have 5 MiB.",
});

export const unreadableFile = defineProblem("file/unreadable", {
  severity: "error",
  title: "A post that cannot be read",
  why: "What the post says is unknown, so it cannot go into a feed.",
  fix: "Give yourself permission to read the file, or take it away.",
});

const nameCollision = defineProblem("file/name-collision", {
  severity: "error",
  title: "Two files whose names are the same on some systems",
  why: "On macOS and Windows one of the two files replaces the other. Readers would get one post or the other, depending on where the site is built.",
  fix: "Give one of the two files another name: on macOS and Windows they are one file.",
});

/** Stands for bytes that are not UTF-8 in names that were listed. */
export const replacement = "\ufffd";

/** Says why a file cannot be a post; undefined for one that can. */
export function refuseFile(file: string, stat: Stats, config: Config): Diagnostic | undefined {
  const shown = displayPath(file, config);
  if (!stat.isFile()) {
    const message = `The file is ${describeKind(stat)}, which is never opened.`;
    return diagnose(notRegular, shown, message, { hint: "Remove it from the folder." });
  }
  if (stat.size <= maxPostBytes) return undefined;
  const size = (stat.size / 1024 / 1024).toFixed(1);
  const message = `The file has ${size} MiB; a post has at most ${maxPostBytes / 1024 / 1024} MiB.`;
  return diagnose(tooLargeFile, shown, message, {
    hint: "Split it, or leave it out with posts.exclude.",
  });
}

/** Says that a file or folder cannot be read. */
export function describeUnreadable(file: string, error: unknown, config: Config): Diagnostic {
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? "unknown";
  return diagnose(unreadableFile, displayPath(file, config), `It cannot be read (${code}).`, {
    hint: "Give this user the right to read it.",
  });
}

function describeKind(stat: Stats): string {
  if (stat.isFIFO()) return "a named pipe";
  if (stat.isSocket()) return "a socket";
  return "a device";
}

/** A name without capitals and in ASCII only: no other spelling of it means the same file. */
const plain = /^[^A-Z\x80-\uffff]*$/;

/**
 * Keeps one of names that differ only in case or Unicode form, as on macOS and Windows they are one file: the first that
 * was read before, or the first.
 */
export function refuseCollisions<Found extends { readonly file: string }>(
  files: Found[],
  config: Config,
  isKnown: (file: string) => boolean,
): { readonly files: Found[]; readonly refused: ReadonlyMap<string, Diagnostic> } {
  const refused = new Map<string, Diagnostic>();
  if (files.every(({ file }) => plain.test(file))) return { files, refused };
  const names = new Map<string, string>();
  for (const { file } of files) {
    const folded = foldFileName(file);
    const other = names.get(folded);
    if (other === undefined || (!isKnown(other) && isKnown(file))) names.set(folded, file);
  }
  const unique = files.filter(({ file }) => {
    const kept = names.get(foldFileName(file)) as string;
    if (kept !== file) refused.set(file, describeCollision(file, kept, config));
    return kept === file;
  });
  return { files: unique, refused };
}

/** Whether a file was refused because of another file's name. */
export function isNameCollision({ code }: Diagnostic): boolean {
  return code === nameCollision.code;
}

function describeCollision(file: string, other: string, config: Config): Diagnostic {
  const message = `The name differs from ${JSON.stringify(other)} only in case or Unicode form.`;
  return diagnose(nameCollision, displayPath(file, config), message, {
    hint: "Rename one of them: some systems take both for one file.",
  });
}

/** What names have in common that are one file on macOS and Windows. */
export function foldFileName(file: string): string {
  return /[^\x00-\x7f]/.test(file)
    ? file.normalize("NFC").toLowerCase().normalize("NFC")
    : file.toLowerCase();
}
