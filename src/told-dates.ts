// In comes what Git tells of the posts, where it is asked; out go their dates, and whether all of them are those told before.
import type { Config } from "./model/config.ts";
import type { GitDates } from "./posts/git-dates.ts";

/** The dates that come from a site's history. */
export class ToldDates {
  readonly #config: Config;
  #git: GitDates | undefined;
  #history: string | undefined;

  /** `history` is the {@link ToldDates.history} that what is known goes by. */
  constructor(config: Config, history: string | undefined) {
    this.#config = config;
    this.#history = history;
  }

  /** What the dates of all that is known were told by; undefined where nothing proves that they would be told again. */
  get history(): string | undefined {
    return this.#history;
  }

  /** Asks for the dates of all posts. Says whether they are those that what is known goes by; else all is to be read again. */
  async ask(): Promise<boolean> {
    if (this.#config.dates.updated !== "git") return true;
    const before = this.#history;
    // An interruption leaves some files with the dates of before.
    this.#history = undefined;
    // Most sites ask Git nothing: what starts programs is loaded by those that do.
    const { readGitDates } = await import("./posts/git-dates.ts");
    this.#git = await readGitDates(this.#config);
    return before !== undefined && before === this.#git.key;
  }

  /** Says that what is known goes by the dates that were told. */
  settle(): void {
    this.#history = this.#git?.key;
  }

  /** Milliseconds since the epoch. */
  of(file: string): number | undefined {
    return this.#git?.dates.get(file);
  }

  /** What tells one version of a post from another: the digest of its bytes, with what only its history knows. */
  versionOf(file: string, digest: string): string {
    const date = this.of(file);
    return date === undefined ? digest : `${digest} ${date}`;
  }
}
