// In comes one value of the configuration, of any type; out goes its normalised form, or undefined when it cannot be used.
import { parseUrl as parseAddress } from "../model/url.ts";

/** Text on one line, trimmed, NFC, without characters that XML forbids; undefined when nothing is left. */
export function parseText(input: unknown): string | undefined {
  if (typeof input !== "string") return undefined;
  const text = input
    .normalize("NFC")
    .replace(/[\s\u0000-\u0020\u007f-\u009f\ufffe\uffff\ud800-\udfff]+/gu, " ")
    .trim();
  return text === "" ? undefined : text;
}

/** An absolute http(s) URL without credentials, as WHATWG URL writes it. */
export function parseUrl(input: unknown): string | undefined {
  if (typeof input !== "string" || /[\s\u0000-\u001f]/.test(input.trim())) return undefined;
  const url = /^\s*https?:\/\/[^/]/i.test(input) ? parseAddress(input) : undefined;
  return url?.username === "" && url.password === "" ? url.href : undefined;
}

/** The site's own URL: no query, no fragment, always with a `/` at its end. */
export function parseSiteUrl(input: unknown): string | undefined {
  const url = parseUrl(input);
  if (url === undefined || /[?#]/.test(String(input))) return undefined;
  return url.endsWith("/") ? url : `${url}/`;
}

/** URL, or path below the site; only its form is checked here. */
export function parseSitePath(input: unknown): string | undefined {
  if (typeof input !== "string") return undefined;
  if (/^[a-z][a-z0-9+.-]*:/i.test(input.trim())) return parseUrl(input);
  const path = input.trim().replace(/^\//, "");
  if (path === "" || /^[/\\]|\\|[?#\u0000-\u001f]/.test(path)) return undefined;
  return new URL(path, "https://a.example/b/").pathname.startsWith("/b/") ? path : undefined;
}

/** A BCP 47 tag in canonical spelling (RFC 5646 section 4.5). Longer primary subtags such as `english` are not registered. */
export function parseLanguage(input: unknown): string | undefined {
  if (typeof input !== "string" || !/^[a-z]{2,3}(-|$)/i.test(input.trim())) return undefined;
  try {
    return Intl.getCanonicalLocales(input.trim())[0];
  } catch {
    return undefined;
  }
}

/** An IANA time zone name. Plain offsets are refused: they know no daylight saving, and not every Node reads them. */
export function parseTimeZone(input: unknown): string | undefined {
  if (typeof input !== "string" || !/^[a-z]/i.test(input.trim())) return undefined;
  const zone = input.trim();
  // The list is had in a tenth of the time that a format takes, but lacks names that were replaced by others.
  if (zone === "UTC" || Intl.supportedValuesOf("timeZone").includes(zone)) return zone;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone;
  } catch {
    return undefined;
  }
}

const label = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
const host = `${label}(?:\\.${label})*`;
const authorityForm = new RegExp(
  `^(?:[a-z0-9._-]+@)?${host},(\\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\\d|3[01]))?)?$`,
  "i",
);

/** `authorityName "," date` of RFC 4151 section 2.1, with a date that exists. */
export function parseAuthority(input: unknown): string | undefined {
  if (typeof input !== "string" || input.length > 300) return undefined;
  const found = authorityForm.exec(input.trim());
  if (found === null) return undefined;
  const [, year, month = "01", day = "01"] = found;
  const instant = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return Number(year) > 0 && instant.getUTCDate() === Number(day) ? input.trim() : undefined;
}

/** An address such as `name@example.org`. */
export function parseEmail(input: unknown): string | undefined {
  if (typeof input !== "string") return undefined;
  const email = input.trim();
  return email.length <= 254 &&
    /^[^\s@<>()",;:\\[\]\u0000-\u001f]+@[^\s@<>()",;:\\[\]_]+\.[^\s@<>()",;:\\[\].]{2,}$/.test(email)
    ? email
    : undefined;
}

/** What a permalink pattern may hold between its slashes. */
export const permalinkTokens = ["section", "slug", "year", "month", "day", "path", "filename", "language"];

/** A pattern of known tokens that begins with `/` and tells one post from another. */
export function parsePermalink(input: unknown): string | undefined {
  if (typeof input !== "string" || !/^\/[^\s?#\\\u0000-\u001f]*$/.test(input) || input.includes("//"))
    return undefined;
  if (input.split("/").some((part) => part === "." || part === "..")) return undefined;
  const tokens = [...input.matchAll(/:([a-z]*)/gi)].map((found) => found[1] ?? "");
  if (!tokens.every((token) => permalinkTokens.includes(token))) return undefined;
  return tokens.some((token) => ["slug", "path", "filename"].includes(token)) ? input : undefined;
}

/** A path or a glob: text without control characters. */
export function parsePath(input: unknown): string | undefined {
  if (typeof input !== "string" || input.trim() === "" || /[\u0000-\u001f]/.test(input)) return undefined;
  return input.trim();
}

/** A whole number from 1 to `most`. */
export function parseCount(most: number): (input: unknown) => number | undefined {
  return (input) =>
    typeof input === "number" && Number.isInteger(input) && input >= 1 && input <= most ? input : undefined;
}
