// In comes an entry; out goes its licence, as each format says it.
import type { CleanEntry } from "../input/clean-entry.ts";
import { element, type XmlElement } from "../xml.ts";
import type { Json } from "./any/json-members.ts";

/** The module that the RSS board lists; readers know it by this address. */
export function licenceInRss({ license }: CleanEntry): XmlElement[] {
  return license === undefined ? [] : [element("creativeCommons:license", license)];
}

/** RFC 4946. */
export function licenceInAtom({ license }: CleanEntry): XmlElement[] {
  return license === undefined ? [] : [element("link", undefined, { rel: "license", href: license })];
}

export function licenceInJson({ license }: CleanEntry): Json | undefined {
  return license === undefined ? undefined : { url: license };
}
