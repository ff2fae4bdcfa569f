// In comes an entry; out goes what it answers (RFC 4685, section 3), by which readers show conversations.
import type { CleanEntry } from "../input/clean-entry.ts";
import { element, type XmlElement } from "../xml.ts";

/** The id of what is answered is not known here; its address stands for it, as the RFC allows. */
export function inReplyTo({ inReplyTo: url }: CleanEntry): XmlElement[] {
  return url === undefined ? [] : [element("thr:in-reply-to", undefined, { ref: url, href: url })];
}
