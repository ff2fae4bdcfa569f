import type { Diagnostic } from "../../model/diagnostic.ts";
import { defineProblem, diagnose, type Problem } from "../../model/problem.ts";
import { type FetchAnswer, showUrl } from "../../net/guarded-fetch.ts";
import type { DocumentKind } from "../parse/parsed-document.ts";
import { specs } from "./specs.ts";

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

export interface Served {
  readonly kind: DocumentKind;
  /** `file` of the findings. */
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

type Report = (problem: Problem, message: string) => void;

const badStatus = defineProblem("http/status", {
  severity: "error",
  title: "An answer that is not the document",
  why: "Readers take no entries from it; 404 and 410 make some of them drop the subscription.",
  fix: "Let the address answer 200, or 301 with the new address.",
  spec: `${specs.http}#section-15`,
});

/** `again` is the answer to a reader that has the document already; absent where none was asked for. */
export function reviewServing(
  answer: FetchAnswer,
  again: FetchAnswer | undefined,
  { kind, name, now }: Served,
): Diagnostic[] {
  const found: Diagnostic[] = [];
  const report: Report = (problem, message) => found.push(diagnose(problem, name, message));
  reviewRedirects(answer, report);
  if (answer.status !== 200) report(badStatus, `The address answers ${answer.status}.`);
  else {
    reviewType(answer, kind, report);
    reviewValidators(answer, again, now, report);
    reviewCompression(answer, report);
    reviewCache(answer, report);
  }
  return found;
}

const movedAddress = defineProblem("http/moved", {
  severity: "warning",
  title: "An address that has moved for good",
  why: "Every fetch costs a second request, and subscriptions end when the redirect does.",
  fix: "Tell people the new address, and keep the redirect.",
  spec: `${specs.http}#section-15.4`,
});

const redirectedAddress = defineProblem("http/redirect", {
  severity: "hint",
  title: "A redirect on the way to the document",
  why: "Every fetch costs a further request.",
  fix: "Serve the document at the address that people subscribe to.",
  spec: `${specs.http}#section-15.4`,
});

function reviewRedirects({ redirects, url }: FetchAnswer, report: Report): void {
  if (redirects.length === 0) return;
  const way = redirects.map(({ status }) => status).join(", ");
  const hasMoved = redirects.every(({ status }) => status === 301 || status === 308);
  if (hasMoved) report(movedAddress, `The address has moved to ${showUrl(url)} (${way}).`);
  else report(redirectedAddress, `The address leads to ${showUrl(url)} (${way}).`);
}

const wrongMediaType = defineProblem("http/media-type", {
  severity: "warning",
  title: "A media type that is not the document's",
  why: "Browsers and some readers go by the media type: text/html is shown as a page, text/plain as text.",
  fix: "Serve RSS as application/rss+xml, Atom as application/atom+xml, JSON Feed as application/feed+json, and other XML as application/xml.",
  spec: "https://www.rfc-editor.org/rfc/rfc7303",
});

const wrongCharset = defineProblem("http/charset", {
  severity: "warning",
  title: "JSON in another charset",
  why: "JSON is UTF-8; readers that trust the header show wrong letters.",
  fix: "Leave the charset out, or let it say utf-8.",
  spec: `${specs.rfc8259}#section-8.1`,
});

function reviewType({ headers }: FetchAnswer, kind: DocumentKind, report: Report): void {
  const [type = "", ...parameters] = (headers.get("content-type") ?? "")
    .split(";")
    .map((part) => part.trim());
  const known = mediaTypes[kind];
  if (type === "") report(wrongMediaType, "The answer has no Content-Type.");
  else if (known.length > 0 && !known.includes(type.toLowerCase()))
    report(wrongMediaType, `The media type is ${type}; the document is ${kind}, ${known[0]}.`);
  const charset = parameters.find((part) => /^charset\s*=/i.test(part))?.replace(/^[^=]*=\s*"?|"$/g, "");
  // XML says its own encoding: checkDocument compares.
  if (kind === "json" && charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset))
    report(wrongCharset, `The Content-Type says charset ${charset}.`);
}

const noValidators = defineProblem("http/validators", {
  severity: "warning",
  title: "Neither ETag nor Last-Modified",
  why: "Every reader fetches the whole document each time it looks, changed or not.",
  fix: "Let the server send an ETag or a Last-Modified header; every common server can.",
  spec: `${specs.http}#section-8.8`,
});

const wrongLastModified = defineProblem("http/last-modified", {
  severity: "warning",
  title: "A Last-Modified that is not a date in the past",
  why: "Readers send it back, and the server cannot tell whether anything changed since.",
  fix: "Send the moment of the last change, such as `Wed, 21 Oct 2026 07:28:00 GMT`.",
  spec: `${specs.http}#section-8.8.2`,
});

const noNotModified = defineProblem("http/not-modified", {
  severity: "warning",
  title: "No 304 where nothing has changed",
  why: "The server sends a validator and does not look at it when it comes back: every fetch is a whole one.",
  fix: "Let the server compare If-None-Match and If-Modified-Since, and answer 304.",
  spec: `${specs.http}#section-15.4.5`,
});

function reviewValidators(
  { headers }: FetchAnswer,
  again: FetchAnswer | undefined,
  now: number,
  report: Report,
): void {
  const etag = headers.get("etag");
  const modified = headers.get("last-modified");
  if (etag === null && modified === null)
    report(noValidators, "The answer has neither ETag nor Last-Modified.");
  // Clocks differ by a little.
  if (modified !== null && !(Date.parse(modified) <= Math.max(now, Date.now()) + 60_000))
    report(wrongLastModified, `Last-Modified is "${modified}".`);
  if (again === undefined || again.status === 304) return;
  const sent = [etag !== null && "its ETag", modified !== null && "its Last-Modified"].filter(Boolean);
  const isChanged = etag !== null && again.headers.get("etag") !== etag;
  const answered = `${again.status} instead of 304${isChanged ? ", with another ETag" : ""}`;
  report(noNotModified, `Asked again with ${sent.join(" and ")}, the server answers ${answered}.`);
}

const notCompressed = defineProblem("http/compression", {
  severity: "warning",
  title: "A document that is sent uncompressed",
  why: "Feeds shrink to about a fifth; every reader pays for the rest at each fetch.",
  fix: "Turn on gzip for XML and JSON.",
  spec: `${specs.http}#section-8.4`,
});

function reviewCompression({ headers, body }: FetchAnswer, report: Report): void {
  // Shorter documents gain nothing: they fit into one packet.
  if (headers.get("content-encoding") === null && body.length > 1400)
    report(
      notCompressed,
      `The document has ${body.length} bytes and is not compressed, although gzip was asked for.`,
    );
}

const wrongCacheLifetime = defineProblem("http/cache", {
  severity: "hint",
  title: "A cache lifetime that does not suit a feed",
  why: "Without one every reader guesses how often to look; with one of days new entries come late.",
  fix: "Send `Cache-Control: max-age=900`, or another lifetime from a few minutes to a day.",
  spec: "https://www.rfc-editor.org/rfc/rfc9111#section-5.2",
});

function reviewCache({ headers }: FetchAnswer, report: Report): void {
  const day = 86_400;
  const control = headers.get("cache-control") ?? "";
  const age = /(?:^|[\s,])max-age\s*=\s*"?(\d+)/i.exec(control)?.[1];
  const hasLifetime = age !== undefined || headers.get("expires") !== null || /no-cache/i.test(control);
  const message = /no-store/i.test(control)
    ? "Cache-Control says no-store: no reader may keep the document, and none gets a 304."
    : Number(age) > day
      ? `Cache-Control says max-age=${age}: readers may take new entries up to ${Math.round(Number(age) / day)} days late.`
      : hasLifetime
        ? undefined
        : "The answer has no cache lifetime.";
  if (message) report(wrongCacheLifetime, message);
}
