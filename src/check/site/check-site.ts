import { shownPath } from "../../config/resolve-config.ts";
import type { Config } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { type MadeDocument, Site } from "../../site/site.ts";
import type { CheckOptions } from "../check-document.ts";
import { checkSet, entryIdChanged, entryInFuture } from "../compare/check-set.ts";
import type { Checked, Finding } from "../report/finding.ts";
import { applySettings } from "../report/settings.ts";
import { PostAttribution, removeRepeats } from "./attribute-findings.ts";
import { type InspectedOutput, isCheckable, nameOutput, OutputInspector } from "./inspect-output.ts";

export interface CheckSiteOptions extends CheckOptions {
  /** Check drafts as if they were published. */
  readonly drafts?: boolean;
  readonly signal?: AbortSignal;
}

/** A site as a build would write it. */
export interface MadeSite {
  readonly documents: readonly MadeDocument[];
  /** What the build says of the posts. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Makes every document of a site in memory; writes nothing.
 * @throws Failure `posts-missing`, `interrupted`
 */
export async function makeDocuments(config: Config, options: CheckSiteOptions = {}): Promise<MadeSite> {
  const documents = new Map<string, MadeDocument>();
  const diagnostics = await makeEach(config, options, (document) => documents.set(document.path, document));
  return { documents: [...documents.values()], diagnostics };
}

/** Makes the documents of a site one by one; one that changes later is made again. Returns what the build says of the posts. */
async function makeEach(
  config: Config,
  options: CheckSiteOptions,
  onDocument: (document: MadeDocument) => void,
): Promise<readonly Diagnostic[]> {
  const site = new Site(config, {
    write: false,
    cache: false,
    ...(options.drafts && { drafts: true }),
    ...(options.signal && { signal: options.signal }),
    onDocument,
  });
  try {
    return (await site.update(options.now ?? Date.now())).diagnostics;
  } finally {
    site.close();
  }
}

/**
 * Checks a site: posts, documents and the set of them, also against what the output folder has now. Applies `check` of the
 * configuration: severities, ignores, and profiles in addition to those of the options.
 * @throws Failure `posts-missing`, `interrupted`
 */
export async function checkSite(config: Config, options: CheckSiteOptions = {}): Promise<Checked> {
  const profile = [...new Set([...config.check.profiles, ...[options.profile ?? []].flat()])];
  const { findings, sources } = await inspectSite(config, { ...options, profile });
  const scope = { configFile: shownPath(config), looked: "site" } as const;
  return { findings: applySettings(findings, config.check, scope), sources };
}

/**
 * Everything that can be found in a site, before `check` of its configuration is applied.
 * @throws Failure `posts-missing`, `interrupted`
 */
export async function inspectSite(config: Config, options: CheckSiteOptions = {}): Promise<Checked> {
  const now = options.now ?? Date.now();
  const attribution = new PostAttribution(config);
  const inspector = new OutputInspector(config, { ...options, now }, attribution);
  const inspected = new Map<string, InspectedOutput>();
  const files = new Map<string, string>();
  const diagnostics = await makeEach(config, { ...options, now }, (document) => {
    if (!isCheckable(document)) return;
    inspected.set(document.path, inspector.inspect(document));
    for (const { id, url, file } of document.posts) files.set(id, file).set(url, file);
  });
  const all = [...inspected.values()];
  const findings: Finding[] = [...diagnostics];
  for (const one of all) for (const finding of one.findings) findings.push(finding);
  const together = checkTogether(all, files, diagnostics, { attribution, config, now });
  return {
    findings: removeRepeats([...findings, ...together]),
    sources: new Map(all.map(({ name, source }) => [name, source])),
  };
}

function checkTogether(
  inspected: readonly InspectedOutput[],
  files: ReadonlyMap<string, string>,
  known: readonly Diagnostic[],
  { attribution, config, now }: { attribution: PostAttribution; config: Config; now: number },
): Finding[] {
  const set = inspected.map(({ document }) => document);
  const previous = inspected.flatMap(({ published }) => published ?? []);
  const isKnown = new Set(known.filter(({ code }) => code === "site/id-changed").map(({ file }) => file));
  return checkSet(set, { now, previous }).flatMap((found): Finding[] => {
    const { entry, ...diagnostic } = found;
    const named = { ...diagnostic, file: nameOutput(diagnostic.file, config) };
    const file = entry && (files.get(entry.id) ?? files.get(entry.url));
    if (file === undefined) return [named];
    const finding = attribution.pointAt({ file }, found.code === entryInFuture.code ? "date" : "id", named);
    // The build compares ids with its own last output, and has reported the same post already.
    return found.code === entryIdChanged.code && isKnown.has(finding.file) ? [] : [finding];
  });
}
