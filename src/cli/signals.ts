export interface CaughtSignals {
  readonly signal: AbortSignal;
  release(): void;
}

/**
 * Turns SIGINT and SIGTERM into an abort signal, so that the work can finish what it must not leave half done. A second
 * signal ends the process at once.
 */
export function catchSignals(): CaughtSignals {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) {
      release();
      process.kill(process.pid, name);
    }
    controller.abort();
  };
  const release = () => {
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return { signal: controller.signal, release };
}
