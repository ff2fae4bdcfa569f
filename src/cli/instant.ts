// In come --now and SOURCE_DATE_EPOCH; out goes the one instant that the whole command works at.
import { Failure } from "../model/failure.ts";

const instantPattern = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/**
 * The time of the command in milliseconds since the epoch: the flag, else SOURCE_DATE_EPOCH, else the clock.
 * @throws Failure `usage` when the flag or the variable is no instant
 */
export function readInstant(flag: string | undefined, env: NodeJS.ProcessEnv = process.env): number {
  if (flag !== undefined) {
    const instant = instantPattern.test(flag) ? Date.parse(flag) : Number.NaN;
    if (Number.isNaN(instant)) {
      throw new Failure("usage", `--now ${flag} is not an instant.`, {
        hint: "Write date, time and zone, such as 2026-11-23T09:00:00Z or 2026-11-23T16:00:00+07:00.",
      });
    }
    return instant;
  }
  const epoch = env.SOURCE_DATE_EPOCH;
  if (epoch === undefined || epoch === "") return Date.now();
  if (!/^\d{1,11}$/.test(epoch)) {
    throw new Failure("usage", `SOURCE_DATE_EPOCH=${epoch} is not a number of seconds.`, {
      hint: "Set it to whole seconds since 1970-01-01T00:00Z, or unset it.",
    });
  }
  return Number(epoch) * 1000;
}
