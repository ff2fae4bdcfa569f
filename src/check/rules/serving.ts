// In come the answers of a server; out go findings about how a document is served.
import type { Diagnostic } from "../../model/diagnostic.ts";
import { type FetchAnswer, showUrl } from "../../net/guarded-fetch.ts";
import type { DocumentKind } from "../check-document.ts";
import { type RuleCode, rules } from "./table.ts";

const day = 86_400;
/** Shorter documents gain nothing: they fit into one packet. */
const worthCompressing = 1400;

const xml = ["application/xml", "text/xml"];
const mediaTypes: Readonly<Record<DocumentKind, readonly string[]>> = {
  rss: ["application/rss+xml", ...xml],
  rdf: ["application/rss+xml", "application/rdf+xml", ...xml],
  atom: ["application/atom+xml", ...xml],
  json: ["application/feed+json", "application/json"],
  opml: ["text/x-opml", "text/x-opml+xml", "application/opml+xml", ...xml],
  sitemap: xml,
  "sitemap-index": xml,
  unknown: [],
};

type Report = (code: RuleCode, message: string) => Diagnostic;

/** Makes findings about one address. */
export function makeReport(name: string): Report {
  return (code, message) => ({
    code,
    severity: rules[code].severity,
    file: name,
    message,
    hint: rules[code].mend,
  });
}

export interface Served {
  readonly kind: DocumentKind;
  /** `file` of the findings. */
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** `again` is the answer to a reader that has the document already; absent where none was asked for. */
export function reviewServing(
  answer: FetchAnswer,
  again: FetchAnswer | undefined,
  served: Served,
): Diagnostic[] {
  const report = makeReport(served.name);
  const findings = reviewRedirects(answer, report);
  if (answer.status !== 200) {
    return [...findings, report("http/status", `The address answers ${answer.status}.`)];
  }
  return [
    ...findings,
    ...reviewType(answer, served, report),
    ...reviewValidators(answer, again, served, report),
    ...reviewCost(answer, report),
  ];
}

function reviewRedirects({ redirects, url }: FetchAnswer, report: Report): Diagnostic[] {
  const [first] = redirects;
  if (first === undefined) return [];
  const way = redirects.map(({ status }) => status).join(", ");
  const moved = redirects.every(({ status }) => status === 301 || status === 308);
  return [
    moved
      ? report("http/moved", `The address has moved to ${showUrl(url)} (${way}).`)
      : report("http/redirect", `The address leads to ${showUrl(url)} (${way}).`),
  ];
}

function reviewType({ headers }: FetchAnswer, { kind }: Served, report: Report): Diagnostic[] {
  const [type = "", ...parameters] = (headers.get("content-type") ?? "")
    .split(";")
    .map((part) => part.trim());
  const findings: Diagnostic[] = [];
  const known = mediaTypes[kind];
  if (type === "") findings.push(report("http/media-type", "The answer has no Content-Type."));
  else if (known.length > 0 && !known.includes(type.toLowerCase())) {
    findings.push(
      report("http/media-type", `The media type is ${type}; the document is ${kind}, ${known[0]}.`),
    );
  }
  const charset = parameters.find((part) => /^charset\s*=/i.test(part))?.replace(/^[^=]*=\s*"?|"$/g, "");
  // XML says its own encoding: checkDocument compares.
  if (kind === "json" && charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset)) {
    findings.push(report("http/charset", `The Content-Type says charset ${charset}.`));
  }
  return findings;
}

function reviewValidators(
  { headers }: FetchAnswer,
  again: FetchAnswer | undefined,
  { now }: Served,
  report: Report,
): Diagnostic[] {
  const etag = headers.get("etag");
  const modified = headers.get("last-modified");
  if (etag === null && modified === null) {
    return [report("http/validators", "The answer has neither ETag nor Last-Modified.")];
  }
  const findings: Diagnostic[] = [];
  // Clocks differ by a little.
  if (modified !== null && !(Date.parse(modified) <= Math.max(now, Date.now()) + 60_000)) {
    findings.push(report("http/last-modified", `Last-Modified is "${modified}".`));
  }
  if (again !== undefined && again.status !== 304) {
    const sent = [etag === null ? "" : "its ETag", modified === null ? "" : "its Last-Modified"];
    const changed = etag !== null && again.headers.get("etag") !== etag;
    findings.push(
      report(
        "http/not-modified",
        `Asked again with ${sent.filter((one) => one !== "").join(" and ")}, the server answers ${again.status} instead of 304${changed ? ", with another ETag" : ""}.`,
      ),
    );
  }
  return findings;
}

function reviewCost({ headers, body }: FetchAnswer, report: Report): Diagnostic[] {
  const findings: Diagnostic[] = [];
  if (headers.get("content-encoding") === null && body.length > worthCompressing) {
    findings.push(
      report("http/compression", `The document has ${body.length} bytes, and gzip was asked for in vain.`),
    );
  }
  const control = headers.get("cache-control") ?? "";
  const age = /(?:^|[\s,])max-age\s*=\s*"?(\d+)/i.exec(control)?.[1];
  if (/no-store/i.test(control)) {
    findings.push(
      report(
        "http/cache",
        "Cache-Control says no-store: no reader may keep the document, and none gets a 304.",
      ),
    );
  } else if (age !== undefined && Number(age) > day) {
    findings.push(
      report(
        "http/cache",
        `Cache-Control says max-age=${age}: readers may take new entries up to ${Math.round(Number(age) / day)} days late.`,
      ),
    );
  } else if (age === undefined && headers.get("expires") === null && !/no-cache/i.test(control)) {
    findings.push(report("http/cache", "The answer has no cache lifetime."));
  }
  return findings;
}
