import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { basename } from "node:path";
import mime from "mime";
import { feedFormats } from "../../src/formats/formats.ts";

/** What a reader asked for, and what it was told. */
export interface Exchange {
  readonly path: string;
  readonly status: number;
  /** Which of the two validators the reader sent. */
  readonly validators: readonly ("If-None-Match" | "If-Modified-Since")[];
}

interface Served {
  readonly body: Buffer;
  readonly etag: string;
  readonly modified: Date;
}

const mediaTypes: ReadonlyMap<string, string> = new Map(
  Object.values(feedFormats).map(({ fileName, mediaType }) => [fileName, mediaType]),
);
const opened = Date.UTC(2026, 10, 23, 9);

export class FeedServer {
  readonly exchanges: Exchange[] = [];
  /** Requests for other hosts. Every reader is told that this server is its proxy, so none of them leaves the machine. */
  readonly strays: string[] = [];
  readonly #served = new Map<string, Served>();
  #deployments = 0;
  readonly #server = createServer((request, response) => this.#answer(request, response));

  async open(): Promise<void> {
    this.#server.on("connect", (request, socket) => {
      this.strays.push(request.url ?? "");
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
    });
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Without a slash at its end. */
  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Replaces what is served, a minute later each time; what did not change keeps its time, as on disk. */
  deploy(documents: ReadonlyMap<string, Buffer>): void {
    const modified = new Date(opened + 60_000 * this.#deployments++);
    for (const path of this.#served.keys()) if (!documents.has(path)) this.#served.delete(path);
    for (const [path, body] of documents) {
      if (this.#served.get(path)?.body.equals(body)) continue;
      const etag = `"${createHash("sha256").update(body).digest("hex").slice(0, 32)}"`;
      this.#served.set(path, { body, etag, modified });
    }
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const target = request.url ?? "/";
    if (!target.startsWith("/")) {
      this.strays.push(target);
      response.writeHead(403).end();
      return;
    }
    const path = decodeURIComponent(target.slice(1));
    const found = this.#served.get(path);
    const status = found === undefined ? 404 : isCurrent(request, found) ? 304 : 200;
    const { "if-none-match": etag, "if-modified-since": since } = request.headers;
    this.exchanges.push({
      path,
      status,
      validators: [
        ...(etag === undefined ? [] : ["If-None-Match" as const]),
        ...(since === undefined ? [] : ["If-Modified-Since" as const]),
      ],
    });
    if (found === undefined) response.writeHead(404).end();
    else response.writeHead(status, headersOf(path, found)).end(status === 200 ? found.body : undefined);
  }
}

/** RFC 9110 section 13.2.2: where there is an If-None-Match, the date does not count. */
function isCurrent({ headers }: IncomingMessage, { etag, modified }: Served): boolean {
  const wanted = headers["if-none-match"];
  if (wanted !== undefined) return wanted.split(",").some((one) => one.trim().replace(/^W\//, "") === etag);
  return Date.parse(headers["if-modified-since"] ?? "") >= modified.getTime();
}

function headersOf(path: string, { body, etag, modified }: Served): Record<string, string | number> {
  const type = mediaTypes.get(basename(path)) ?? mime.getType(path) ?? "application/octet-stream";
  return {
    "content-type": /json|image|audio/.test(type) ? type : `${type}; charset=utf-8`,
    "content-length": body.length,
    "last-modified": modified.toUTCString(),
    etag,
  };
}
