import type { BuildOptions, BuildResult } from "../build.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Failure } from "../model/failure.ts";

export interface WatchOptions extends Omit<BuildOptions, "keepLast" | "saveLater" | "checkout" | "signal"> {
  /** Fixes the clock, milliseconds since the epoch. Default: the clock, read at each update. */
  readonly now?: number;
  /** Look at all files every so many milliseconds, for drives that tell nothing of changes. */
  readonly poll?: number;
  /** Ends the watch; the update in hand is finished or dropped whole. */
  readonly signal?: AbortSignal;
}

export type WatchEvent =
  /** Every later change will be seen. */
  | { readonly event: "ready" }
  /** The output folder was brought in step; `result` is that of `build`. */
  | { readonly event: "built"; readonly result: BuildResult }
  /** Something is to be mended; the watch goes on. */
  | {
      readonly event: "problem";
      readonly message: string;
      readonly hint?: string;
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly event: "stopped" };

export function describeFailure({ message, hint, diagnostics }: Failure): WatchEvent {
  return { event: "problem", message, ...(hint !== undefined && { hint }), diagnostics };
}

/** The system refuses to watch: what is done instead, and what to change. */
export function describeRefusal(error: NodeJS.ErrnoException): WatchEvent {
  const scarce = error.code === "ENOSPC" || error.code === "EMFILE" || error.code === "ENFILE";
  const message = scarce
    ? "The system allows no more file watches; all files are looked at every two seconds instead."
    : `Watching failed: ${error.message}; all files are looked at every two seconds instead.`;
  const hint = scarce
    ? "Raise fs.inotify.max_user_watches (sysctl), or run with --poll."
    : "Run with --poll to choose this from the start.";
  return { event: "problem", message, hint, diagnostics: [] };
}
