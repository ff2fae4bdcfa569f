// In comes a post; out go the elements that MSN's ingestion reads beside those of RSS (MSN Partner Hub, "Feed specifications").

import type { Post } from "../../model/post.ts";
import { rfc3339 } from "../input/instants.ts";
import type { Extension } from "./any/extension.ts";

/** MSN takes an item for updated by `dcterms:modified` alone. Rights are for the publisher to state, never guessed. */
export function msnEntry({ date, updated, expires }: Post): Extension[] {
  return [
    { name: "mi:dateTimeWritten", objects: rfc3339(date) },
    ...(updated === undefined ? [] : [{ name: "dcterms:modified", objects: rfc3339(updated) }]),
    ...(expires === undefined ? [] : [{ name: "dcterms:valid", objects: `end=${rfc3339(expires)}` }]),
  ];
}
