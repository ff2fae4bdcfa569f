import { permalinkTokens } from "../../model/config.ts";

/** Gives what a placeholder of a permalink is, as text that is not yet encoded. */
export type PermalinkParts = (token: string) => string;

// `:title` is the slug in Jekyll and in Hexo.
const token = new RegExp(`:(${permalinkTokens.join("|")}|title)(?![a-z_])`, "g");
const plainPath = /^[A-Za-z0-9\-_~/]*$/;
const device = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/**
 * Says why a path must not be used as an address, or undefined when it is sound. Percent-encoded characters count
 * as what they mean, however often they are encoded: a server or a disk behind it may decode them.
 */
export function findUnsafePart(path: string): string | undefined {
  if (plainPath.test(path) && !/(?:^|\/)(?:con|prn|aux|nul|com\d|lpt\d)(?:\/|$)/i.test(path))
    return undefined;
  let text = path;
  for (let round = 0; round < 4; round += 1) {
    const reason = findUnsafeText(text);
    if (reason !== undefined) return reason;
    const decoded = text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    if (decoded === text) return undefined;
    text = decoded;
  }
  return "it is percent-encoded more than three times over";
}

function findUnsafeText(text: string): string | undefined {
  if (text.includes("\\")) return "it has a backslash";
  if (/[\x00-\x1f\x7f]/.test(text)) return "it has a control character";
  for (const segment of text.split("/")) {
    const bare = segment.trim();
    if (bare === "." || bare === "..") return `it has the segment ${JSON.stringify(bare)}`;
    if (device.test(bare)) return `${JSON.stringify(bare)} is a device on Windows`;
  }
  return undefined;
}

/** What a pattern is made of: text, and the names of placeholders at odd positions. */
const splitPatterns = new Map<string, readonly string[]>();

function splitPattern(pattern: string): readonly string[] {
  let pieces = splitPatterns.get(pattern);
  if (pieces === undefined) {
    pieces = pattern.split(token);
    if (splitPatterns.size < 100) splitPatterns.set(pattern, pieces);
  }
  return pieces;
}

/** Fills a pattern and puts it below the site. Empty segments collapse. */
export function fillPattern(pattern: string, parts: PermalinkParts, siteUrl: string): string {
  const pieces = splitPattern(pattern);
  let path = pieces[0] ?? "";
  for (let at = 1; at < pieces.length; at += 2)
    path += encodeText(parts(pieces[at] ?? "")) + (pieces[at + 1] ?? "");
  const collapsed = path.includes("//") ? path.replace(/\/{2,}/g, "/") : path;
  return joinSite(siteUrl, collapsed);
}

/** Percent-encodes text for a path; slashes stay. */
function encodeText(text: string): string {
  if (plainPath.test(text)) return text;
  return encodeRest(text.normalize("NFC").replace(/[%?#\\]/g, encodeURIComponent));
}

/** The URL standard's own encoding of a path, and the few characters that it leaves and RFC 3986 does not allow. */
function encodeRest(path: string): string {
  const url = new URL("http://x/");
  url.pathname = path.startsWith("/") ? path : `/${path}`;
  const encoded = url.pathname.replace(/[|^[\]\\]/g, encodeURIComponent);
  return path.startsWith("/") ? encoded : encoded.slice(1);
}

function joinSite(siteUrl: string, path: string): string {
  return siteUrl + (path.startsWith("/") ? path.slice(1) : path);
}

export type Address =
  | { readonly kind: "inside"; readonly url: string }
  /** An http(s) address on another site. */
  | { readonly kind: "outside"; readonly url: string }
  | { readonly kind: "unsafe"; readonly reason: string };

/** Reads an address that a post gives itself: a path below the site, or an absolute URL. */
export function readAddress(written: string, parts: PermalinkParts, siteUrl: string): Address {
  const text = written.trim();
  if (/\{\{|\{%/.test(text)) return unsafe("it is a template of another program");
  if (/^[a-z][a-z0-9+.-]*:/i.test(text) || text.startsWith("//")) return readAbsolute(text, siteUrl);
  const filled = text.replace(token, (_, name: string) => parts(name));
  const [, path = "", tail = ""] = /^([^?#]*)(.*)$/s.exec(filled) ?? [];
  const reason = findUnsafePart(path);
  if (reason !== undefined) return unsafe(reason);
  const tidy = path.replace(/\/{2,}/g, "/").replace(/(^|\/)index\.html?$/, "$1");
  try {
    const url = new URL(joinSite(siteUrl, encodeWritten(tidy)) + tail);
    return url.href.startsWith(siteUrl) ? { kind: "inside", url: url.href } : unsafe("it leaves the site");
  } catch {
    return unsafe("it does not make a URL");
  }
}

/** Encodes a written path; what is percent-encoded already stays so. */
function encodeWritten(path: string): string {
  if (plainPath.test(path)) return path;
  return encodeRest(path.normalize("NFC").replace(/%(?![0-9a-fA-F]{2})/g, "%25"));
}

function readAbsolute(text: string, siteUrl: string): Address {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return unsafe("it is not a complete URL");
  }
  if (url.protocol !== "http:" && url.protocol !== "https:")
    return unsafe(`${url.protocol} is not http or https`);
  const site = new URL(siteUrl);
  if (url.host !== site.host) return { kind: "outside", url: url.href };
  const reason = findUnsafePart(/^[a-z]+:\/\/[^/?#\\]*([^?#]*)/i.exec(text)?.[1] ?? "\\");
  if (reason !== undefined) return unsafe(reason);
  url.protocol = site.protocol;
  return url.href.startsWith(siteUrl)
    ? { kind: "inside", url: url.href }
    : { kind: "outside", url: url.href };
}

function unsafe(reason: string): Address {
  return { kind: "unsafe", reason };
}
