import { type IncomingMessage, type RequestOptions, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import { isPublicAddress } from "./addresses.ts";

/** Why a request has no answer; the message never contains what was sent. */
export class TransportError extends Error {
  readonly retriable: boolean;

  constructor(message: string, retriable: boolean) {
    super(message);
    this.retriable = retriable;
  }
}

export interface HopRequest {
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface HopRules {
  readonly maxBytes: number;
  readonly allowPrivate: boolean;
  readonly lookup: LookupFunction;
}

export interface HopResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** Sends one request and follows no redirect. Certificates are always checked, whatever the environment says. @throws TransportError */
export function exchange(
  url: URL,
  hop: HopRequest,
  rules: HopRules,
  signal: AbortSignal,
): Promise<HopResponse> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(transportError(error));
    const options: RequestOptions & { rejectUnauthorized: boolean } = {
      method: hop.method,
      headers: {
        ...hop.headers,
        ...(hop.body !== undefined && { "content-length": Buffer.byteLength(hop.body) }),
      },
      lookup: rules.lookup,
      agent: false,
      signal,
      rejectUnauthorized: true,
    };
    const send = url.protocol === "https:" ? requestHttps : requestHttp;
    const sent = send(url, options, (answer) => {
      readBody(answer, rules.maxBytes).then(
        (body) => resolve({ status: answer.statusCode ?? 0, headers: headersOf(answer), body }),
        (error) => {
          sent.destroy();
          fail(error);
        },
      );
    });
    sent.on("error", fail);
    sent.on("socket", (socket) => {
      socket.once("connect", () => {
        if (!rules.allowPrivate && !isPublicAddress(socket.remoteAddress ?? ""))
          sent.destroy(new TransportError("it is at a private address", false));
      });
    });
    sent.end(hop.body);
  });
}

async function readBody(answer: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of answer as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    pieces.push(piece);
  }
  return decode(Buffer.concat(pieces), answer.headers["content-encoding"], maxBytes);
}

/** Some servers compress though the request asks for plain bytes. */
function decode(body: Buffer, encoding: string | undefined, maxBytes: number): Uint8Array {
  const name = encoding?.trim().toLowerCase() ?? "identity";
  if (name === "" || name === "identity" || body.length === 0) return body;
  const options = { maxOutputLength: maxBytes };
  try {
    if (name === "gzip" || name === "x-gzip") return gunzipSync(body, options);
    if (name === "deflate") return inflateSync(body, options);
    if (name === "br") return brotliDecompressSync(body, options);
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(maxBytes);
    throw new TransportError(`its ${name} encoding is broken`, true);
  }
  throw new TransportError(`its content encoding ${name.slice(0, 40)} is unknown`, false);
}

function tooLarge(maxBytes: number): TransportError {
  return new TransportError(`the answer is larger than ${maxBytes} bytes`, false);
}

function headersOf(answer: IncomingMessage): Headers {
  const headers = new Headers();
  for (let at = 0; at + 1 < answer.rawHeaders.length; at += 2) {
    try {
      headers.append(answer.rawHeaders[at] ?? "", answer.rawHeaders[at + 1] ?? "");
    } catch {
      // Headers that the Fetch standard does not allow are left out.
    }
  }
  return headers;
}

const tlsCode = /^(CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO|HOSTNAME_MISMATCH)/;

function transportError(error: unknown): TransportError {
  if (error instanceof TransportError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "EPRIVATE") return new TransportError("its name leads to a private address", false);
  if (tlsCode.test(code)) return new TransportError(`its certificate or TLS is not valid (${code})`, false);
  if (code === "ENOTFOUND") return new TransportError("its host name has no address", true);
  return new TransportError(`the connection failed${code && ` (${code})`}`, true);
}
