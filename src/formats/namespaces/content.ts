// In comes an entry; out goes its text, beside the summary that stands in the description.
import type { CleanEntry } from "../input/clean-entry.ts";
import { element, type XmlElement } from "../xml.ts";

/** Nothing where there is no summary: the text stands in the description then. */
export function encodedContent({ description, content }: CleanEntry): XmlElement[] {
  return description === undefined || content === undefined ? [] : [element("content:encoded", content)];
}
