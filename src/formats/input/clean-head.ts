import type { Config } from "../../model/config.ts";
import { type Format, formatNames } from "../../model/format.ts";
import { generatorName } from "../../model/generator-mark.ts";
import { canBind, type Namespaces } from "../../model/namespaces.ts";
import type { FeedPlan } from "../../model/plan.ts";
import { cleanEntry, extensionsOf, peopleOf } from "./clean-entry.ts";
import { atomId, uuidUrn } from "./entry-id.ts";
import {
  cleanTextOf,
  countOf,
  fieldOf,
  instantOf,
  languageOf,
  lineOf,
  namesOf,
  present,
  urlOf,
  valuesOf,
} from "./read-values.ts";

/** What the head of a site's feed was made of; other `Feed`s have no origin. */
export interface HeadOrigin {
  readonly plan: FeedPlan;
  readonly config: Config;
  /** By which podcast apps know the feed. */
  readonly address: string;
}

/** The head of a feed with every string clean and every URL absolute. */
export type CleanHead = Readonly<ReturnType<typeof cleanHead>>;

/** Never throws, whatever `feed` is. Without `updated` the newest item's is used. */
export function cleanHead(feed: unknown, origin?: HeadOrigin) {
  const options = fieldOf(feed, "options");
  const of = (name: string): unknown => fieldOf(options, name);
  const line = (name: string): string | undefined => present(lineOf(of(name)));
  const link = urlOf(of("link"));
  const history = of("history");
  const self = selfLinks(options);
  const anySelf = self.atom ?? self.rss ?? self.json;
  const title = line("title") ?? link ?? anySelf ?? "Untitled";
  return {
    /** An absolute IRI. */
    id: atomId(line("id") ?? link ?? anySelf ?? uuidUrn(title)),
    /** Never empty. */
    title,
    description: cleanTextOf(of("description")).trim(),
    link,
    self,
    hubs: hubsOf(options),
    /** RFC 5005, section 4. With a `current` the document is an archive. */
    history: {
      current: addressesOf(history, "current"),
      previous: addressesOf(history, "previous"),
      next: addressesOf(history, "next"),
    },
    language: languageOf(of("language")),
    copyright: line("copyright"),
    generator: of("generator") === false ? undefined : (line("generator") ?? generatorName),
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
    categories: valuesOf(fieldOf(feed, "categories")).flatMap((one) => present(lineOf(one)) ?? []),
    extensions: extensionsOf(fieldOf(feed, "extensions")),
    namespaces: cleanNamespaces(of("namespaces")),
    origin,
  };
}

type Addresses = Readonly<Record<Format, string | undefined>>;

/** A field with an address for each format. */
function addressesOf(source: unknown, name: string): Addresses {
  const links = fieldOf(source, name);
  return Object.fromEntries(
    formatNames.map((format) => [format, urlOf(fieldOf(links, format))]),
  ) as Addresses;
}

function selfLinks(options: unknown): Addresses {
  const links = addressesOf(options, "feedLinks");
  const any = urlOf(fieldOf(options, "feed"));
  return { ...links, rss: links.rss ?? any, atom: links.atom ?? any };
}

/** Prefixes that XML can carry: sound names, absolute URIs, and no second name for a namespace. */
function cleanNamespaces(value: unknown): Namespaces {
  const taken = new Set<string>();
  const pairs = namesOf(value).flatMap((name): [string, string][] => {
    const uri = lineOf(fieldOf(value, name));
    if (!canBind(name, uri) || taken.has(uri)) return [];
    taken.add(uri);
    return [[name, uri]];
  });
  return Object.fromEntries(pairs);
}

function hubsOf(options: unknown): string[] {
  const all = [fieldOf(options, "hub"), ...valuesOf(fieldOf(options, "hubs"))];
  return [...new Set(all.flatMap((one) => urlOf(one) ?? []))];
}

function newestOf(feed: unknown): number | undefined {
  const instants = itemsOf(feed).flatMap((item) => cleanEntry(item).updated ?? []);
  return instants.length === 0 ? undefined : instants.reduce((newest, one) => Math.max(newest, one));
}

/** The items of a feed that are objects. */
export function itemsOf(feed: unknown): readonly unknown[] {
  return valuesOf(fieldOf(feed, "items")).filter((item) => typeof item === "object" && item !== null);
}
