// In come the bytes of a feed, OPML or sitemap document, whoever made it; out goes what it is and what is wrong with it.
import type { Diagnostic } from "../model/diagnostic.ts";
import { decodeBytes } from "./parse/decode-bytes.ts";
import { type DocumentKind, type ParsedDocument, parseDocument } from "./parse/parsed-document.ts";
import { type CheckOptions, DocumentCheck, type Profile } from "./rules/document-check.ts";
import { checkJson } from "./shapes/json-document.ts";
import { checkXml } from "./shapes/xml-document.ts";

export type { DocumentKind } from "./parse/parsed-document.ts";
export { type CheckOptions, type Profile, profiles } from "./rules/document-check.ts";

export interface CheckedDocument {
  readonly bytes: Uint8Array;
  /** `file` of the diagnostics. */
  readonly name: string;
  /** As served, such as `application/rss+xml; charset=utf-8`. */
  readonly mediaType?: string;
  /** Where it is or will be served; the self link is compared with it. */
  readonly url?: string;
}

/** A longer document is not looked into: Feedbin stops at 10 MiB, Miniflux at 15 MB, sitemaps at 50 MB. */
const MAX_BYTES = 64 * 1024 * 1024;
const LARGE = 10 * 1024 * 1024;

/** What a check found, and the document as it was read: absent for one that is empty or too long. */
export interface InspectedDocument {
  readonly kind: DocumentKind;
  readonly diagnostics: Diagnostic[];
  readonly parsed?: ParsedDocument;
}

/**
 * Checks one document against the rules of its format. Synchronous; never throws, whatever the bytes, and takes time in
 * proportion to their number.
 */
export function checkDocument(
  document: CheckedDocument,
  options: CheckOptions = {},
): { kind: DocumentKind; diagnostics: Diagnostic[] } {
  const { kind, diagnostics } = inspectDocument(document, options);
  return { kind, diagnostics };
}

/** {@link checkDocument} for those who look at the document further and need not parse it again. */
export function inspectDocument(document: CheckedDocument, options: CheckOptions = {}): InspectedDocument {
  const charset = /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(document.mediaType ?? "")?.[1];
  const bytes = document.bytes.length > MAX_BYTES ? document.bytes.subarray(0, 1_000) : document.bytes;
  const { text, encoding, faults } = decodeBytes(bytes, charset);
  const check = new DocumentCheck(document.name, text, {
    size: document.bytes.length,
    now: options.now ?? Date.now(),
    ...(document.url !== undefined && { url: document.url }),
    encoding,
    profiles: [options.profile ?? []].flat() as Profile[],
  });
  for (const { code, offset, message, hint } of faults) check.findings.add(code, offset, message, hint);
  const read = run(check, document);
  return { ...read, diagnostics: check.findings.list() };
}

function run(check: DocumentCheck, document: CheckedDocument): Omit<InspectedDocument, "diagnostics"> {
  const { size } = check;
  if (size > MAX_BYTES) {
    check.findings.add("xml/limit", undefined, `The document has ${size} bytes; ${MAX_BYTES} are read.`);
    return { kind: "unknown" };
  }
  if (!/[^\s\ufeff]/.test(check.text)) {
    check.findings.add("xml/empty", 0, "The document is empty.");
    return { kind: "unknown" };
  }
  const parsed = parseDocument(check.text, /[/+]json\b/i.test(document.mediaType ?? ""));
  let kind: DocumentKind = "json";
  if (parsed.json) checkJson(parsed.json, check);
  else kind = checkXml(parsed.xml, check, document.mediaType);
  if (size > LARGE && kind !== "sitemap" && kind !== "sitemap-index") {
    check.findings.add("portability/large", undefined, `The document has ${size} bytes.`);
  }
  return { kind, parsed };
}
