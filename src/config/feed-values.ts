// In comes one value about feeds, of any type; out goes its normalised form, or undefined when it cannot be used.
import type { FieldValue, Moment } from "../model/config.ts";
import { parsePrefix } from "./publish-values.ts";

const units: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `2026-01-01` (that day's start in UTC), an instant with its zone, or an age such as `30d`. */
export function parseMoment(input: unknown): Moment | undefined {
  if (typeof input !== "string" || input.length > 40) return undefined;
  const text = input.trim();
  const age = /^(\d{1,5})\s*(h|d|w)$/.exec(text);
  if (age !== null) {
    const ago = Number(age[1]) * (units[age[2] ?? ""] ?? 0);
    return ago > 0 ? { ago } : undefined;
  }
  const day = /^(\d{4}-\d{2}-(\d{2}))(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2}))?$/.exec(text);
  if (day === null) return undefined;
  const at = Date.parse(text);
  // `Date.parse` rolls 31 February over into March.
  const real = new Date(`${day[1]}T00:00:00Z`).getUTCDate() === Number(day[2]);
  return real && Number.isFinite(at) ? { at } : undefined;
}

/** A word for messages, folders and ids. */
export function parseFeedName(input: unknown): string | undefined {
  return typeof input === "string" && /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(input)
    ? input
    : undefined;
}

const reserved = /^(?:tags|authors|sections|languages|archive)\//;

/** A folder below the output folder that no other feed uses; ends in `/`. */
export function parseFeedFolder(input: unknown): string | undefined {
  const folder = parsePrefix(input);
  if (folder === undefined || folder === "" || folder.length > 200) return undefined;
  return /^(?:[A-Za-z0-9_][A-Za-z0-9._-]*\/)+$/.test(folder) && !reserved.test(folder) ? folder : undefined;
}

/** A pattern below the site that holds `:slug`. */
export function parsePagePattern(input: unknown): string | undefined {
  if (typeof input !== "string" || !/^\/[^\s?#\\\u0000-\u001f]*$/.test(input)) return undefined;
  const parts = input.split("/").slice(1);
  const sound = parts.every((part, i) => part !== "." && part !== ".." && (part !== "" || i > 0));
  return sound && !input.includes("//") && input.includes(":slug") ? input : undefined;
}

/** A value that front matter can be compared with. */
export function parseFieldValue(input: unknown): FieldValue | undefined {
  if (typeof input === "string") return input.normalize("NFC");
  return typeof input === "boolean" || (typeof input === "number" && Number.isFinite(input))
    ? input
    : undefined;
}
