import { urlOf } from "../input/read-values.ts";
import { element } from "../xml.ts";
import { defineNamespace } from "./define-namespace.ts";

/**
 * What an entry answers (RFC 4685, section 3); readers show conversations by it. The id of what is answered is not
 * known here; its address is given in its place, as the RFC allows.
 */
export const threading = defineNamespace({
  prefix: "thr",
  entry: ({ of }) => {
    const url = urlOf(of("inReplyTo"));
    return url === undefined ? [] : [element("thr:in-reply-to", undefined, { ref: url, href: url })];
  },
});
