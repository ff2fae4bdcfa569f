// In come SIGINT and SIGTERM; out goes one AbortSignal. Work in hand ends whole; a second signal ends the process at once.

export interface CaughtSignals {
  readonly signal: AbortSignal;
  release(): void;
}

/** While caught, a signal does not kill the process in the middle of a rename: whoever works looks at `signal` and stops. */
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
