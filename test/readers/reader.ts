import { spawn } from "node:child_process";
import { delimiter } from "node:path";

/** One entry as a reader shows it; what a reader does not keep is left out. */
export interface Entry {
  readonly id: string;
  readonly title: string;
  readonly link: string;
  /** Milliseconds since the epoch. */
  readonly date: number;
  /** Names. */
  readonly authors?: readonly string[];
  /** HTML. */
  readonly content?: string;
  readonly enclosures?: readonly Enclosure[];
}

/** A reader that does not keep media type or size leaves them out. */
export interface Enclosure {
  readonly url: string;
  readonly type?: string;
  readonly length?: number;
}

/** A place of its own for one subscription: nothing else writes there, and the reader writes nowhere else. */
export interface Place {
  /** The reader's home, an empty folder at first. */
  readonly folder: string;
  readonly url: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface Subscription {
  /** Fetches the feed once, and gives all entries that the reader then shows, newest first. */
  refresh(): Promise<Entry[]>;
}

/** What a reader does in its own way; everything else is the same for all. */
export interface Reader {
  readonly name: string;
  /** Debian's packages. */
  readonly package: string;
  /** A command that succeeds where the reader is installed. */
  readonly present: readonly [program: string, ...args: string[]];
  readonly feeds: readonly string[];
  /** The facts that it does not keep; of enclosures, their type and length. */
  readonly leavesOut: readonly ("authors" | "type" | "length")[];
  /** Which of several authors it shows, and how. Default: all, one by one. */
  readonly authorsShown?: (names: readonly string[], format: "RSS" | "Atom") => readonly string[];
  /** Whether it writes HTML anew: attributes in another order, and without those it does not know. */
  readonly cleansHtml: boolean;
  /** The title it shows for an RSS item without one. Default: none. */
  readonly untitled?: (item: { readonly text: string; readonly link: string }) => string;
  /** `replaced`: an edited post is the entry of before; `beside`: both editions are shown, under one id. */
  readonly edited: "replaced" | "beside";
  /** The fetch, counted from 1, from which on it sends ETag and Last-Modified back, so that 304 is an answer. Default: none. */
  readonly asksFrom?: number;
  subscribe(place: Place): Subscription;
}

/** Debian's own Python: its packages are not seen by others. */
export const python = process.env.PYTHON ?? "/usr/bin/python3";

/** What a reader sees of the environment: its own home, and a proxy that lets it reach nothing but loopback. */
export function makeEnvironment(home: string, proxy: string): NodeJS.ProcessEnv {
  return {
    PATH: ["/usr/local/bin", "/usr/bin", "/bin"].join(delimiter),
    HOME: home,
    TMPDIR: home,
    LANG: "C.UTF-8",
    TZ: "Asia/Jakarta",
    TERM: "dumb",
    http_proxy: proxy,
    https_proxy: proxy,
    no_proxy: "127.0.0.1",
  };
}

/** Runs a program to its end; throws what it said where it failed. */
export async function run(
  [program, ...args]: readonly [string, ...string[]],
  { folder, env }: Pick<Place, "folder" | "env">,
): Promise<string> {
  const child = spawn(program, args, {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 20_000,
  });
  const said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said.err += text));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${said.err}${said.out}`);
  return said.out;
}

/** `address (name)` as RSS has it, `name (address)`, or a name alone: the name. */
export function nameIn(author: string): string {
  const [, before = "", within = ""] = /^(.*?) ?\((.*)\)$/.exec(author) ?? [];
  if (before.includes("@")) return within;
  return within.includes("@") ? before : author;
}
