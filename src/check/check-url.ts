import { Failure } from "../model/failure.ts";
import { defineProblem, diagnose } from "../model/problem.ts";
import { createGuardedFetch, type FetchAnswer, NetworkFailure, showUrl } from "../net/guarded-fetch.ts";
import { type CheckOptions, checkDocument } from "./check-document.ts";
import { readFeedDocument } from "./compare/read-entries.ts";
import { decodeBytes } from "./parse/decode-bytes.ts";
import type { Checked, Finding } from "./report/finding.ts";
import { reviewServing } from "./rules/serving.ts";
import { specs } from "./rules/specs.ts";

export interface FetchOptions {
  /** Lets requests go to private addresses. */
  readonly allowPrivate?: boolean;
  /** Milliseconds for one document with its redirects. Default 20,000. */
  readonly timeoutMs?: number;
}

/** What readers send. */
const headers = {
  accept:
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1",
  "accept-encoding": "gzip",
};

/**
 * Fetches a document within bounds: 15 MiB, 5 redirects, only public addresses unless others are allowed.
 * @throws Failure `network`
 */
export function fetchDocument(
  address: string,
  options: FetchOptions = {},
  more: Record<string, string> = {},
): Promise<FetchAnswer> {
  const get = createGuardedFetch({
    allowedHosts: "any",
    allowPrivate: options.allowPrivate ?? false,
    timeoutMs: options.timeoutMs ?? 20_000,
    retries: 1,
  });
  return get(address, { headers: { ...headers, ...more } });
}

const addressUnreachable = defineProblem("http/unreachable", {
  severity: "error",
  title: "An address that does not answer",
  why: "Readers keep showing what they have, and give up after some days or weeks.",
  fix: "Look at the address, the name server, the certificate and the server.",
  spec: specs.http,
});

/**
 * Checks a document where it is served: status, redirects, media type, charset, validators, 304, compression, cache
 * lifetime, self link, and the document itself.
 * @throws Failure `network` for an address that must not be requested, such as a private one
 */
export async function checkUrl(address: string, options: CheckOptions & FetchOptions = {}): Promise<Checked> {
  const now = options.now ?? Date.now();
  const name = showUrl(address);
  let answer: FetchAnswer;
  try {
    answer = await fetchDocument(address, options);
  } catch (error) {
    if (!(error instanceof NetworkFailure) || isRefusal(error)) throw error;
    return { findings: [diagnose(addressUnreachable, name, error.message)], sources: new Map() };
  }
  const mediaType = answer.headers.get("content-type") ?? undefined;
  const findings: Finding[] = [];
  const sources = new Map([[name, ""]]);
  let kind: ReturnType<typeof checkDocument>["kind"] = "unknown";
  if (answer.status === 200) {
    const checked = checkDocument(
      {
        bytes: answer.body,
        name,
        ...(mediaType !== undefined && { mediaType }),
        url: addressOf(address, answer),
      },
      { ...options, now },
    );
    kind = checked.kind;
    // A query may hold a token, and findings end up in logs.
    const hidden = (text: string) => text.replaceAll(answer.url, showUrl(answer.url));
    findings.push(...checked.diagnostics.map((one) => ({ ...one, message: hidden(one.message) })));
    sources.set(name, decodeBytes(answer.body).text);
  }
  const again = await revalidate(answer, options);
  return { findings: [...reviewServing(answer, again, { kind, name, now }), ...findings], sources };
}

/** The address that the self link should have: the requested one where the document has that, else the last of the redirects. */
function addressOf(address: string, answer: FetchAnswer): string {
  const asked = new URL(address).href;
  const { self } = readFeedDocument(answer.body, answer.url);
  return self === asked || self === address ? self : answer.url;
}

/** Asks again, as a reader does that has the document; undefined without validators or without an answer. */
async function revalidate(answer: FetchAnswer, options: FetchOptions): Promise<FetchAnswer | undefined> {
  const etag = answer.headers.get("etag");
  const modified = answer.headers.get("last-modified");
  if (answer.status !== 200 || (etag === null && modified === null)) return undefined;
  const more = {
    ...(etag !== null && { "if-none-match": etag }),
    ...(modified !== null && { "if-modified-since": modified }),
  };
  return fetchDocument(answer.url, options, more).catch((error: unknown) => {
    if (error instanceof Failure) return undefined;
    throw error;
  });
}

/** Whether the address was never requested, as opposed to one that did not answer. */
function isRefusal({ message }: NetworkFailure): boolean {
  return /private address|not http or https|user name or password|not a URL/.test(message);
}
