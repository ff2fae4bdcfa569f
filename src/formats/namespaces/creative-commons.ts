import { urlOf } from "../input/read-values.ts";
import { optional } from "../xml.ts";
import { defineNamespace } from "./define-namespace.ts";

/** The licence of an entry, in the module that the RSS board lists. Atom has a link of its own for it (RFC 4946). */
export const creativeCommons = defineNamespace({
  prefix: "creativeCommons",
  entry: ({ of }, format) =>
    format === "atom" ? [] : optional("creativeCommons:license", urlOf(of("license"))),
  members: ({ of }) => {
    const url = urlOf(of("license"));
    return { _license: url === undefined ? undefined : { url } };
  },
});
