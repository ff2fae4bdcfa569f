// In comes a target's note of what was announced; out go the topics that never were, and the note brought up to date.
import { Failure } from "../model/failure.ts";
import { isFeedDocument, kindOf, type SetFile } from "./file-set.ts";
import type { Outbox } from "./outbox.ts";
import { type PublicSet, publicUrl, type Topic } from "./plan.ts";
import { Conflict, Interruption, type Target } from "./targets/target.ts";

interface Announced {
  /** Digest by public address. */
  readonly topics: Readonly<Record<string, string>>;
}

type Input = { readonly files: readonly SetFile[]; readonly siteUrl: string };

/**
 * Topics that are public as they stand in the set, and that were never announced so: an earlier run ended too soon, and
 * its outbox is gone, as in CI. Without a note all of them are told, once.
 */
export async function unannouncedTopics(target: Target, input: Input, current: PublicSet): Promise<Topic[]> {
  if (target.note === undefined) return [];
  const note = parseNote(await target.note.read()) ?? { topics: {} };
  return topicsOf(input).filter(
    ({ path, url, digest }) => current.files.get(path)?.same === true && note.topics[url] !== digest,
  );
}

/** Notes the topics of which nothing waits any more. A target that cannot be written now loses a note, not a publish. */
export async function noteAnnounced(
  target: Target,
  input: Input,
  outbox: Outbox,
  seen: ReadonlyMap<string, string>,
): Promise<void> {
  if (target.note === undefined) return;
  const waiting = new Set(outbox.list().map(({ topic }) => topic));
  try {
    const before = await target.note.read();
    const known = parseNote(before)?.topics ?? {};
    const topics = Object.fromEntries(
      topicsOf(input).flatMap(({ url, digest }): [string, string][] => {
        if (seen.get(url) === digest && !waiting.has(url)) return [[url, digest]];
        const was = known[url];
        return was === undefined ? [] : [[url, was]];
      }),
    );
    const text = `${JSON.stringify({ topics }, undefined, 1)}\n`;
    if (text !== before) await target.note.write(text);
  } catch (error) {
    if (!(error instanceof Failure || error instanceof Interruption || error instanceof Conflict))
      throw error;
  }
}

function topicsOf({ files, siteUrl }: Input): Topic[] {
  return files
    .filter(({ path }) => isFeedDocument(path) && kindOf(path) !== "archive")
    .map(({ path, digest }) => ({ path, digest, url: publicUrl(siteUrl, path) }));
}

function parseNote(text: string | undefined): Announced | undefined {
  try {
    const topics: unknown = (JSON.parse(text ?? "") as { topics?: unknown } | null)?.topics;
    return typeof topics === "object" && topics !== null
      ? { topics: topics as Announced["topics"] }
      : undefined;
  } catch {
    return undefined;
  }
}
