// In come the parts of an item or a feed, of any type at all; out go people, files, labels, places and additions that are sound.
import {
  amountOf,
  countOf,
  emailOf,
  fieldOf,
  isList,
  lineOf,
  listOf,
  mediaTypeOf,
  present,
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

/** A place with both coordinates within bounds. */
export function placeOf(value: unknown): Place | undefined {
  if (value === undefined) return undefined;
  const latitude = fieldOf(value, "latitude");
  const longitude = fieldOf(value, "longitude");
  if (typeof latitude !== "number" || typeof longitude !== "number") return undefined;
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return undefined;
  return { latitude, longitude, name: present(lineOf(fieldOf(value, "name"))) };
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

/** Categories with a name, each once. */
export function labelsOf(value: unknown): readonly Label[] {
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
export function cleanMedia(value: unknown): Media | undefined {
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
export function attachmentsOf(item: unknown): Media[] {
  const given = listOf(fieldOf(item, "attachments"));
  const all = [...given, ...["audio", "video", "enclosure"].map((name) => fieldOf(item, name))];
  const files = all.flatMap((one) => cleanMedia(one) ?? []);
  return files.filter((one, index) => files.findIndex((other) => other.url === one.url) === index);
}

/** The extensions of a feed or an item, by name. */
export function additionsOf(value: unknown): Addition[] {
  return listOf(value).flatMap((one): Addition[] => {
    const name = fieldOf(one, "name");
    return typeof name === "string" ? [{ name, value: fieldOf(one, "objects") }] : [];
  });
}
