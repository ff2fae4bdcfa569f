import { join, relative } from "node:path";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { PublishedFeed } from "../model/plan.ts";
import { defineProblem, diagnose } from "../model/problem.ts";
import { linkArchives } from "./archive-chain.ts";
import { type FeedLocation, type FeedName, FeedNames } from "./feed-name.ts";
import {
  type CollectionKind,
  collectionKeys,
  collectionKinds,
  collectionOf,
  findCustom,
} from "./feed-settings.ts";
import type { PostIndex } from "./index/post-index.ts";
import { fixedFeeds } from "./memberships.ts";
import { isFaithful, makeSlug, shortDigest } from "./slug.ts";

const slugCollision = defineProblem("feed/slug-collision", {
  severity: "warning",
  title: "Two names that make one folder",
  why: "Two feeds cannot be in one folder, so one of them gets a folder with six more characters in its address.",
  fix: "Write one of the two names differently, or keep the folder that the message names.",
});

/**
 * Which feeds exist. A collection's feed begins when its name has `min` posts; once published it stays, even empty,
 * so that no subscription ends in a 404.
 */
export class FeedCatalog {
  readonly #config: Config;
  readonly #names = new FeedNames();
  readonly #slugs = new Map<string, string>();
  #published = new Map<string, FeedName>();
  #locations = new Map<string, FeedLocation>();
  #signatures = new Map<string, string>();
  #collisions: readonly Diagnostic[] = [];
  /** The index that the locations were made from, and its population then. */
  #seen: { readonly index: PostIndex; readonly population: number } | undefined;

  constructor(config: Config) {
    this.#config = config;
  }

  /** Sets which feeds were published before. */
  remember(feeds: readonly PublishedFeed[]): void {
    const wanted = collectionKinds.flatMap((kind) => {
      const names = collectionOf(kind, this.#config) || { keep: [] };
      return names.keep.map((name) => ({ kind, name }));
    });
    const published = feeds.flatMap(({ kind, name }) => {
      const found = collectionKinds.find((one) => one === kind);
      return found !== undefined && collectionOf(found, this.#config) !== false
        ? [{ kind: found, name }]
        : [];
    });
    const names = [...wanted, ...published].map(({ kind, name }) => this.#names.get(kind, name));
    const next = new Map(names.map((name) => [name.key, name]));
    const isSame = [...next].every(([key, name]) => this.#published.get(key) === name);
    if (isSame && next.size === this.#published.size) return;
    this.#published = next;
    this.#seen = undefined;
  }

  /** Looks at the index again. Returns the feeds whose documents are new, have another folder, or are to be removed. */
  settle(index: PostIndex): string[] {
    const { population } = index;
    if (this.#seen?.index === index && this.#seen.population === population) return [];
    this.#seen = { index, population };
    const locations = this.#findLocations(index);
    const signatures = new Map(
      [...locations].map(([key, { folder, history }]) => [
        key,
        history === undefined ? folder : JSON.stringify([folder, history]),
      ]),
    );
    const changed = [...signatures].flatMap(([key, signature]) =>
      signature === this.#signatures.get(key) ? [] : [key],
    );
    const gone = [...this.#signatures.keys()].filter((key) => !signatures.has(key));
    this.#locations = locations;
    this.#signatures = signatures;
    return [...changed, ...gone];
  }

  /** Where a feed's documents are; absent for a feed without any. */
  get(key: string): FeedLocation | undefined {
    return this.#locations.get(key);
  }

  /** Every feed that has documents, in order of the keys. */
  locations(): FeedLocation[] {
    return [...this.#locations.values()].sort((a, b) => (a.name.key < b.name.key ? -1 : 1));
  }

  /** The collections' feeds, for {@link FeedCatalog.remember} in a later run, each in the spelling that it is shown in. */
  published(index: PostIndex): PublishedFeed[] {
    const spelled = new Map(
      [...index.sizes()].map(({ name, size }) => [name.key, size > 0 ? name : undefined]),
    );
    return this.locations().flatMap(({ name }) =>
      name.kind in collectionKeys ? [{ kind: name.kind, name: (spelled.get(name.key) ?? name).name }] : [],
    );
  }

  /** Names that make one folder. */
  diagnostics(): readonly Diagnostic[] {
    return this.#collisions;
  }

  #findLocations(index: PostIndex): Map<string, FeedLocation> {
    const locations = new Map<string, FeedLocation>();
    const add = (location: FeedLocation) => locations.set(location.name.key, location);
    const archives: { name: FeedName; size: number }[] = [];
    const collected = new Map<string, FeedName>(this.#published);
    for (const { name, size } of index.sizes()) {
      const collection = collectionOf(name.kind, this.#config);
      if (name.kind === "archive" && size > 0) archives.push({ name, size });
      else if (collection && (size >= collection.min || (size > 0 && collected.has(name.key)))) {
        collected.set(name.key, name);
      }
    }
    const { subscription, documents } = linkArchives(archives, this.#config);
    for (const name of fixedFeeds(this.#config)) {
      if (name.kind === "site")
        add({ name, folder: "", slug: "", ...(subscription && { history: subscription }) });
      else if (name.kind === "custom") {
        add({ name, folder: findCustom(name.key, this.#config)?.path ?? "", slug: name.name });
      }
    }
    documents.forEach(add);
    this.#locateCollections(collected).forEach(add);
    return locations;
  }

  #locateCollections(names: ReadonlyMap<string, FeedName>): FeedLocation[] {
    const taken = new Map<string, FeedName[]>();
    for (const name of names.values()) {
      const folder = folderOf(name, this.#slugOf(name));
      const others = taken.get(folder);
      if (others === undefined) taken.set(folder, [name]);
      else others.push(name);
    }
    const shared = [...taken.values()].filter((names) => names.length > 1);
    this.#collisions = shared.map((names) => this.#describeCollision(names));
    return [...taken.values()].flatMap((names) => this.#separate(names));
  }

  /** The name that its slug keeps without loss gets the plain slug, else the first in order; the others get a digest added. */
  #separate(names: FeedName[]): FeedLocation[] {
    const rank = (name: FeedName) => (isFaithful(name.name, this.#slugOf(name)) ? 0 : 1);
    const sorted =
      names.length === 1 ? names : names.sort((a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : 1));
    return sorted.map((name, i) => {
      const plain = this.#slugOf(name);
      const slug = i === 0 ? plain : `${plain}-${shortDigest(name.name)}`;
      return { name, slug, folder: folderOf(name, slug) };
    });
  }

  /** The name of a language is fit for paths already. */
  #slugOf({ kind, key, name }: FeedName): string {
    if (kind === "language") return name;
    let slug = this.#slugs.get(key);
    if (slug === undefined) {
      slug = makeSlug(name);
      this.#slugs.set(key, slug);
    }
    return slug;
  }

  #describeCollision(sharing: readonly FeedName[]): Diagnostic {
    const { root, out } = this.#config;
    const locations = this.#separate([...sharing]);
    const names = locations.map(({ name }) => JSON.stringify(name.name)).join(" and ");
    const kind = sharing[0]?.kind ?? "tag";
    const others = locations.slice(1).map(({ folder }) => folder);
    return diagnose(
      slugCollision,
      relative(root, join(out, locations[0]?.folder ?? "")).replaceAll("\\", "/"),
      `The ${kind}s ${names} make the same folder; ${others.join(" and ")} took another one.`,
      { hint: `Write one of them differently in the posts, or write both alike if they are one ${kind}.` },
    );
  }
}

function folderOf({ kind }: FeedName, slug: string): string {
  return `${collectionKeys[kind as CollectionKind]}/${slug}/`;
}
