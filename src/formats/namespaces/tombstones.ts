import { atomId } from "../input/entry-id.ts";
import { rfc3339 } from "../text.ts";
import { element } from "../xml.ts";
import { defineNamespace } from "./define-namespace.ts";

/** Posts that were taken back (RFC 6721). One for each id, the newest; section 3 forbids two with the same id and date. */
export const tombstones = defineNamespace({
  prefix: "at",
  formats: ["atom"],
  channel: ({ origin }) => {
    const newest = new Map<string, number>();
    for (const { ref, when } of origin?.plan.deleted ?? []) {
      const id = atomId(ref);
      if (!newest.has(id)) newest.set(id, when);
    }
    return [...newest].map(([ref, when]) =>
      element("at:deleted-entry", undefined, { ref, when: rfc3339(when) }),
    );
  },
});
