// In comes news of which ids readers know; out goes the manifest that says so, for the next build to compare with.
import { takeLock } from "./lock.ts";
import { type KnownEntry, ManifestFile, readManifest } from "./manifest.ts";

/** The id under which readers know an entry; nothing where there is no news of it. */
export type IdNews = (entry: KnownEntry) => string | undefined;

/**
 * Notes under which ids readers know the entries of the last build. Where nothing was built, there is nothing to note.
 * @throws Failure `locked`
 */
export async function noteKnownIds(stateDir: string, out: string, news: IdNews): Promise<void> {
  const { entries = [], leftOut = [] } = readManifest(stateDir, out) ?? {};
  if (![...entries, ...leftOut].some((entry) => isOther(entry, news(entry)))) return;
  const lock = await takeLock(stateDir);
  try {
    const file = new ManifestFile(stateDir, out);
    const manifest = file.read();
    if (manifest === undefined) return;
    const note = (entry: KnownEntry) => withKnownId(entry, news(entry));
    const { entries, leftOut = [] } = manifest;
    file.write({ ...manifest, entries: entries.map(note), leftOut: leftOut.map(note) });
  } finally {
    lock.release();
  }
}

function isOther({ id, knownAs }: KnownEntry, known: string | undefined): boolean {
  return known !== undefined && known !== (knownAs ?? id);
}

function withKnownId(entry: KnownEntry, known: string | undefined): KnownEntry {
  if (known === undefined) return entry;
  const { id, url, title, date } = entry;
  return { id, ...(known !== id && { knownAs: known }), url, title, date };
}
