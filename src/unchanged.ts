// In comes a site as an earlier process left it; out goes whether it would come out the same now, and then its result.
import { type BuildResult, isOk, sortDiagnostics } from "./build-result.ts";
import type { KnownFiles, Look } from "./known-files.ts";
import type { KeptSite } from "./site-cache.ts";
import type { SiteMemory } from "./site-memory.ts";
import { isUnchanged } from "./stamp.ts";

/** Whether every post is the one that was read, and none is missing or new. */
export function isSame({ different, missing }: Look): boolean {
  return different.length === 0 && missing.length === 0;
}

/** Whether the output folder shows just what it would show after an update at `now` (milliseconds) of the same posts. */
export function isCurrent(kept: KeptSite, memory: SiteMemory, now: number): boolean {
  const { result, now: then, dependencies, findings } = kept.rest;
  // Whether readers know the new id by now is told by the manifest, which publishing writes too.
  if (findings.some(([, found]) => found.some(({ code }) => code === "site/id-changed"))) return false;
  if (now < then || (result.nextDue !== undefined && now >= result.nextDue)) return false;
  return (
    memory.findTouchedOutputs(kept).size === 0 && dependencies.every(([, files]) => files.every(isUnchanged))
  );
}

/** The result of an update that changed nothing, begun at `started` of the process's clock (milliseconds). */
export function repeatResult(
  kept: KeptSite,
  files: KnownFiles,
  strict: boolean | undefined,
  started: number,
): BuildResult {
  const { result, findings, outputs } = kept.rest;
  const diagnostics = sortDiagnostics([...files.diagnostics(), ...findings.flatMap(([, found]) => found)]);
  return {
    ...result,
    ok: isOk(diagnostics, strict),
    files: { written: [], unchanged: outputs.map(([path]) => path).sort(), removed: [] },
    diagnostics,
    ms: Math.round(performance.now() - started),
  };
}
