// In come links and an instant; out go the elements that RSS borrows from Atom.
import type { CleanHead } from "../input/clean-head.ts";
import { rfc3339 } from "../input/instants.ts";
import { element, type XmlElement } from "../xml.ts";

const rssType = "application/rss+xml";

/** The feed's own address, its hubs, and its place in its history. */
export function channelLinks(head: CleanHead): XmlElement[] {
  const { self, hubs } = head;
  return [
    ...(self.rss ? [atomLink("self", self.rss, rssType)] : []),
    ...hubs.map((hub) => atomLink("hub", hub)),
    ...historyElements(head),
  ];
}

/** RFC 5005, appendix: in RSS the links are those of Atom. */
function historyElements({ history: { current, previous, next } }: CleanHead): XmlElement[] {
  const links: [string, string | undefined][] = [
    ["current", current.rss],
    ["prev-archive", previous.rss],
    ["next-archive", next.rss],
  ];
  return [
    ...(current.rss === undefined ? [] : [element("fh:archive")]),
    ...links.flatMap(([rel, url]) => (url === undefined ? [] : [atomLink(rel, url, rssType)])),
  ];
}

function atomLink(rel: string, href: string, type?: string): XmlElement {
  return element("atom:link", undefined, { rel, href, type });
}

/** When an entry last changed; RSS has the date of publication alone. */
export function updatedElement(instant: number | undefined): XmlElement[] {
  return instant === undefined ? [] : [element("atom:updated", rfc3339(instant))];
}
