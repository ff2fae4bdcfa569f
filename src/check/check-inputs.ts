import type { Config } from "../model/config.ts";
import type { CheckOptions } from "./check-document.ts";
import { checkBytes, checkFile, checkFolder, isFolder, pathBelow } from "./check-files.ts";
import { checkUrl, type FetchOptions } from "./check-url.ts";
import type { Checked } from "./report/finding.ts";
import { checkPost } from "./site/check-post.ts";
import { inspectSite } from "./site/check-site.ts";

export interface InputOptions extends CheckOptions, FetchOptions {
  /** Folder from which files are named. */
  readonly root: string;
  readonly config?: Config;
  readonly drafts?: boolean;
  readonly signal?: AbortSignal;
  /** Gives the bytes of standard input. */
  readonly readStdin: () => Promise<Uint8Array>;
}

export interface CheckedInputs extends Checked {
  /** What was checked. */
  readonly looked: "site" | readonly string[];
}

/**
 * Checks what a command line names: files, folders, addresses, `-` for standard input; the whole site where it names nothing.
 * @throws Failure `config-missing`, `posts-missing`, `usage`, `network`
 */
export async function checkInputs(inputs: readonly string[], options: InputOptions): Promise<CheckedInputs> {
  const { config } = options;
  if (inputs.length === 0 && config !== undefined)
    return { ...(await inspectSite(config, options)), looked: "site" };
  const findings: Checked["findings"][number][] = [];
  const sources = new Map<string, string>();
  for (const input of new Set(inputs)) {
    const checked = await checkInput(input, options);
    for (const finding of checked.findings) findings.push(finding);
    for (const [name, text] of checked.sources) sources.set(name, text);
  }
  return { findings, sources, looked: [...sources.keys()] };
}

async function checkInput(input: string, options: InputOptions): Promise<Checked> {
  const { config, readStdin } = options;
  if (input === "-") return checkBytes(await readStdin(), "standard input", options);
  if (isAddress(input)) return checkUrl(input, options);
  if (isFolder(input)) return checkFolder(input, options);
  const post = config && postOf(input, config);
  return config && post !== undefined ? checkPost(post, config, options) : checkFile(input, options);
}

export function isAddress(input: string): boolean {
  return /^https?:\/\//i.test(input);
}

/** The path of a post, relative to the posts folder; undefined for everything else. */
function postOf(path: string, config: Config): string | undefined {
  const below = pathBelow(config.posts.dir, path);
  // A feed that lies among the posts is not a post.
  return below === undefined || /\.(xml|rss|rdf|atom|json|opml)$/i.test(below) ? undefined : below;
}
