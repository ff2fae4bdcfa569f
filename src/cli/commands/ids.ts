import { join } from "node:path";
import { printable, printableJson } from "../../check/report/printable.ts";
import type { Config } from "../../model/config.ts";
import { Failure } from "../../model/failure.ts";
import { type KnownIdLookup, readManifest, recordKnownIds } from "../../output/manifest.ts";
import { replaceFile } from "../../output/replace-file.ts";
import { readPinnablePosts } from "../../publish/guard/read-posts.ts";
import { type IdChanges, importIds, pinIds } from "../../publish/ids/ids.ts";
import { loadOldFeed } from "../../publish/ids/load-old-feed.ts";
import { idToKeep } from "../../site/published-entries.ts";
import { loadFlaggedConfig, type SiteFlags } from "../flags.ts";
import { note, print, printJson } from "../print.ts";

interface IdsFlags extends SiteFlags {
  readonly dryRun?: boolean;
}

/** Writes into every post the id it has now or, if the last build warned that it changed, the one that readers know. */
export async function runIdsPin(flags: IdsFlags): Promise<number> {
  const config = await loadFlaggedConfig(flags);
  const posts = readPinnablePosts(config);
  const { entries = [], leftOut = [] } = readManifest(join(config.root, ".feedwright"), config.out) ?? {};
  const knownAs = new Map(
    [...leftOut, ...entries].flatMap((entry) => {
      const kept = idToKeep(entry);
      return kept === undefined ? [] : [[entry.id, kept]];
    }),
  );
  return finish(posts, pinIds(posts, knownAs), flags);
}

/** Writes into posts the ids under which readers know them from an old feed: a file or an address. */
export async function runIdsImport(feed: string, flags: IdsFlags): Promise<number> {
  const config = await loadFlaggedConfig(flags);
  const posts = readPinnablePosts(config);
  const entries = await loadOldFeed(feed, { allowPrivate: flags.allowPrivate === true });
  const changes = importIds(posts, entries);
  if (!flags.dryRun) await noteImported(config, changes);
  return finish(posts, changes, flags);
}

/** Makes the next build compare ids with those of the old feed. */
function noteImported(config: Config, { known }: IdChanges): Promise<void> {
  const byId = new Map(known.map(({ post, id }) => [post.id, id]));
  const byUrl = new Map(known.map(({ post, id }) => [post.url, id]));
  const news: KnownIdLookup = (entry) => byId.get(entry.id) ?? byUrl.get(entry.url);
  return recordKnownIds(join(config.root, ".feedwright"), config.out, news);
}

function finish(
  posts: readonly { readonly file: string; readonly path: string }[],
  { edits, problems }: IdChanges,
  flags: IdsFlags,
): number {
  const paths = new Map(posts.map(({ file, path }) => [file, path]));
  for (const { file, source } of flags.dryRun ? [] : edits) {
    const path = paths.get(file);
    if (path !== undefined) writePost(path, file, source);
  }
  if (flags.json) {
    const written = edits.map(({ file, id }) => ({ file, id }));
    printJson({ written, dryRun: flags.dryRun === true, problems });
  } else {
    for (const { file, id } of edits) print(`${printable(file)}: id: ${printableJson(id)}`);
    for (const { message, hint } of problems) note(`${printable(message)}\n  ${printable(hint)}`);
    const verb = flags.dryRun ? "Would write" : "Wrote";
    print(
      `${verb} ${edits.length} ${edits.length === 1 ? "id" : "ids"}; ${problems.length} left for you to decide.`,
    );
  }
  return problems.length > 0 ? 1 : 0;
}

function writePost(path: string, file: string, source: string): void {
  try {
    replaceFile(path, source);
  } catch (cause) {
    throw new Failure("output-unwritable", `${file} cannot be written.`, {
      hint: "Check the permissions of the posts folder.",
      cause,
    });
  }
}
