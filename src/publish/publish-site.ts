import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import mime from "mime";
import { checkDocument } from "../check/check-document.ts";
import { findFormat } from "../formats/formats.ts";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { Failure } from "../model/failure.ts";
import { redact, secretsOf } from "../model/secrets.ts";
import { systemClock } from "../net/clock.ts";
import { createGuardedFetch } from "../net/guarded-fetch.ts";
import { type Manifest, type PublishedEntry, readManifest, recordKnownIds } from "../output/manifest.ts";
import type { Edition } from "./deploy/record.ts";
import { readPosts } from "./guard/read-posts.ts";
import type { RefusalCode } from "./guard/refusal.ts";
import { NotificationQueue } from "./notify/queue.ts";
import { type SendResult, type SendTools, sendPending } from "./notify/send.ts";
import { digestOf, makeSetFile, publicUrl, type SetFile } from "./plan/file-set.ts";
import { applyPublish } from "./publish.ts";
import { exitCodeOf, type Receipt } from "./receipt.ts";
import { openTarget } from "./targets/open-target.ts";

export interface PublishSiteOptions {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly dryRun?: boolean;
  readonly allow?: readonly RefusalCode[];
  readonly allowPrivate?: boolean;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Publishes what was built into `config.out`. What goes wrong with target or network is in the receipt.
 * @throws Failure `usage` when nothing was built, `target` when the target cannot even be opened
 */
export async function publishSite(config: Config, options: PublishSiteOptions): Promise<Receipt> {
  const environment = options.environment ?? process.env;
  const allowPrivate = options.allowPrivate ?? false;
  const manifest = readBuilt(config);
  const files = readSet(config, manifest);
  const { names, hidden } = readPosts(config, options.now);
  const tools = makeTools(config, allowPrivate);
  const context = { root: config.root, siteUrl: config.site.url, files, environment, allowPrivate };
  const target = await openTarget(config, { ...context, fetchSite: tools.fetchSite }).catch(
    (error: unknown) => {
      throw withoutSecrets(error, secretsOf(environment));
    },
  );
  const { guard, verify, indexnow, rsscloud } = config.publish;
  const receipt = await applyPublish(
    {
      files,
      edition: editionOf(config, options.now),
      siteUrl: config.site.url,
      limit: config.feeds.limit,
      posts: names,
      limits: {
        ...guard,
        maxNew: guard.maxNew ?? defaultMaxNew(config.feeds.limit),
        hidden,
        diagnostics: checkFiles(files, config, options.now),
        allow: options.allow ?? [],
      },
      services: { hubs: config.websub.hubs, ...(indexnow && { indexnow }), ...(rsscloud && { rsscloud }) },
      verify,
      dryRun: options.dryRun ?? false,
    },
    { ...tools, target, secrets: secretsOf(environment) },
  );
  await recordPublished(config, manifest.entries, receipt);
  return receipt;
}

/** So many new entries at once are unusual, in a feed that has room for `limit`. */
export function defaultMaxNew(limit: number): number {
  return Math.min(50, Math.max(5, Math.floor(limit * 0.4)));
}

/** Sends everything in the queue now. */
export async function sendPendingNotifications(
  config: Config,
  options: { allowPrivate?: boolean } = {},
): Promise<SendResult[]> {
  return sendPending(makeTools(config, options.allowPrivate ?? false), { all: true });
}

export function openQueue(config: Config): NotificationQueue {
  return new NotificationQueue(join(config.root, ".feedwright", "outbox"));
}

/** Requests may go to the site's own host and to the configured hubs and services, nowhere else. */
function makeTools(config: Config, allowPrivate: boolean): SendTools {
  const { indexnow, rsscloud } = config.publish;
  const services = [...config.websub.hubs, indexnow?.endpoint, rsscloud?.ping].filter(
    (url) => url !== undefined,
  );
  const hostsOf = (urls: readonly string[]) => urls.map((url) => new URL(url).host);
  return {
    queue: openQueue(config),
    clock: systemClock,
    fetchSite: createGuardedFetch({
      allowedHosts: hostsOf([config.site.url]),
      allowPrivate,
      retries: 1,
      timeoutMs: 20_000,
    }),
    fetchServices: createGuardedFetch({
      allowedHosts: hostsOf(services),
      allowPrivate,
      retries: 2,
      timeoutMs: 15_000,
      maxBytes: 65_536,
    }),
  };
}

/** The manifest of the last build. @throws Failure `usage` */
function readBuilt(config: Config): Manifest {
  const manifest = readManifest(join(config.root, ".feedwright"), config.out);
  if (manifest !== undefined) return manifest;
  throw new Failure("usage", "Nothing was built yet.", { hint: "Run `feedwright build` first." });
}

/** The documents of the last build. @throws Failure `usage` */
function readSet(config: Config, manifest: Manifest): SetFile[] {
  return Object.entries(manifest.files).map(([path, facts]) => {
    const full = join(config.out, path);
    const mediaType = mediaTypeOf(path);
    try {
      if (facts.size > maxBytesInMemory)
        return { path, mediaType, ...facts, read: () => readUnchanged(full, facts.digest) };
      return makeSetFile({ path, bytes: readFileSync(full), mediaType });
    } catch (cause) {
      throw new Failure("usage", `${join(config.out, path)} was built, but does not exist any more.`, {
        hint: "Run `feedwright build` again.",
        cause,
      });
    }
  });
}

/** Bytes. Larger files, such as films, are read when needed and not kept in memory. */
const maxBytesInMemory = 4 * 1024 * 1024;

function readUnchanged(path: string, digest: string): Uint8Array {
  const bytes = readFileSync(path);
  if (digestOf(bytes) === digest) return bytes;
  throw new Failure("usage", `${path} was changed since it was built.`, {
    hint: "Run `feedwright build` again.",
  });
}

function mediaTypeOf(path: string): string {
  return findFormat(path)?.mediaType ?? mime.getType(basename(path)) ?? "application/octet-stream";
}

/** What `check` finds in the documents. */
function checkFiles(files: readonly SetFile[], config: Config, now: number): Diagnostic[] {
  return files
    .filter(({ path }) => /(^|\/)(rss\.xml|atom\.xml|feed\.json)$|sitemap[^/]*\.xml$|\.opml$/.test(path))
    .flatMap(
      ({ path, mediaType, read }) =>
        checkDocument(
          { bytes: read(), name: path, mediaType, url: publicUrl(config.site.url, path) },
          { now },
        ).diagnostics,
    );
}

/** The time of the commit that the site is built from, and of this run. */
function editionOf(config: Config, now: number): Edition {
  const run = spawnSync("git", ["-C", config.root, "log", "-1", "--format=%ct"], {
    encoding: "utf8",
    timeout: 10_000,
  });
  const seconds = run.status === 0 ? Number(run.stdout.trim()) : Number.NaN;
  return { source: Number.isFinite(seconds) ? seconds * 1000 : 0, built: now };
}

function withoutSecrets(error: unknown, secrets: readonly string[]): unknown {
  if (!(error instanceof Failure)) return error;
  return new Failure(error.code, redact(error.message, secrets), {
    ...(error.hint !== undefined && { hint: redact(error.hint, secrets) }),
  });
}

/** Readers know the published ids from now on. */
async function recordPublished(
  config: Config,
  entries: readonly PublishedEntry[],
  receipt: Receipt,
): Promise<void> {
  if (receipt.dryRun || exitCodeOf(receipt) !== 0) return;
  const published = new Set(entries.map(({ id }) => id));
  try {
    await recordKnownIds(join(config.root, ".feedwright"), config.out, ({ id }) =>
      published.has(id) ? id : undefined,
    );
  } catch {
    // The site is public all the same, and the next publish tries again.
  }
}
