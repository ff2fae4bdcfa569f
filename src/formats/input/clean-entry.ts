import type { Item } from "feed";
import type { Config } from "../../model/config.ts";
import type { Namespaces } from "../../model/namespaces.ts";
import type { Variant } from "../../model/plan.ts";
import type { Post, PostContent } from "../../model/post.ts";
import { escapeHtml, htmlToText } from "../text.ts";
import { entryId } from "./entry-id.ts";
import {
  amountOf,
  cleanTextOf,
  countOf,
  emailOf,
  fieldOf,
  instantOf,
  isList,
  languageOf,
  lineOf,
  mediaTypeOf,
  present,
  urlOf,
  valuesOf,
} from "./read-values.ts";

export type Person = ReturnType<typeof peopleOf>[number];
export type Media = NonNullable<ReturnType<typeof cleanMedia>>;
export type Label = ReturnType<typeof labelsOf>[number];

/**
 * An extension in the object form of the package `feed`. `name` is `prefix:element`, or `_name` for JSON Feed. `objects`
 * is text, a number, true or false; an object of children with attributes under `_attributes` and text under `_text`; or
 * a list of any of these, one element each. Nothing in it is checked yet.
 */
export interface Extension {
  readonly name: string;
  readonly objects: unknown;
}

/** What an entry of a site was made of; the items of other `Feed`s have no origin. */
export interface EntryOrigin {
  readonly post: Post;
  readonly content: PostContent;
  readonly variant: Variant;
  readonly config: Config;
}

/** An entry with every string clean, every URL absolute and every instant plausible. */
export type CleanEntry = Readonly<ReturnType<typeof cleanEntry>>;

/** Never throws, whatever `item` is. @param namespaces those declared beside the known ones */
export function cleanEntry(item: unknown, namespaces: Namespaces = {}, origin?: EntryOrigin) {
  const of = (name: ItemField): unknown => fieldOf(item, name);
  const published = instantOf(of("published")) ?? instantOf(of("date"));
  const url = urlOf(of("link"));
  const title = lineOf(of("title"));
  const description = present(cleanTextOf(of("description")).trim());
  const content = present(cleanTextOf(of("content")).trim());
  return {
    /** Never empty. */
    id: entryId(item),
    /** Plain text, one line; empty for a note. */
    title,
    url,
    externalUrl: urlOf(of("externalUrl")),
    comments: urlOf(of("comments")),
    published,
    updated: instantOf(of("date")) ?? published,
    /** HTML. */
    description,
    /** HTML. */
    content,
    /** HTML: content, else description, else what little there is. */
    body: content ?? description ?? (title === "" ? linkTo(url) : `<p>${escapeHtml(title)}</p>`),
    copyright: present(lineOf(of("copyright"))),
    authors: peopleOf(of("author")),
    contributors: peopleOf(of("contributor")),
    categories: labelsOf(of("category")),
    language: languageOf(of("language")),
    image: cleanMedia(of("imageDetails")) ?? cleanMedia(of("image")),
    attachments: attachmentsOf(item),
    extensions: extensionsOf(of("extensions")),
    namespaces,
    /** Any other field, for the one namespace or format that writes it: still to be cleaned. */
    of,
    origin,
  };
}

/** A field of an item of the package `feed`, or of the post that the item was made of. */
type ItemField = keyof Item | keyof Post | "imageDetails" | "markdown";

function linkTo(url: string | undefined): string {
  return url === undefined ? "" : `<p><a href="${escapeHtml(url)}">${escapeHtml(url)}</a></p>`;
}

/** Plain text of the description, when the content says more than it. */
export function summaryOf(entry: CleanEntry): string | undefined {
  return entry.content && entry.description ? present(htmlToText(entry.description)) : undefined;
}

/** When the entry last changed, if that was after it was published; milliseconds since the epoch. */
export function changedAt(entry: CleanEntry): number | undefined {
  return entry.updated !== entry.published ? entry.updated : undefined;
}

/** The people of a list, or of one person who is not in a list; those without any trace of a name are left out. */
export function peopleOf(value: unknown) {
  const people = isList(value) ? valuesOf(value) : [value];
  return people.flatMap((one) => {
    const email = emailOf(fieldOf(one, "email"));
    const url = urlOf(fieldOf(one, "link") ?? fieldOf(one, "url"), ["http:", "https:", "mailto:"]);
    const name = lineOf(typeof one === "string" ? one : fieldOf(one, "name"));
    const shown = present(name) ?? email ?? (url && present(new URL(url).host));
    return shown ? [{ name: shown, email, url, avatar: urlOf(fieldOf(one, "avatar")) }] : [];
  });
}

/** Categories with a name, each once. */
function labelsOf(value: unknown) {
  const labels = valuesOf(value).flatMap((one) => {
    const own = lineOf(typeof one === "string" ? one : fieldOf(one, "name"));
    const name = own || lineOf(fieldOf(one, "term"));
    const term = lineOf(fieldOf(one, "term")) || own;
    const scheme = urlOf(fieldOf(one, "scheme"));
    return name ? [{ name, term, scheme, domain: present(lineOf(fieldOf(one, "domain"))) }] : [];
  });
  if (labels.length < 2) return labels;
  // Lines cannot hold a line feed, so no two labels have one key.
  const keyed = labels.map(
    (one) => [`${one.name}\n${one.term}\n${one.scheme ?? ""}\n${one.domain ?? ""}`, one] as const,
  );
  return [...new Map(keyed).values()];
}

/** A file given as a URL or as an object, with lengths in bytes, durations in seconds; nothing without an absolute URL. */
function cleanMedia(value: unknown) {
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
  const given = valuesOf(fieldOf(item, "attachments"));
  const all = [...given, ...["audio", "video", "enclosure"].map((name) => fieldOf(item, name))];
  const files = all.flatMap((one) => cleanMedia(one) ?? []);
  return files.filter((one, index) => files.findIndex((other) => other.url === one.url) === index);
}

/** The extensions of a feed or an item that have a name. */
export function extensionsOf(value: unknown): Extension[] {
  return valuesOf(value).flatMap((one): Extension[] => {
    const name = fieldOf(one, "name");
    return typeof name === "string" ? [{ name, objects: fieldOf(one, "objects") }] : [];
  });
}
