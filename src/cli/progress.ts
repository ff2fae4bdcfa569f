import type { SingleBar } from "cli-progress";
import type { ScanOptions } from "../site/folder-scanner.ts";
import { isWatched } from "./print.ts";

type Step = Parameters<NonNullable<ScanOptions["onProgress"]>>[0];

/** Milliseconds before a bar is shown. */
const delay = 500;

/** A progress bar, on a terminal only, and only for work that takes longer than a moment. */
export function createProgress(wanted: boolean): { show: (step: Step) => void; stop: () => void } {
  if (!wanted || !isWatched()) return { show: () => {}, stop: () => {} };
  const started = performance.now();
  let bar: SingleBar | "loading" | undefined;
  let stopped = false;
  const show = (step: Step) => {
    if (stopped || performance.now() - started < delay) return;
    if (bar === undefined) {
      bar = "loading";
      void import("cli-progress").then(({ SingleBar: Bar, Presets }) => {
        if (stopped) return;
        bar = new Bar(
          { format: "{phase} {bar} {value}/{total}", hideCursor: true, clearOnComplete: true },
          Presets.shades_grey,
        );
        bar.start(step.total, step.done, { phase: step.phase });
      });
    } else if (bar !== "loading") {
      bar.setTotal(step.total);
      bar.update(step.done, { phase: step.phase });
    }
  };
  const stop = () => {
    stopped = true;
    if (bar !== undefined && bar !== "loading") bar.stop();
  };
  return { show, stop };
}
