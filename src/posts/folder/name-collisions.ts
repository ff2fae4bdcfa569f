// In come the names of all posts; out go those that every system takes for a file of its own, and why the others stay out.
import { diagnose } from "../../model/codes.ts";
import type { Config } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { nameForPeople } from "./people-name.ts";

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
  return diagnose("file/name-collision", nameForPeople(file, config), message, {
    hint: "Rename one of them: some systems take both for one file.",
  });
}

function fold(file: string): string {
  return /[^\x00-\x7f]/.test(file)
    ? file.normalize("NFC").toLowerCase().normalize("NFC")
    : file.toLowerCase();
}
