import type { Diagnostic } from "../model/diagnostic.ts";

/** What an update found beyond reading the posts: in rendering, in comparing posts with each other, and about feeds. */
export class SiteDiagnostics {
  /** By post, and by {@link subjectKey}. */
  readonly #all = new Map<string, readonly Diagnostic[]>();

  /** Replaces what was found in a post. */
  set(file: string, found: readonly Diagnostic[]): void {
    this.#all.set(file, found);
  }

  add(file: string, found: readonly Diagnostic[]): void {
    this.#all.set(file, [...(this.#all.get(file) ?? []), ...found]);
  }

  delete(file: string): void {
    this.#all.delete(file);
  }

  /** Replaces what was found about something that is no post, such as a feed. */
  setAbout(subject: string, found: readonly Diagnostic[]): void {
    this.#all.set(subjectKey(subject), found);
  }

  all(): Diagnostic[] {
    return [...this.#all.values()].flat();
  }

  /** For the cache. */
  entries(): [string, readonly Diagnostic[]][] {
    return [...this.#all];
  }

  restore(entries: Iterable<readonly [string, readonly Diagnostic[]]>): void {
    for (const [key, found] of entries) this.#all.set(key, found);
  }
}

/** No path contains this character, so it cannot be a post's. */
function subjectKey(subject: string): string {
  return `\u0000${subject}`;
}
