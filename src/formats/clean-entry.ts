// In comes an item of the package `feed` (or anything at all); out goes what the three writers may rely on.
import { entryId } from "./entry-id.ts";
import { escapeHtml, htmlToText } from "./html-text.ts";
import {
  amountOf,
  countOf,
  emailOf,
  fieldOf,
  instantOf,
  isList,
  languageOf,
  lineOf,
  listOf,
  mediaTypeOf,
  present,
  textOf,
  urlOf,
} from "./read-values.ts";

/** A person with a name that is never empty. */
export interface Person {
  readonly name: string;
  readonly email?: string | undefined;
  readonly url?: string | undefined;
  readonly avatar?: string | undefined;
}

/** A file: absolute URL and a media type always; the rest where known. */
export interface Media {
  readonly url: string;
  readonly type: string;
  readonly length?: number | undefined;
  readonly duration?: number | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly title?: string | undefined;
  readonly alt?: string | undefined;
  readonly caption?: string | undefined;
  readonly credit?: string | undefined;
}

export interface Label {
  readonly name: string;
  readonly term: string;
  readonly scheme?: string | undefined;
  readonly domain?: string | undefined;
}

/** Degrees within the bounds of the earth. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  readonly name?: string | undefined;
}

/** Elements of other namespaces (or members of JSON objects) as given, still to be checked. */
export interface Addition {
  readonly name: string;
  readonly value: unknown;
}

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

function placeOf(value: unknown): Place | undefined {
  if (value === undefined) return undefined;
  const latitude = fieldOf(value, "latitude");
  const longitude = fieldOf(value, "longitude");
  if (typeof latitude !== "number" || typeof longitude !== "number") return undefined;
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return undefined;
  return { latitude, longitude, name: present(lineOf(fieldOf(value, "name"))) };
}

function linkTo(url: string | undefined): string {
  return url === undefined ? "" : `<p><a href="${escapeHtml(url)}">${escapeHtml(url)}</a></p>`;
}

/** The people of a list, or of one person standing alone; those without any trace of a name are left out. */
export function peopleOf(value: unknown): Person[] {
  const people = isList(value) ? listOf(value) : [value];
  return people.flatMap((one): Person[] => {
    const email = emailOf(fieldOf(one, "email"));
    const url = urlOf(fieldOf(one, "link") ?? fieldOf(one, "url"), ["http:", "https:", "mailto:"]);
    const name = lineOf(typeof one === "string" ? one : fieldOf(one, "name"));
    const shown = present(name) ?? email ?? (url && present(new URL(url).host));
    return shown ? [{ name: shown, email, url, avatar: urlOf(fieldOf(one, "avatar")) }] : [];
  });
}

const none: readonly never[] = Object.freeze([]);

function labelsOf(value: unknown): readonly Label[] {
  const given = listOf(value);
  if (given.length === 0) return none;
  const labels = given.flatMap((one): Label[] => {
    const own = lineOf(typeof one === "string" ? one : fieldOf(one, "name"));
    const name = own || lineOf(fieldOf(one, "term"));
    const term = lineOf(fieldOf(one, "term")) || own;
    const scheme = urlOf(fieldOf(one, "scheme"));
    return name ? [{ name, term, scheme, domain: present(lineOf(fieldOf(one, "domain"))) }] : [];
  });
  return labels.length < 2 ? labels : [...new Map(labels.map((one) => [keyOf(one), one])).values()];
}

/** Lines cannot hold a line feed, so no two labels have one key. */
function keyOf({ name, term, scheme = "", domain = "" }: Label): string {
  return `${name}\n${term}\n${scheme}\n${domain}`;
}

/** A file given as a URL or as an object; nothing without an absolute URL. */
function cleanMedia(value: unknown): Media | undefined {
  const url = urlOf(typeof value === "string" ? value : fieldOf(value, "url"));
  if (url === undefined) return undefined;
  const line = (name: string): string | undefined => present(lineOf(fieldOf(value, name)));
  return {
    url,
    type: mediaTypeOf(fieldOf(value, "type"), url),
    length: countOf(fieldOf(value, "length")),
    duration: amountOf(fieldOf(value, "duration")),
    width: countOf(fieldOf(value, "width")),
    height: countOf(fieldOf(value, "height")),
    title: line("title"),
    alt: line("alt"),
    caption: line("caption"),
    credit: line("credit"),
  };
}

/** All of them, in order: nothing overwrites anything. */
function attachmentsOf(item: unknown): Media[] {
  const given = listOf(fieldOf(item, "attachments"));
  const all = [...given, ...["audio", "video", "enclosure"].map((name) => fieldOf(item, name))];
  const files = all.flatMap((one) => cleanMedia(one) ?? []);
  return files.filter((one, index) => files.findIndex((other) => other.url === one.url) === index);
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

/** The extensions of a feed or an item, by name. */
export function additionsOf(value: unknown): Addition[] {
  return listOf(value).flatMap((one): Addition[] => {
    const name = fieldOf(one, "name");
    return typeof name === "string" ? [{ name, value: fieldOf(one, "objects") }] : [];
  });
}

/** Plain text of the description, when the content says more than it. */
export function summaryOf(entry: CleanEntry): string | undefined {
  return entry.content && entry.description ? present(htmlToText(entry.description)) : undefined;
}

/** Whether readers should be told that the entry changed after it was published. */
export function changedAt(entry: CleanEntry): number | undefined {
  return entry.updated !== entry.published ? entry.updated : undefined;
}
