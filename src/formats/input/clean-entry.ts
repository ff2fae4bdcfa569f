import type { Item } from "feed";
import type { Config } from "../../model/config.ts";
import type { Namespaces } from "../../model/namespaces.ts";
import type { Variant } from "../../model/plan.ts";
import type { Post, PostContent } from "../../model/post.ts";
import { escapeHtml, htmlToText } from "../text.ts";
import { entryId } from "./entry-id.ts";
import {
  amountOf,
  countOf,
  emailOf,
  fieldOf,
  instantOf,
  isList,
  languageOf,
  lineOf,
  mediaTypeOf,
  present,
  textOf,
  urlOf,
  valuesOf,
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

/**
 * An extension in the object form of the package `feed`. `name` is `prefix:element`, or `_name` for JSON Feed. `objects`
 * is text, a number, true or false; an object of children with attributes under `_attributes` and text under `_text`; or
 * a list of any of these, one element each. Nothing in it is checked yet.
 */
export interface Extension {
  readonly name: string;
  readonly objects: unknown;
}

/** What an entry of a site was made of; an item of somebody else's `Feed` has no such origin. */
export interface EntryOrigin {
  readonly post: Post;
  readonly content: PostContent;
  readonly variant: Variant;
  readonly config: Config;
}

/** An entry with every string clean, every URL absolute and every instant plausible. */
export type CleanEntry = Readonly<ReturnType<typeof cleanEntry>>;

/** Total: whatever comes in, an entry comes out. `namespaces` are those declared beside the known ones. */
export function cleanEntry(item: unknown, namespaces: Namespaces = {}, origin?: EntryOrigin) {
  const of = (name: ItemField): unknown => fieldOf(item, name);
  const published = instantOf(of("published")) ?? instantOf(of("date"));
  const url = urlOf(of("link"));
  const title = lineOf(of("title"));
  const description = present(textOf(of("description")).trim());
  const content = present(textOf(of("content")).trim());
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

/** The people of a list, or of one person standing alone; those without any trace of a name are left out. */
export function peopleOf(value: unknown): Person[] {
  const people = isList(value) ? valuesOf(value) : [value];
  return people.flatMap((one): Person[] => {
    const email = emailOf(fieldOf(one, "email"));
    const url = urlOf(fieldOf(one, "link") ?? fieldOf(one, "url"), ["http:", "https:", "mailto:"]);
    const name = lineOf(typeof one === "string" ? one : fieldOf(one, "name"));
    const shown = present(name) ?? email ?? (url && present(new URL(url).host));
    return shown ? [{ name: shown, email, url, avatar: urlOf(fieldOf(one, "avatar")) }] : [];
  });
}

const none: readonly never[] = Object.freeze([]);

/** Categories with a name, each once. */
function labelsOf(value: unknown): readonly Label[] {
  const given = valuesOf(value);
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
