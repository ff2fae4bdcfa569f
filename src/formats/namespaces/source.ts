// In come an entry and what the site says of itself elsewhere; out go elements of the namespace `source` (source.scripting.com).

import type { CleanEntry } from "../input/clean-entry.ts";
import { element, type XmlElement } from "../xml.ts";
import type { Extension } from "./any/extension.ts";

/** The text as its author wrote it. */
export function sourceMarkdown({ markdown }: CleanEntry): XmlElement[] {
  return markdown === undefined ? [] : [element("source:markdown", markdown)];
}

/** The site's accounts by service, and the list of feeds that it reads. */
export function sourceOfChannel(
  accounts: Readonly<Record<string, string>>,
  blogroll: string | undefined,
): Extension[] {
  const all = Object.entries(accounts).map(([service, name]) => ({ _attributes: { service }, _text: name }));
  return [
    ...(all.length > 0 ? [{ name: "source:account", objects: all }] : []),
    ...(blogroll === undefined ? [] : [{ name: "source:blogroll", objects: blogroll }]),
  ];
}
