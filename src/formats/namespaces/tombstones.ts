// In come posts that were taken back; out go Atom's tombstones (RFC 6721), which stay out of other formats.

import type { Deletion } from "../../model/plan.ts";
import { atomId } from "../input/entry-id.ts";
import { rfc3339 } from "../input/instants.ts";
import type { Extension } from "./any/extension.ts";

/** One for each id, the newest; section 3 forbids two with the same id and date. */
export function tombstones(deleted: readonly Deletion[] = []): Extension[] {
  const seen = new Set<string>();
  const objects = deleted.flatMap(({ ref, when }) => {
    const id = atomId(ref);
    if (seen.has(id)) return [];
    seen.add(id);
    return [{ _attributes: { ref: id, when: rfc3339(when) } }];
  });
  return objects.length === 0 ? [] : [{ name: "at:deleted-entry", objects }];
}
