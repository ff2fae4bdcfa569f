// In come the posts that will be shown, in order; out come their files, which a second thread has read meanwhile, as far as it got.
import type { PostRow } from "./feeds/post-row.ts";
import type { Config } from "./model/config.ts";
import type { FileBytes, ReadAhead } from "./read-ahead.ts";

/** Below this many posts, a thread that reads ahead costs more than it saves. */
const manyPosts = 1500;

/** Has posts read before they are asked for. Nobody waits for it, and it need not have any of them. */
export class ExpectedPosts {
  readonly #config: Config;
  #ahead: ReadAhead | undefined;
  readonly #numbers = new Map<string, number>();
  /** Numbers below this one cannot be asked for any more. */
  #next = 0;

  constructor(config: Config) {
    this.#config = config;
  }

  /** Begins to read these posts, each once, where they are many. */
  async begin(rows: readonly PostRow[]): Promise<void> {
    this.end();
    for (const { file } of rows) if (!this.#numbers.has(file)) this.#numbers.set(file, this.#numbers.size);
    if (this.#numbers.size < manyPosts) return;
    const { startReadAhead } = await import("./read-ahead.ts");
    this.#ahead = startReadAhead(this.#config.posts.dir, [...this.#numbers.keys()]);
  }

  /** A post's file, good until the next call. */
  take({ file }: PostRow): FileBytes | undefined {
    const number = this.#ahead && this.#numbers.get(file);
    if (number === undefined || number < this.#next) return undefined;
    this.#next = number + 1;
    return this.#ahead?.take(number);
  }

  end(): void {
    this.#ahead?.close();
    this.#ahead = undefined;
    this.#numbers.clear();
    this.#next = 0;
  }
}
