/** Stands in an address in place of what is not known: cleaning makes a link with it plain text. */
export const unknownAddress = "unknown-address:";

const linkSchemes: ReadonlySet<string> = new Set(["http:", "https:", "mailto:", "tel:"]);
const inlineImage = /^data:image\/(?:png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/=]*$/;
/** Longest `data:` image that is kept, in characters: readers fetch feeds again and again. */
export const longestInlineImage = 32_768;
const mostCandidates = 100;

/** The page that an address is on, and the folder of its site: `/a.png` is below that, with and without its name. */
export class PageAddress extends URL {
  readonly #site: URL;

  constructor(page: string, site: string) {
    super(page);
    this.#site = new URL(site);
  }

  resolve(value: string): URL {
    const url = new URL(value, this);
    const { pathname, origin } = this.#site;
    const isFromRoot = pathname !== "/" && /^\s*[\\/](?![\\/])/.test(value) && url.origin === origin;
    if (!isFromRoot || `${url.pathname}/`.startsWith(pathname)) return url;
    return new URL(pathname + url.href.slice(origin.length + 1), url);
  }
}

function parse(value: string, base: URL): URL | undefined {
  try {
    return base instanceof PageAddress ? base.resolve(value) : new URL(value, base);
  } catch {
    return undefined;
  }
}

/** Resolves a link (WHATWG URL). Only http, https, mailto and tel pass. */
export function resolveLink(value: string, base: URL): string | undefined {
  const url = parse(value, base);
  return url !== undefined && linkSchemes.has(url.protocol) ? url.href : undefined;
}

/** Resolves what a reader would load: http, https, or a small raster image in a `data:` URL. */
export function resolveMedia(value: string, base: URL): string | undefined {
  if (value.trim() === "") return undefined;
  const url = parse(value, base);
  if (url === undefined) return undefined;
  if (url.protocol === "http:" || url.protocol === "https:") return url.href;
  return url.href.length <= longestInlineImage && inlineImage.test(url.href) ? url.href : undefined;
}

/** One candidate of a `srcset`. */
export interface Candidate {
  readonly url: string;
  /** Such as `2x` or `640w`; empty when absent. */
  readonly descriptor: string;
}

/** Splits a `srcset` as HTML does (4.8.4.3.10): commas inside a URL belong to it. */
export function parseSrcset(value: string): Candidate[] {
  const candidates: Candidate[] = [];
  const piece = /[\s,]*(\S+)/y;
  while (candidates.length < mostCandidates) {
    const match = piece.exec(value);
    const word = match?.[1];
    if (word === undefined) break;
    if (word.endsWith(",")) {
      const url = word.replace(/,{1,100}$/, "");
      if (url !== "" && !url.endsWith(",")) candidates.push({ url, descriptor: "" });
      continue;
    }
    const comma = value.indexOf(",", piece.lastIndex);
    const end = comma === -1 ? value.length : comma;
    candidates.push({ url: word, descriptor: value.slice(piece.lastIndex, end).trim() });
    piece.lastIndex = end;
  }
  return candidates;
}

/** Resolves every candidate of a `srcset`; those that are no http(s) URL or have a strange descriptor are left out. */
export function resolveSrcset(value: string, base: URL): string | undefined {
  const kept: string[] = [];
  for (const { url, descriptor } of parseSrcset(value)) {
    const absolute = resolveMedia(url, base);
    if (absolute === undefined || absolute.startsWith("data:")) continue;
    if (descriptor !== "" && !/^\d{1,9}(?:\.\d{1,9})?[wxh]$/.test(descriptor)) continue;
    kept.push(`${absolute.replaceAll(/,$/g, "%2C")}${descriptor === "" ? "" : ` ${descriptor}`}`);
  }
  return kept.length === 0 ? undefined : kept.join(", ");
}

/** Says whether a reference has no scheme and no host, so that it may name a local file. */
export function isLocalReference(value: string): boolean {
  return !/^\s*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})/i.test(value);
}

/** Whether an address may be one that `PostLinks` reads. */
export function mayNamePost(address: string): boolean {
  return /\.(?:md|markdown|mdx|mkd|mdown)(?:[?#]|$)|^(?:@\/|\{|\||%7)/i.test(address);
}
