// In comes what the disk says of a file; out goes why it gives no post.
import type { Stats } from "node:fs";
import { diagnose } from "../../model/codes.ts";
import type { Config } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { nameForPeople } from "./people-name.ts";

/** Largest post that is read, in bytes. */
export const maxPostBytes = 5 * 1024 * 1024;

/** Why a file that is there is no post's; undefined for one that may be. */
export function refuseFile(file: string, stat: Stats, config: Config): Diagnostic | undefined {
  const shown = nameForPeople(file, config);
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
  return diagnose("file/unreadable", nameForPeople(file, config), `It cannot be read (${code}).`, {
    hint: "Give this user the right to read it.",
  });
}

function describeKind(stat: Stats): string {
  if (stat.isFIFO()) return "a named pipe";
  if (stat.isSocket()) return "a socket";
  return "a device";
}
