// In come the dates of plain front matter; out go their instants and the hints about them, or undefined where only the readers can tell.
import type { Config } from "../../model/config.ts";
import { isCleanLine } from "../fields/clean-field.ts";
import { type Instant, parseDate } from "../fields/dates.ts";
import { hintBareDate, hintBareName, isDayOf } from "../fields/read-times.ts";
import type { Finding } from "../fields/reading.ts";
import type { FileName } from "../folder/file-name.ts";
import type { UsualLines } from "./usual-lines.ts";

export interface UsualTimes {
  readonly date: number;
  readonly updated: number | undefined;
  readonly findings: readonly Finding[];
}

const none: readonly never[] = Object.freeze([]);

/** Reads the date, the file name's where front matter gives none, and the update. */
export function readUsualTimes(lines: UsualLines, name: FileName, config: Config): UsualTimes | undefined {
  const written = lines.date ?? name.date;
  const date = written === undefined ? undefined : readInstant(written, config);
  const updated = lines.updated === undefined ? date : readInstant(lines.updated, config);
  if (date === undefined || updated === undefined) return undefined;
  const isEarlier = updated.ms < date.ms;
  if (isEarlier && !isDayOf(date, updated)) return undefined;
  return {
    date: date.ms,
    updated: lines.updated === undefined || isEarlier ? undefined : updated.ms,
    findings: date.bare ? describeBare(lines, name, config) : none,
  };
}

function readInstant(written: string, config: Config): Instant | undefined {
  if (!isCleanLine(written)) return undefined;
  const instant = parseDate(written, config.site.timeZone);
  return "problem" in instant ? undefined : instant;
}

function describeBare(
  { date, dateKey = "", updated, updatedKey = "" }: UsualLines,
  name: FileName,
  config: Config,
): readonly Finding[] {
  if (date === undefined) return [hintBareName(name.date ?? "", config)];
  const hint = hintBareDate([dateKey], date, config);
  // An update that is written like the date is told of as well.
  return updated === date ? [hint, hintBareDate([updatedKey], updated, config)] : [hint];
}
