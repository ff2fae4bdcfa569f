import { basename, join } from "node:path";
import { Failure } from "../../model/failure.ts";
import type { Post } from "../../model/post.ts";
import { isFolder, nameFile, readBytes, readDocuments } from "../check-files.ts";
import { type InputOptions, isAddress } from "../check-inputs.ts";
import { fetchDocument } from "../check-url.ts";
import type { Finding } from "../report/finding.ts";
import { PostAttribution } from "../site/attribute-findings.ts";
import { makeDocuments } from "../site/check-site.ts";
import { isCheckable } from "../site/inspect-output.ts";
import { describeIdChange } from "./check-set.ts";
import { type ComparedDocument, compareDocuments, type FeedComparison } from "./compare-documents.ts";
import type { FeedEntry } from "./read-entries.ts";

export interface ComparedInputs {
  readonly comparison: FeedComparison;
  /** Entries that would reappear, and errors that keep posts out of the new set. */
  readonly findings: readonly Finding[];
  /** The post behind an entry, as people would type it; undefined where it is not known. */
  readonly fileOf: (entry: FeedEntry) => string | undefined;
}

/**
 * Compares `old` with the site as a build would write it, or with the one file, folder or address given instead.
 * @throws Failure `usage`, `network`, `posts-missing`
 */
export async function compareInputs(
  old: string,
  inputs: readonly string[],
  options: InputOptions,
): Promise<ComparedInputs> {
  if (inputs.length > 1) {
    throw new Failure("usage", "--compare takes one file, folder or address to compare with.", {
      hint: "Leave it out to compare with what a build would write.",
    });
  }
  const before = await loadSet(old, options);
  const [input] = inputs;
  const made = input === undefined ? await makeSet(options) : undefined;
  const after = made?.documents ?? (await loadSet(input ?? ".", options));
  const comparison = compareDocuments(before, after);
  const posts = made?.posts ?? new Map<string, Post>();
  const postOf = ({ id, url }: FeedEntry) => posts.get(id) ?? posts.get(url);
  const attribution = options.config && new PostAttribution(options.config);
  const reappearing = comparison.reappearing.map((pair): Finding => {
    const post = postOf(pair.after);
    const { entry: _entry, ...finding } = describeIdChange(pair, after[0]?.path ?? old);
    if (attribution === undefined || post === undefined) return finding;
    const { document: _document, ...pointed } = attribution.pointAt(post, "id", finding);
    return pointed;
  });
  return {
    comparison,
    findings: [...(made?.errors ?? []), ...reappearing],
    fileOf: (entry) => {
      const post = postOf(entry);
      return post && options.config && nameFile(join(options.config.posts.dir, post.file), options.root);
    },
  };
}

interface MadeSet {
  readonly documents: readonly ComparedDocument[];
  readonly posts: ReadonlyMap<string, Post>;
  readonly errors: readonly Finding[];
}

async function makeSet(options: InputOptions): Promise<MadeSet | undefined> {
  const { config } = options;
  if (config === undefined) return undefined;
  const { documents, diagnostics } = await makeDocuments(config, options);
  const feeds = documents.filter(isCheckable);
  const posts = feeds.flatMap((document) => document.posts);
  return {
    documents: feeds.map(({ path, content }) => ({ path, bytes: Buffer.from(content) })),
    posts: new Map(posts.flatMap((post) => [post.id, post.url].map((name) => [name, post] as const))),
    errors: diagnostics.filter(({ severity }) => severity === "error"),
  };
}

async function loadSet(input: string, options: InputOptions): Promise<ComparedDocument[]> {
  if (input === "-") return [{ path: "standard input", bytes: await options.readStdin() }];
  if (isFolder(input)) return [...readDocuments(input, options)];
  if (!isAddress(input)) return [{ path: basename(input), bytes: readBytes(input) }];
  const { status, body, url } = await fetchDocument(input, options);
  if (status !== 200) {
    throw new Failure("network", `${input} answers ${status}.`, { hint: "Give the address of a feed." });
  }
  return [{ path: new URL(url).pathname.slice(1), bytes: body }];
}
