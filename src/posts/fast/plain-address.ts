import { escapeHtmlAttribute } from "../body/characters.ts";
import type { MediaReference } from "../body/clean-attributes.ts";
import { isLocalReference, mayNamePost, resolveLink, resolveMedia } from "../body/web-address.ts";

/** `(address)` or `(address "title")`, with nothing in it that Markdown or mdurl would rewrite. */
const target =
  /\((https?:\/\/[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,9}(?::\d{1,5})?(?=[/?#)\s])[\w\-./?#=&+~%:@,!$]{0,999}|(?!\/\/)[\w\-./#?=&+~,!$]{1,999})(?: +"([^"\\&\n]{0,999})")?\)/y;

/** What the WHATWG URL parser does not change: a name for a host, and a path without `.` and `..`. */
const settled =
  /^https?:\/\/(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}\/(?:[\w~-][\w~.-]*\/)*(?:[\w~-][\w~.-]*)?(?:\?[\w\-.~=&+/]*)?(?:#[\w\-.~=/]*)?$/;

/** One address, read and resolved. */
export interface PlainTarget {
  /** Absolute and not yet escaped. */
  readonly url: string;
  /** ` title="…"`, or nothing. */
  readonly title: string;
  /** Where the text goes on after it. */
  readonly end: number;
}

/** The base URL of one post, and the list of its addresses that may name local files. */
export interface AddressScope {
  readonly base: () => URL;
  readonly references: MediaReference[];
}

/** Reads the address in parentheses at an offset; undefined where it is not plain, or would be refused. */
export function readTarget(
  text: string,
  at: number,
  use: "media" | "link",
  scope: AddressScope,
): PlainTarget | undefined {
  target.lastIndex = at;
  const match = target.exec(text);
  const written = match?.[1];
  if (
    written === undefined ||
    mayNamePost(written) ||
    (written.includes("%") && /%(?![0-9A-Fa-f]{2})/.test(written))
  )
    return undefined;
  const url = settled.test(written) ? written : resolve(written, use, scope);
  if (url === undefined) return undefined;
  const [, , title = ""] = match ?? [];
  return { url, title: title === "" ? "" : ` title="${escapeHtmlAttribute(title)}"`, end: target.lastIndex };
}

function resolve(
  written: string,
  use: "media" | "link",
  { base, references }: AddressScope,
): string | undefined {
  const url = use === "link" ? resolveLink(written, base()) : resolveMedia(written, base());
  if (url !== undefined && isLocalReference(written) && !written.startsWith("#"))
    references.push({ written, url, use });
  return url;
}
