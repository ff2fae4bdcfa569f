import type { IncomingMessage, ServerResponse } from "node:http";
import { serve } from "./sample-set.ts";

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

/** Ways in which a request can go wrong. After `lost`, `half`, `short` and `wrong` the service has done its work. */
export const faultKinds = ["reset", "lost", "half", "short", "wrong", "hang", 500, 429] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  /** As in `requests`: service, method, path, and which of those requests it is. */
  readonly name: string;
  readonly kind: FaultKind;
  /** Whether those after it break as well. */
  readonly forGood: boolean;
}

export class Gate {
  /** Every request since the last reset, by name. */
  readonly requests: string[] = [];
  #counts = new Map<string, number>();
  #fault: Fault | undefined;
  #tripped = false;

  /** Counts from the beginning, and breaks this request when it comes. */
  reset(fault?: Fault): void {
    this.requests.length = 0;
    this.#counts.clear();
    this.#fault = fault;
    this.#tripped = false;
  }

  get tripped(): boolean {
    return this.#tripped;
  }

  /** A service behind the gate. */
  serve(name: string, reply: (request: IncomingMessage, body: Buffer) => Promise<Reply>): Promise<string> {
    return serve(async (request, answer) => {
      const fault = this.#pass(`${name} ${request.method} ${request.url?.replace(/[?&]x-id=\w+/, "")}`);
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      if (fault === "hang") return;
      if (fault === "reset") return void request.socket.destroy();
      if (fault === 500 || fault === 429) return void answer.writeHead(fault, { "retry-after": "1" }).end();
      give(answer, await reply(request, Buffer.concat(pieces)), fault);
    });
  }

  #pass(what: string): FaultKind | undefined {
    const count = (this.#counts.get(what) ?? 0) + 1;
    this.#counts.set(what, count);
    this.requests.push(`${what} #${count}`);
    if (this.#fault === undefined) return undefined;
    const { name, kind, forGood } = this.#fault;
    const [wanted = "", from = ""] = name.split(" #");
    const broken = what === wanted && (forGood ? count >= Number(from) : count === Number(from));
    this.#tripped ||= broken;
    return broken ? kind : undefined;
  }
}

function give(answer: ServerResponse, { status, headers, body = "" }: Reply, fault?: FaultKind): void {
  const bytes = Buffer.from(body);
  const half = bytes.subarray(0, bytes.length / 2);
  if (fault === "lost") return void answer.socket?.destroy();
  if (fault === "wrong") return void answer.writeHead(200, headers).end("<p>Something else</p>");
  if (fault === "short") return void answer.writeHead(status, headers).end(half);
  if (fault !== "half") return void answer.writeHead(status, headers).end(bytes);
  answer.writeHead(200, { ...headers, "content-length": String(bytes.length + 1) });
  answer.write(half);
  setTimeout(() => answer.socket?.destroy(), 10);
}
