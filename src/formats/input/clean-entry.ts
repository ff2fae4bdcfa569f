// In comes an item of the package `feed` (or anything at all); out goes what the three writers may rely on.
import { entryId } from "./entry-id.ts";
import {
  type Addition,
  additionsOf,
  attachmentsOf,
  cleanMedia,
  type Label,
  labelsOf,
  type Media,
  type Person,
  type Place,
  peopleOf,
  placeOf,
} from "./entry-parts.ts";
import { escapeHtml, htmlToText } from "./html-text.ts";
import { fieldOf, instantOf, languageOf, lineOf, listOf, present, textOf, urlOf } from "./read-values.ts";

export type { Addition, Label, Media, Person } from "./entry-parts.ts";

/** An entry with every string clean, every URL absolute and every instant plausible. */
export interface CleanEntry {
  /** Never empty. */
  readonly id: string;
  /** Plain text, one line; empty for a note. */
  readonly title: string;
  readonly url?: string | undefined;
  readonly externalUrl?: string | undefined;
  readonly canonical?: string | undefined;
  readonly license?: string | undefined;
  readonly comments?: string | undefined;
  readonly commentsFeed?: string | undefined;
  readonly inReplyTo?: string | undefined;
  readonly published?: number | undefined;
  readonly updated?: number | undefined;
  /** HTML. */
  readonly description?: string | undefined;
  /** HTML. */
  readonly content?: string | undefined;
  /** HTML: content, else description, else what little there is. */
  readonly body: string;
  readonly markdown?: string | undefined;
  readonly copyright?: string | undefined;
  readonly authors: readonly Person[];
  readonly contributors: readonly Person[];
  readonly categories: readonly Label[];
  readonly language?: string | undefined;
  readonly place?: Place | undefined;
  readonly image?: Media | undefined;
  readonly attachments: readonly Media[];
  /** One a language, none in the entry's own. */
  readonly translations: readonly { readonly language: string; readonly url: string }[];
  readonly additions: readonly Addition[];
}

/** Total: whatever comes in, an entry comes out. */
export function cleanEntry(item: unknown): CleanEntry {
  const of = (name: string): unknown => fieldOf(item, name);
  const published = instantOf(of("published")) ?? instantOf(of("date"));
  const url = urlOf(of("link"));
  const title = lineOf(of("title"));
  const description = present(textOf(of("description")).trim());
  const content = present(textOf(of("content")).trim());
  return {
    id: entryId(item),
    title,
    url,
    externalUrl: urlOf(of("externalUrl")),
    canonical: urlOf(of("canonical")),
    license: urlOf(of("license")),
    comments: urlOf(of("comments")),
    commentsFeed: urlOf(of("commentsFeed")),
    inReplyTo: urlOf(of("inReplyTo")),
    published,
    updated: instantOf(of("date")) ?? published,
    description,
    content,
    body: content ?? description ?? (title === "" ? linkTo(url) : `<p>${escapeHtml(title)}</p>`),
    markdown: present(textOf(of("markdown"))),
    copyright: present(lineOf(of("copyright"))),
    authors: peopleOf(of("author")),
    contributors: peopleOf(of("contributor")),
    categories: labelsOf(of("category")),
    language: languageOf(of("language")),
    place: placeOf(of("place")),
    image: cleanMedia(of("imageDetails")) ?? cleanMedia(of("image")),
    attachments: attachmentsOf(item),
    translations: translationsOf(of("translations"), languageOf(of("language"))),
    additions: additionsOf(of("extensions")),
  };
}

function linkTo(url: string | undefined): string {
  return url === undefined ? "" : `<p><a href="${escapeHtml(url)}">${escapeHtml(url)}</a></p>`;
}

function translationsOf(value: unknown, own: string | undefined): CleanEntry["translations"] {
  const found = new Map<string, string>();
  for (const one of listOf(value)) {
    const language = languageOf(fieldOf(one, "language"));
    const url = urlOf(fieldOf(one, "url"));
    if (language && url && language !== own && !found.has(language)) found.set(language, url);
  }
  return [...found].map(([language, url]) => ({ language, url }));
}

/** Plain text of the description, when the content says more than it. */
export function summaryOf(entry: CleanEntry): string | undefined {
  return entry.content && entry.description ? present(htmlToText(entry.description)) : undefined;
}

/** Whether readers should be told that the entry changed after it was published. */
export function changedAt(entry: CleanEntry): number | undefined {
  return entry.updated !== entry.published ? entry.updated : undefined;
}
