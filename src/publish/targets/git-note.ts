// In comes what is left to tell of a record on the branch; out goes a note of it in a ref beside the branch, and back.

import { parseRecord, printRecord } from "../deploy/record.ts";
import { type OwedDelivery, parseOwed } from "../notify/pending-record.ts";
import { fetchRefs, push } from "./git-exchange.ts";
import { commitTree } from "./git-objects.ts";
import type { GitRunner } from "./git-run.ts";

/** What is left to tell, by the id of the record that it is left of: two sites may share a branch, and two publishers a site. */
type Notes = Readonly<Record<string, readonly OwedDelivery[]>>;

const fileName = "announced.json";
/** Notes of records that have been replaced since are of no use. */
const keptNotes = 8;

/** The ref for a branch; it is no branch, so nobody's site or history shows it. */
export function noteRefOf(branch: string): string {
  return `refs/feedwright/announced/${branch}`;
}

/** The notes in the commit that the ref stands at. What cannot be read is the same as none. */
export async function readNotes(git: GitRunner, commit: string | undefined): Promise<Notes> {
  if (commit === undefined) return {};
  try {
    const text = (await git(["cat-file", "blob", `${commit}:${fileName}`])).toString("utf8");
    const notes = (JSON.parse(text) as { notes?: unknown } | null)?.notes;
    if (typeof notes !== "object" || notes === null) return {};
    return Object.fromEntries(Object.entries(notes).map(([id, owed]) => [id, parseOwed(owed)]));
  } catch {
    return {};
  }
}

/** The record as its note amends it. */
export function amend(record: Uint8Array, version: string, notes: Notes): Uint8Array {
  const owed = Object.hasOwn(notes, version) ? notes[version] : undefined;
  const parsed = owed && parseRecord(record);
  return parsed ? printRecord({ ...parsed, owed }) : record;
}

/** Notes what is left to tell of the record with this id. @throws Conflict when somebody else noted something meanwhile */
export async function writeNote(
  git: GitRunner,
  place: { address: string; ref: string },
  version: string,
  owed: readonly OwedDelivery[],
): Promise<void> {
  const base = (await fetchRefs(git, place.address, [place.ref])).get(place.ref);
  const others = Object.entries(await readNotes(git, base)).filter(([id]) => id !== version);
  const notes = Object.fromEntries([...others, [version, owed] as const].slice(-keptNotes));
  const text = `${JSON.stringify({ notes }, undefined, 1)}\n`;
  const blob = (await git(["hash-object", "-w", "--stdin"], [text])).toString("utf8").trim();
  await git(["update-index", "-z", "--index-info"], [`100644 ${blob}\t${fileName}\0`]);
  const commit = await commitTree(git, base, "feedwright: announced\n");
  if (commit !== undefined) await push(git, place.address, place.ref, base, commit);
}
