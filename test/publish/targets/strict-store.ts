import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { serve } from "../sample-set.ts";

export interface StoredObject {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

export interface StrictStore {
  readonly endpoint: string;
  readonly objects: Map<string, StoredObject>;
  /** Requests so far. */
  count: number;
  /** Called before each request: breaks it before or after it did its work, or answers with a status. */
  fault: (number: number, request: IncomingMessage) => "before" | "after" | number | undefined;
  /** Sent with each answer that `fault` gives. */
  faultHeaders: Record<string, string>;
}

/** A store for one bucket, `feeds`. */
export async function startStrictStore(): Promise<StrictStore> {
  const store: StrictStore = {
    endpoint: "",
    objects: new Map(),
    count: 0,
    fault: () => undefined,
    faultHeaders: {},
  };
  const endpoint = await serve(async (request, answer) => {
    store.count += 1;
    const fault = store.fault(store.count, request);
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    if (fault === "before") return void request.socket.destroy();
    if (typeof fault === "number") {
      for (const [name, value] of Object.entries(store.faultHeaders)) answer.setHeader(name, value);
      return void fail(answer, fault, fault === 409 ? "ConditionalRequestConflict" : "Broken");
    }
    if (fault === "after") {
      handle(store, request, Buffer.concat(pieces), undefined);
      return void request.socket.destroy();
    }
    handle(store, request, Buffer.concat(pieces), answer);
  });
  return Object.assign(store, { endpoint });
}

function handle(
  store: StrictStore,
  request: IncomingMessage,
  body: Buffer,
  answer: ServerResponse | undefined,
): void {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const key = decodeURIComponent(url.pathname.replace(/^\/feeds\/?/, ""));
  if (key === "") {
    if (answer) list(store, url, answer);
    return;
  }
  const refusal = refusalOf(store, request, key);
  if (refusal) {
    fail(answer, ...refusal);
    return;
  }
  const now = store.objects.get(key);
  if (request.method === "GET" && now !== undefined) {
    answer?.writeHead(200, { ...now.headers, etag: etagOf(now.body) }).end(now.body);
  } else if (request.method === "DELETE") {
    store.objects.delete(key);
    answer?.writeHead(204).end();
  } else {
    const { "content-type": type = "", "cache-control": cache = "" } = request.headers;
    store.objects.set(key, { body, headers: { "content-type": type, "cache-control": String(cache) } });
    answer?.writeHead(200, { etag: etagOf(body) }).end();
  }
}

function refusalOf(store: StrictStore, request: IncomingMessage, key: string): [number, string] | undefined {
  const now = store.objects.get(key);
  const { "if-match": expected, "if-none-match": none } = request.headers;
  if (now === undefined && (request.method === "GET" || expected !== undefined)) return [404, "NoSuchKey"];
  if (now === undefined) return undefined;
  if (none === "*" || (expected !== undefined && etagOf(now.body) !== expected))
    return [412, "PreconditionFailed"];
  return undefined;
}

function list(store: StrictStore, url: URL, answer: ServerResponse): void {
  const prefix = url.searchParams.get("prefix") ?? "";
  const after = url.searchParams.get("continuation-token") ?? "";
  const keys = [...store.objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  // Small pages, so that every listing here has several.
  const page = keys.slice(0, 3);
  const contents = page.map((key) => {
    const etag = etagOf(store.objects.get(key)?.body ?? Buffer.alloc(0)).replaceAll('"', "&quot;");
    return `<Contents><Key>${key}</Key><ETag>${etag}</ETag></Contents>`;
  });
  const next = keys.length > 3 ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : "";
  const text = `<?xml version="1.0"?><ListBucketResult><IsTruncated>${keys.length > 3}</IsTruncated>${next}${contents.join("")}</ListBucketResult>`;
  answer.writeHead(200, { "content-type": "application/xml" }).end(text);
}

function fail(answer: ServerResponse | undefined, status: number, code: string): void {
  answer
    ?.writeHead(status, { "content-type": "application/xml" })
    .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`);
}

function etagOf(body: Buffer): string {
  return `"${createHash("md5").update(body).digest("hex")}"`;
}
