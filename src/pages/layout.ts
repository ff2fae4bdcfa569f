import type { PageBlock } from "./blocks.ts";
import { type Comparison, compare } from "./comparison.ts";
import { countDistinct, keysOf } from "./container.ts";
import { nodeText } from "./dom.ts";
import { type Extraction, extract } from "./extraction.ts";
import type { FurnitureKnowledge } from "./judgement.ts";
import type { PagePlace } from "./matching.ts";
import type { PageTree } from "./page-tree.ts";
import { signatureOf } from "./signature.ts";
import type { ArticleSource } from "./source-tokens.ts";
import { lettersOf } from "./words.ts";

/** A page of a site and the post that it shows. */
export interface PagePost {
  readonly page: PageTree;
  readonly source: ArticleSource;
}

/** What the pages of a site have in common. Plain data: it can be kept as JSON between builds. */
export interface Layout {
  /** How many pages it was learned from. */
  readonly pages: number;
  /** Where the text is, the best first. */
  readonly containers: readonly ContainerKey[];
  readonly furniture: readonly {
    readonly signature: string;
    readonly place: PagePlace;
    readonly share: number;
  }[];
  /** Texts that several pages have, by their letters, with the share of pages. */
  readonly texts: readonly (readonly [letters: string, share: number])[];
}

export interface ContainerKey {
  readonly key: string;
  /** The share of pages whose text is in such an element. */
  readonly share: number;
  /** One divided by how many such elements a page has on average. */
  readonly uniqueness: number;
}

/** More pages than these teach nothing more. */
const mostPages = 50;
/** Keys that are tried on a page. */
const mostKeys = 8;

/** Learns where a site's pages have their text, and what else is around it on many of them. */
export function learnLayout(posts: readonly PagePost[]): Layout {
  const step = Math.max(1, posts.length / mostPages);
  const sample: Comparison[] = [];
  for (let at = 0; Math.floor(at) < posts.length && sample.length < mostPages; at += step) {
    const { page, source } = posts[Math.floor(at)] as PagePost;
    const comparison = compare(page, source);
    if (comparison.hits.distinct > 0) sample.push(comparison);
  }
  const containers = learnContainers(sample);
  const extractions = sample.map((comparison) => {
    const { container } = placeContainer(comparison, containers) ?? { container: comparison.container };
    return extract(container, { ...comparison, known: undefined });
  });
  return {
    pages: sample.length,
    containers,
    furniture: learnFurniture(extractions),
    texts: learnTexts(extractions),
  };
}

interface Vote {
  count: number;
  size: number;
  uniqueness: number;
}

function learnContainers(sample: readonly Comparison[]): ContainerKey[] {
  const votes = new Map<string, Vote>();
  for (const { chain, container, page } of sample) {
    const counts = new Map<string, number>();
    for (const element of page.blocks.keys())
      for (const key of keysOf(element)) counts.set(key, (counts.get(key) ?? 0) + 1);
    const seen = new Set<string>();
    for (const block of chain.slice(0, chain.indexOf(container) + 1).reverse())
      for (const key of block.element === undefined ? [] : keysOf(block.element)) {
        if (seen.has(key)) continue;
        seen.add(key);
        const vote = votes.get(key) ?? { count: 0, size: 0, uniqueness: 0 };
        vote.count += 1;
        vote.size += (block.end - block.start) / Math.max(1, page.words.length);
        vote.uniqueness += 1 / (counts.get(key) ?? 1);
        votes.set(key, vote);
      }
  }
  const least = sample.length < 5 ? 0.66 : 0.85;
  return [...votes]
    .map(([key, { count, size, uniqueness }]) => ({
      key,
      share: count / sample.length,
      size: size / count,
      uniqueness: uniqueness / count,
    }))
    .filter(({ share }) => share >= least)
    .sort((a, b) => rankOf(a) - rankOf(b) || b.uniqueness - a.uniqueness)
    .slice(0, mostKeys)
    .map(({ key, share, uniqueness }) => ({ key, share, uniqueness }));
}

/** Smaller is better; a key that many elements have has to be much smaller than one that names one. */
function rankOf({ size, uniqueness }: { size: number; uniqueness: number }): number {
  return Math.round((uniqueness < 0.5 ? size / 0.7 : size) * 40);
}

/** The element of a page that a layout's keys name. A key that misses half of what the page has is not for it. */
export function placeContainer(
  { page, hits }: Comparison,
  keys: readonly ContainerKey[],
): { container: PageBlock; key: ContainerKey } | undefined {
  const wanted = new Map(keys.map((key) => [key.key, [] as PageBlock[]]));
  for (const [element, block] of page.blocks) for (const key of keysOf(element)) wanted.get(key)?.push(block);
  for (const key of keys) {
    let best: PageBlock | undefined;
    let most = hits.distinct / 2;
    for (const block of (wanted.get(key.key) ?? []).slice(0, 200)) {
      const found = countDistinct(hits, block);
      if (
        found > most ||
        (found === most && best !== undefined && block.end - block.start < best.end - best.start)
      ) {
        best = block;
        most = found;
      }
    }
    if (best !== undefined) return { container: best, key };
  }
  return undefined;
}

/** Furniture matches little at one edge of the text on many pages, and is seldom text. */
function learnFurniture(extractions: readonly Extraction[]): Layout["furniture"][number][] {
  const edges = new Map<string, number>();
  const texts = new Map<string, number>();
  const add = (counts: Map<string, number>, keys: Iterable<string>): void => {
    for (const key of new Set(keys)) counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  for (const { judgements, texts: solid } of extractions) {
    add(
      edges,
      judgements
        .filter(({ place }) => place !== "middle")
        .map(({ block, place }) => `${place} ${signatureOf(block)}`),
    );
    add(texts, solid.map(signatureOf));
  }
  const found: Layout["furniture"][number][] = [];
  for (const [key, count] of edges) {
    const place = key.slice(0, key.indexOf(" ")) as PagePlace;
    const signature = key.slice(key.indexOf(" ") + 1);
    const share = count / extractions.length;
    const asText = (texts.get(signature) ?? 0) / extractions.length;
    if (
      count >= 2 &&
      share >= (isBare(signature) ? 0.5 : 0.34) &&
      asText <= (isBare(signature) ? 0.5 : 0.34) * share
    )
      found.push({ signature, place, share });
  }
  return found;
}

/** A signature of nothing but a tag. */
function isBare(signature: string): boolean {
  return !/[.#[]/.test(signature);
}

function learnTexts(extractions: readonly Extraction[]): (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { judgements } of extractions)
    for (const letters of new Set(judgements.map(({ block }) => blockLetters(block))))
      if (letters !== "") counts.set(letters, (counts.get(letters) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= 2 && count / extractions.length >= 0.25)
    .map(([letters, count]) => [letters, count / extractions.length] as const);
}

function blockLetters({ nodes }: PageBlock): string {
  return lettersOf(nodes.map((node) => nodeText(node, 400)).join(" ")).slice(0, 200);
}

/** A layout as the judge of blocks asks it. */
export function knowledgeOf(layout: Layout): FurnitureKnowledge {
  const furniture = new Set(layout.furniture.map(({ signature, place }) => `${place} ${signature}`));
  const named = new Set(
    layout.furniture.map(({ signature }) => signature).filter((signature) => !isBare(signature)),
  );
  const texts = new Map(layout.texts);
  return {
    isFurniture: (block, place) => furniture.has(`${place} ${signatureOf(block)}`),
    isNamedFurniture: (block) => named.has(signatureOf(block)),
    shareOfText: (block) => texts.get(blockLetters(block)) ?? 0,
  };
}
