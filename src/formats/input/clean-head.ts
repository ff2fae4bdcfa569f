// In comes a Feed of the package `feed` (or anything at all); out goes its head, without the items, clean.

import { cleanNamespaces, type Namespaces } from "../namespaces/registry.ts";
import { cleanEntry } from "./clean-entry.ts";
import { atomId, uuidUrn } from "./entry-id.ts";
import { type Addition, additionsOf, type Person, peopleOf } from "./entry-parts.ts";
import {
  countOf,
  fieldOf,
  instantOf,
  languageOf,
  lineOf,
  listOf,
  present,
  textOf,
  urlOf,
} from "./read-values.ts";

/** The head of a feed with every string clean and every URL absolute. */
export interface CleanHead {
  /** An absolute IRI. */
  readonly id: string;
  /** Never empty. */
  readonly title: string;
  readonly description: string;
  readonly link?: string | undefined;
  readonly self: Readonly<Record<"rss" | "atom" | "json", string | undefined>>;
  readonly hubs: readonly string[];
  /** RFC 5005, section 4. */
  readonly history: CleanHistory;
  readonly language?: string | undefined;
  readonly copyright?: string | undefined;
  readonly generator?: string | undefined;
  readonly docs: string;
  readonly ttl?: number | undefined;
  readonly image?: string | undefined;
  readonly icon?: string | undefined;
  readonly favicon?: string | undefined;
  readonly stylesheet?: string | undefined;
  readonly published?: number | undefined;
  readonly updated?: number | undefined;
  readonly authors: readonly Person[];
  readonly contributors: readonly Person[];
  readonly categories: readonly string[];
  readonly additions: readonly Addition[];
  readonly namespaces: Namespaces;
}

type ByFormat = Readonly<Record<"rss" | "atom" | "json", string | undefined>>;

/** Absolute addresses; with a `current` of its own a document is an archive. */
export interface CleanHistory {
  readonly current: ByFormat;
  readonly previous: ByFormat;
  readonly next: ByFormat;
}

/** Total: whatever comes in, a head comes out. `updated` falls back to the newest item's. */
export function cleanHead(feed: unknown): CleanHead {
  const options = fieldOf(feed, "options");
  const of = (name: string): unknown => fieldOf(options, name);
  const line = (name: string): string | undefined => present(lineOf(of(name)));
  const link = urlOf(of("link"));
  const self = selfLinks(options);
  const anySelf = self.atom ?? self.rss ?? self.json;
  const title = line("title") ?? link ?? anySelf ?? "Untitled";
  return {
    id: atomId(line("id") ?? link ?? anySelf ?? uuidUrn(title)),
    title,
    description: textOf(of("description")).trim(),
    link,
    self,
    hubs: hubsOf(options),
    history: historyOf(of("history")),
    language: languageOf(of("language")),
    copyright: line("copyright"),
    generator: of("generator") === false ? undefined : (line("generator") ?? "feedwright"),
    docs: urlOf(of("docs")) ?? "https://www.rssboard.org/rss-specification",
    ttl: countOf(of("ttl")),
    image: urlOf(of("image")),
    icon: urlOf(of("icon")) ?? urlOf(of("image")),
    favicon: urlOf(of("favicon")),
    stylesheet: line("stylesheet"),
    published: instantOf(of("published")),
    updated: instantOf(of("updated")) ?? newestOf(feed),
    authors: peopleOf(of("author")),
    contributors: peopleOf(fieldOf(feed, "contributors")),
    categories: listOf(fieldOf(feed, "categories")).flatMap((one) => present(lineOf(one)) ?? []),
    additions: additionsOf(fieldOf(feed, "extensions")),
    namespaces: cleanNamespaces(of("namespaces")),
  };
}

function selfLinks(options: unknown): CleanHead["self"] {
  const links = fieldOf(options, "feedLinks");
  const one = (name: string): string | undefined => urlOf(fieldOf(links, name));
  const any = urlOf(fieldOf(options, "feed"));
  return { rss: one("rss") ?? any, atom: one("atom") ?? any, json: one("json") };
}

function historyOf(history: unknown): CleanHistory {
  const links = (name: string): ByFormat => {
    const one = (format: string): string | undefined => urlOf(fieldOf(fieldOf(history, name), format));
    return { rss: one("rss"), atom: one("atom"), json: one("json") };
  };
  return { current: links("current"), previous: links("previous"), next: links("next") };
}

function hubsOf(options: unknown): string[] {
  const all = [fieldOf(options, "hub"), ...listOf(fieldOf(options, "hubs"))];
  return [...new Set(all.flatMap((one) => urlOf(one) ?? []))];
}

function newestOf(feed: unknown): number | undefined {
  const instants = itemsOf(feed).flatMap((item) => cleanEntry(item).updated ?? []);
  return instants.length === 0 ? undefined : instants.reduce((newest, one) => Math.max(newest, one));
}

/** The items of a feed that are objects. */
export function itemsOf(feed: unknown): readonly unknown[] {
  return listOf(fieldOf(feed, "items")).filter((item) => typeof item === "object" && item !== null);
}
