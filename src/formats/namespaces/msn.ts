import { rfc3339 } from "../text.ts";
import { element } from "../xml.ts";
import { defineNamespace } from "./define-namespace.ts";

/**
 * What MSN reads beside RSS (MSN Partner Hub, "Feed specifications"). It takes an item for updated by
 * `dcterms:modified` alone. Rights are for the publisher to state, never guessed.
 */
export const msn = defineNamespace({
  prefix: "mi",
  entry: ({ origin }) => {
    if (origin?.variant.profile !== "msn") return [];
    const { date, updated, expires } = origin.post;
    return [
      element("mi:dateTimeWritten", rfc3339(date)),
      ...(updated === undefined ? [] : [element("dcterms:modified", rfc3339(updated))]),
      ...(expires === undefined ? [] : [element("dcterms:valid", `end=${rfc3339(expires)}`)]),
    ];
  },
});
