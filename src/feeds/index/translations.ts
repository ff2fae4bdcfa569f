import type { PostRow, Translation } from "../post-row.ts";

const extensions = ["md", "markdown", "mdx", "html"];
const noTranslations: readonly Translation[] = [];

/** Which rows are one text in several languages: they share a `group`. */
export class Translations {
  readonly #groups = new Map<string, Set<PostRow>>();
  readonly #touched = new Set<string>();
  readonly #siteLanguage: string;

  constructor(siteLanguage: string) {
    this.#siteLanguage = siteLanguage;
  }

  add(row: PostRow): void {
    if (row.group !== undefined) {
      const group = this.#groups.get(row.group);
      if (group === undefined) this.#groups.set(row.group, new Set([row]));
      else group.add(row);
    }
    this.touch(row);
  }

  remove(row: PostRow): void {
    this.touch(row);
    const group = row.group === undefined ? undefined : this.#groups.get(row.group);
    group?.delete(row);
    if (group?.size === 0) this.#groups.delete(row.group as string);
  }

  /** A row is shown now, or no longer. */
  touch(row: PostRow): void {
    if (row.group !== undefined) this.#touched.add(row.group);
    else if (this.#groups.size > 0 || row.translations !== undefined) {
      const stem = row.file.slice(0, row.file.lastIndexOf("."));
      if (this.#groups.has(stem) || row.translations !== undefined) this.#touched.add(stem);
    }
  }

  /** Rows of touched groups whose translations changed, with the new ones. */
  settle(
    get: (file: string) => PostRow | undefined,
    isShown: (row: PostRow) => boolean,
  ): [PostRow, readonly Translation[]][] {
    const found: [PostRow, readonly Translation[]][] = [];
    for (const key of this.#touched) {
      const shown = this.#members(key, get).filter(isShown);
      for (const row of shown) {
        const translations = this.#translationsOf(row, shown);
        if (!areSame(row.translations ?? noTranslations, translations)) found.push([row, translations]);
      }
    }
    this.#touched.clear();
    return found;
  }

  /** One per language, the first by path: RFC 4287 section 4.1.1 forbids two alternates of one type and language. */
  #translationsOf(row: PostRow, group: readonly PostRow[]): Translation[] {
    const languageOf = (one: PostRow) => one.language ?? this.#siteLanguage;
    const others = group
      .filter((other) => languageOf(other) !== languageOf(row))
      .sort((a, b) => (a.file < b.file ? 1 : -1));
    const byLanguage = new Map(
      others.map((one) => [languageOf(one), { language: languageOf(one), url: one.url }]),
    );
    return [...byLanguage.values()].sort((a, b) => (a.language < b.language ? -1 : 1));
  }

  /** A post without a language in its name belongs to the group of its stem. */
  #members(key: string, get: (file: string) => PostRow | undefined): PostRow[] {
    const named = [...(this.#groups.get(key) ?? [])];
    const plain = key.startsWith("\u0000") ? [] : extensions.map((extension) => get(`${key}.${extension}`));
    return [...named, ...plain.filter((row) => row !== undefined && row.group === undefined)] as PostRow[];
  }
}

function areSame(a: readonly Translation[], b: readonly Translation[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ language, url }, i) => language === b[i]?.language && url === b[i]?.url)
  );
}
