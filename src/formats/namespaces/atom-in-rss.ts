import { changedAt } from "../input/clean-entry.ts";
import { rfc3339 } from "../text.ts";
import { element, type XmlElement } from "../xml.ts";
import { defineNamespace } from "./define-namespace.ts";

const type = "application/rss+xml";

/** What RSS borrows from Atom: when an entry changed, the feed's own address, its hubs and its place in its history. */
export const atomInRss = defineNamespace({
  prefix: "atom",
  formats: ["rss"],
  entry: (entry) => {
    const changed = changedAt(entry);
    return changed === undefined ? [] : [element("atom:updated", rfc3339(changed))];
  },
  channel: ({ self, hubs, history: { current, previous, next } }) => [
    ...link("self", self.rss, { type }),
    ...hubs.flatMap((hub) => link("hub", hub)),
    // RFC 5005, appendix: in RSS the links are those of Atom.
    ...(current.rss === undefined ? [] : [element("fh:archive")]),
    ...link("current", current.rss, { type }),
    ...link("prev-archive", previous.rss, { type }),
    ...link("next-archive", next.rss, { type }),
  ],
});

function link(rel: string, href: string | undefined, more?: { readonly type: string }): XmlElement[] {
  return href === undefined ? [] : [element("atom:link", undefined, { rel, href, ...more })];
}
