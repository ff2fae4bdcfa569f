import type { PostFinder, PostLookup } from "../posts/post-finder.ts";

/** What is kept of {@link PostLookups} between runs. */
export interface PostLookupFacts {
  /** Every question with its answer. */
  readonly answers: readonly (readonly [question: string, answer: string])[];
  /** Numbers of the questions that each post asked. */
  readonly posts: readonly (readonly [file: string, questions: readonly number[]])[];
}

/** What entries were told about other posts. An entry is made again when it would be told something else. */
export class PostLookups {
  readonly #answers = new Map<string, string>();
  readonly #byPost = new Map<string, readonly string[]>();

  /** @param file of the post that asked */
  set(file: string, lookups: readonly PostLookup[]): void {
    if (lookups.length === 0) this.#byPost.delete(file);
    else this.#byPost.set(file, lookups.map(nameOf));
    for (const lookup of lookups) this.#answers.set(nameOf(lookup), lookup.answer);
  }

  /** The posts that would be told something else now. */
  findOutdated(finder: PostFinder): string[] {
    const changed = new Set<string>();
    for (const [question, before] of this.#answers) {
      const answer = ask(finder, question);
      if (answer === before) continue;
      this.#answers.set(question, answer);
      changed.add(question);
    }
    if (changed.size === 0) return [];
    const asked = [...this.#byPost].filter(([, questions]) => questions.some((one) => changed.has(one)));
    return asked.map(([file]) => file);
  }

  restore({ answers, posts }: PostLookupFacts): void {
    for (const [question, answer] of answers) this.#answers.set(question, answer);
    for (const [file, numbers] of posts)
      this.#byPost.set(
        file,
        numbers.map((number) => answers[number]?.[0] ?? ""),
      );
  }

  /** @param isPost says whether a post still exists */
  facts(isPost: (file: string) => boolean): PostLookupFacts {
    const kept = [...this.#byPost].filter(([file]) => isPost(file));
    const numbers = new Map(
      [...new Set(kept.flatMap(([, questions]) => questions))].map((one, at) => [one, at]),
    );
    return {
      answers: [...numbers.keys()].map((question) => [question, this.#answers.get(question) ?? ""]),
      posts: kept.map(([file, questions]) => [file, questions.map((one) => numbers.get(one) ?? 0)]),
    };
  }
}

/** Whether a post would be told the same now. */
export function isStillTrue({ ask: method, about, answer }: PostLookup, finder: PostFinder): boolean {
  return finder[method](about) === answer;
}

function nameOf({ ask: method, about }: PostLookup): string {
  return `${method} ${about}`;
}

function ask(finder: PostFinder, question: string): string {
  const space = question.indexOf(" ");
  return finder[question.slice(0, space) as keyof PostFinder](question.slice(space + 1));
}
