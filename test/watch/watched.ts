// The program watching a site, as a process: its events one by one, each awaited with a deadline.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { startProgram } from "../support/program.ts";

export interface ReportedEvent {
  readonly event: "ready" | "built" | "problem" | "stopped";
  readonly message?: string;
  readonly hint?: string;
  readonly files?: { readonly written: readonly string[]; readonly removed: readonly string[] };
  readonly posts?: { readonly published: number; readonly failed: number };
  readonly diagnostics?: readonly { readonly code: string; readonly file: string }[];
}

/** How long anything may take on a busy machine before a test fails. Milliseconds. */
const patience = 20_000;

export class Watched {
  readonly child: ReturnType<typeof startProgram>;
  readonly events: ReportedEvent[] = [];
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  stderr = "";
  #news: () => void = () => {};

  constructor(child: ReturnType<typeof startProgram>) {
    this.child = child;
    createInterface({ input: child.stdout }).on("line", (line) => {
      this.events.push(JSON.parse(line) as ReportedEvent);
      this.#news();
    });
    child.stderr.on("data", (data) => {
      this.stderr += data;
    });
    this.ended = new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal })));
  }

  /** The first event from `after` on that is as asked for. */
  async next(is: (event: ReportedEvent) => boolean, after = 0): Promise<ReportedEvent> {
    return this.until(() => this.events.slice(after).find(is), "an event");
  }

  ready(): Promise<ReportedEvent> {
    return this.next(({ event }) => event === "ready");
  }

  /** Waits until something can be found; looks again with each event and every few milliseconds. */
  async until<T>(find: () => T | undefined | false, what: string): Promise<T> {
    const deadline = performance.now() + patience;
    for (;;) {
      const found = find();
      if (found !== undefined && found !== false) return found;
      if (performance.now() > deadline) {
        throw new Error(
          `waited in vain for ${what}; events: ${JSON.stringify(this.events.map((e) => ({ ...e, files: e.files && [e.files.written.length, e.files.removed.length], diagnostics: e.diagnostics?.slice(0, 2) }))).slice(0, 6000)} ${this.stderr}`,
        );
      }
      await new Promise<void>((resolve) => {
        this.#news = resolve;
        setTimeout(resolve, 5);
      });
    }
  }

  builds(): number {
    return this.events.filter(({ event }) => event === "built").length;
  }

  async stop(
    signal: NodeJS.Signals = "SIGTERM",
  ): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    this.child.kill(signal);
    return this.ended;
  }
}

/** Starts `watch --json` in a site's folder and waits until it watches. */
export async function startWatch(
  root: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<Watched> {
  const watched = new Watched(startProgram(["watch", "--json", ...args], { cwd: root, env }));
  await watched.ready();
  return watched;
}

/** Titles in the site's JSON feed, in order; nothing while there is none. */
export function readTitles(root: string): string[] {
  try {
    const { items } = JSON.parse(readFileSync(join(root, "dist/feed.json"), "utf8")) as {
      items: { title: string }[];
    };
    return items.map(({ title }) => title);
  } catch {
    return [];
  }
}

/** Looks at a document again and again, and calls `check` with each text that differs from the last. */
export function observe(
  path: string,
  check: (text: string) => void,
): { readonly errors: unknown[]; stop(): void } {
  const errors: unknown[] = [];
  let last = "";
  const timer = setInterval(() => {
    try {
      const text = readFileSync(path, "utf8");
      if (text === last) return;
      last = text;
      check(text);
    } catch (error) {
      errors.push(error);
    }
  }, 2);
  const stop = () => clearInterval(timer);
  onTestFinished(stop);
  return { errors, stop };
}
