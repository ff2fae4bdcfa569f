import type { CheckProfile } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { defineProblem } from "../model/problem.ts";
import { decodeBytes } from "./parse/decode-bytes.ts";
import { type DocumentKind, type ParsedDocument, parseDocument } from "./parse/parsed-document.ts";
import { DocumentCheck } from "./rules/document-check.ts";
import { specs } from "./rules/specs.ts";
import { checkJson } from "./shapes/json-document.ts";
import { checkXml, documentLimit } from "./shapes/xml-document.ts";

export type { DocumentKind } from "./parse/parsed-document.ts";

export interface CheckedDocument {
  readonly bytes: Uint8Array;
  /** `file` of the diagnostics. */
  readonly name: string;
  /** As served, such as `application/rss+xml; charset=utf-8`. */
  readonly mediaType?: string;
  /** Where it is or will be served; the self link is compared with it. */
  readonly url?: string;
}

export interface CheckOptions {
  /** Milliseconds since the epoch; what counts as the future. Default: the clock, read once. */
  readonly now?: number;
  /** Consumers whose requirements are checked too. */
  readonly profile?: CheckProfile | readonly CheckProfile[];
}

/** Longer documents are not parsed: Feedbin stops at 10 MiB, Miniflux at 15 MB, sitemaps at 50 MB. */
const mostBytes = 64 * 1024 * 1024;

/** What was found, and the parsed document: absent for one that is empty or too long. */
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

/** {@link checkDocument} for callers that need the parsed document too. */
export function inspectDocument(document: CheckedDocument, options: CheckOptions = {}): InspectedDocument {
  const charset = /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(document.mediaType ?? "")?.[1];
  const bytes = document.bytes.length > mostBytes ? document.bytes.subarray(0, 1_000) : document.bytes;
  const { text, encoding, faults } = decodeBytes(bytes, charset);
  const check = new DocumentCheck({
    file: document.name,
    text,
    size: document.bytes.length,
    now: options.now ?? Date.now(),
    url: document.url,
    encoding,
  });
  for (const { problem, offset, message, hint } of faults) check.findings.add(problem, offset, message, hint);
  const read = run(check, document, [options.profile ?? []].flat());
  return { ...read, diagnostics: check.findings.list() };
}

const emptyDocument = defineProblem("xml/empty", {
  severity: "error",
  title: "An empty document",
  why: "There is nothing to read.",
  fix: "Write the document again, and look why it was emptied.",
  spec: specs.xml,
});

const largeDocument = defineProblem("portability/large", {
  severity: "warning",
  title: "A large feed",
  why: "JSON Feed calls 1 MB a burden; Feedbin stops at 10 MiB, Miniflux at 15 MB.",
  fix: "Publish fewer entries or summaries.",
  spec: specs.profile,
});

function run(
  check: DocumentCheck,
  document: CheckedDocument,
  consumers: readonly CheckProfile[],
): Omit<InspectedDocument, "diagnostics"> {
  const { size } = check;
  if (size > mostBytes) {
    check.findings.add(documentLimit, undefined, `The document has ${size} bytes; ${mostBytes} are read.`);
    return { kind: "unknown" };
  }
  if (!/[^\s\ufeff]/.test(check.text)) {
    check.findings.add(emptyDocument, 0, "The document is empty.");
    return { kind: "unknown" };
  }
  const parsed = parseDocument(check.text, /[/+]json\b/i.test(document.mediaType ?? ""));
  let kind: DocumentKind = "json";
  if (parsed.json) checkJson(parsed.json, check);
  else kind = checkXml(parsed.xml, check, { mediaType: document.mediaType, consumers });
  if (size > 10 * 1024 * 1024 && kind !== "sitemap" && kind !== "sitemap-index") {
    check.findings.add(largeDocument, undefined, `The document has ${size} bytes.`);
  }
  return { kind, parsed };
}
