import type { Format } from "../model/format.ts";
import { atom } from "./atom.ts";
import type { FeedFormat } from "./format.ts";
import { json } from "./json.ts";
import { rss } from "./rss.ts";

/** Every format, the one to recommend first: RSS, which every reader knows, before Atom before JSON Feed. */
export const feedFormats: Readonly<Record<Format, FeedFormat>> = { rss, atom, json };

/** The format of a document, by the name of its file. */
export function findFormat(path: string): FeedFormat | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return Object.values(feedFormats).find(({ fileName }) => fileName === name);
}
