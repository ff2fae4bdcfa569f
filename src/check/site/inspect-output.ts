import { readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Config } from "../../model/config.ts";
import type { MadeDocument } from "../../site/site.ts";
import { type CheckOptions, inspectDocument } from "../check-document.ts";
import type { SetFeed } from "../compare/check-set.ts";
import { EntryDetacher, readFeedDocument, readParsed } from "../compare/read-entries.ts";
import type { Finding } from "../report/finding.ts";
import type { PostAttribution } from "./attribute-findings.ts";

/** What is remembered of a document when its text and tree are dropped. */
export interface InspectedOutput {
  readonly document: SetFeed;
  /** As people would type it. */
  readonly name: string;
  readonly findings: readonly Finding[];
  /** Empty where no finding points into it: its lines will not be shown. */
  readonly source: string;
  /** The document in the output folder, where it differs. */
  readonly published?: SetFeed;
}

/** Checks documents one by one, and remembers of each only what is needed later. */
export class OutputInspector {
  readonly #config: Config;
  readonly #options: CheckOptions;
  readonly #attribution: PostAttribution;
  readonly #detacher = new EntryDetacher();

  constructor(config: Config, options: CheckOptions, attribution: PostAttribution) {
    this.#config = config;
    this.#options = options;
    this.#attribution = attribution;
  }

  inspect({ path, mediaType, content, posts }: MadeDocument): InspectedOutput {
    const bytes = Buffer.from(content);
    const [name, url] = [nameOutput(path, this.#config), urlOfOutput(path, this.#config)];
    const { diagnostics, parsed } = inspectDocument({ bytes, name, mediaType, url }, this.#options);
    const findings = this.#attribution.attribute({ parsed, posts }, diagnostics);
    const published = readPublished(path, bytes, this.#config);
    const isShown = findings.some(({ file }) => file === name);
    // Words are compared only with those of the document that this one replaces.
    const feed = published === undefined ? readParsed(parsed, () => "") : readParsed(parsed);
    return {
      document: { path, url, size: bytes.length, feed: this.#detacher.detach(feed) },
      name,
      findings,
      source: isShown ? (parsed?.text ?? bytes.toString()) : "",
      ...(published && { published: { ...published, feed: this.#detacher.detach(published.feed) } }),
    };
  }
}

/** Feeds, lists of feeds and sitemaps are checked; pages, styles and headers are not. */
export function isCheckable({ mediaType }: Pick<MadeDocument, "mediaType">): boolean {
  return /^application\/(.+\+xml|xml|feed\+json)$|opml/.test(mediaType);
}

/** Where a document of the output folder will be public. */
export function urlOfOutput(path: string, config: Config): string {
  return new URL(path.split("/").map(encodeURIComponent).join("/"), config.site.url).href;
}

/** A document of the output folder as people would type it. */
export function nameOutput(path: string, config: Config): string {
  return relative(config.root, join(config.out, path)).split(sep).join("/");
}

/** The document in the output folder; none where it is the same. */
function readPublished(path: string, bytes: Buffer, config: Config): SetFeed | undefined {
  try {
    const published = readFileSync(join(config.out, path));
    if (published.equals(bytes)) return undefined;
    return { path, size: published.length, feed: readFeedDocument(published, path) };
  } catch {
    return undefined;
  }
}
