// In comes a site after an update; out it comes in the next process, ready to take in what changed meanwhile.
import { createHash, randomBytes } from "node:crypto";
import { uptime } from "node:os";
import { join } from "node:path";
import { digestConfig } from "./config/load-config.ts";
import type { EntryStore } from "./entries.ts";
import { compareRows } from "./feeds/post-row.ts";
import type { Config } from "./model/config.ts";
import { RecordLog, removeOtherLogs } from "./output/cache.ts";
import { readVersion } from "./package-file.ts";
import { type KeptSite, loadSite, saveSite } from "./site-cache.ts";
import type { Sources } from "./sources.ts";
import { readStamp, type Stamp, sameStamp } from "./stamp.ts";

/** A log this much larger than twice what is alive in it is begun anew. Bytes. */
const deadBytes = 32 << 20;

/** Two readings of when the machine started may differ by this much. Milliseconds. */
const bootTolerance = 60_000;

/** What is handed over from run to run. It may be lost at any time: the next run then starts cold, with the same output. */
export class SiteMemory {
  readonly #dir: string;
  readonly #key: string;
  readonly #out: string;
  #log: RecordLog | undefined;

  constructor(config: Config, options: { readonly drafts?: boolean }) {
    this.#dir = join(config.root, ".feedwright", "cache");
    this.#out = config.out;
    const parts = [readVersion(), digestConfig(config), config.out, options.drafts === true];
    this.#key = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  }

  /** What the last run left, and its log for the entries to use. Called once. */
  open(sources: Sources, entries: EntryStore): KeptSite | undefined {
    const kept = loadSite(this.#dir, this.#key);
    this.#log = kept === undefined ? makeLog(this.#dir) : new RecordLog(this.#dir, kept.rest.log);
    const places = (kept?.rows ?? []).flatMap(({ file }, i) => {
      const { source, entry } = kept?.sources[i] ?? {};
      return source && entry ? [[file, { version: source.digest, place: entry }] as const] : [];
    });
    entries.useLog(this.#log, places, kept?.rest.dependencies ?? []);
    if (kept !== undefined) {
      sources.restore(
        kept.rows.map(({ file }, i) => [file, (kept.sources[i] as KeptSite["sources"][number]).source]),
      );
    }
    return kept;
  }

  /** The documents that are no longer as the last run left them. */
  findTouchedOutputs(kept: KeptSite): Set<string> {
    const rebooted = Math.abs(kept.rest.booted - bootTime()) > bootTolerance;
    const touched = kept.rest.outputs.filter(
      ([path, stamp]) => rebooted || !sameStamp(stamp, readStamp(join(this.#out, path))),
    );
    return new Set(touched.map(([path]) => path));
  }

  /** Keeps a site whose documents are all written; newest first, which is the order an index is made from fastest. */
  save(site: {
    readonly rows: KeptSite["rows"];
    readonly sources: Sources;
    readonly entries: EntryStore;
    readonly rest: Omit<KeptSite["rest"], "dependencies" | "outputs" | "log" | "booted">;
  }): void {
    const rows = [...site.rows].sort(compareRows);
    this.#compact(rows, site.entries);
    const sources = rows.map((row) => {
      const source = site.sources.get(row.file);
      const entry = site.entries.placeOf(row);
      return source && { source, ...(entry && { entry }) };
    });
    if (this.#log === undefined || !sources.every((one) => one !== undefined)) return;
    const log = this.#log.name;
    const paths = [...new Set(site.rest.documents.flatMap(([, all]) => all))];
    const outputs = paths.flatMap((path): [string, Stamp][] => {
      const stamp = readStamp(join(this.#out, path));
      return stamp ? [[path, stamp]] : [];
    });
    const dependencies = [...site.entries.dependencies].filter(([file]) => site.sources.get(file));
    saveSite(this.#dir, this.#key, {
      rows,
      sources,
      rest: { ...site.rest, dependencies, outputs, log, booted: bootTime() },
    });
    removeOtherLogs(this.#dir, log);
  }

  /** Begins the log anew, with what is alive, when most of it is dead. */
  #compact(rows: KeptSite["rows"], entries: EntryStore): void {
    const old = this.#log;
    const alive = rows.flatMap((row) => {
      const place = entries.placeOf(row);
      return place ? [{ row, place }] : [];
    });
    const size = alive.reduce((sum, { place }) => sum + place.length, 0);
    if (old === undefined || old.size <= 2 * size + deadBytes) return;
    const log = makeLog(this.#dir);
    const places = alive.flatMap(({ row: { file, version }, place }) => {
      const text = old.read(place);
      const moved = text === undefined ? undefined : log.append(text);
      return moved && version !== undefined ? [[file, { version, place: moved }] as const] : [];
    });
    entries.useLog(log, places, []);
    old.close();
    this.#log = log;
  }

  close(): void {
    this.#log?.close();
  }
}

function makeLog(dir: string): RecordLog {
  return new RecordLog(dir, `entries-${randomBytes(6).toString("hex")}`);
}

function bootTime(): number {
  return Date.now() - uptime() * 1000;
}
