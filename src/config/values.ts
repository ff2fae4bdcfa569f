// Parsers for single values of the configuration: each gives the normalised value, or undefined when it cannot be used.
import { type FieldValue, type Moment, permalinkTokens } from "../model/config.ts";
import { parseUrl } from "../model/url.ts";

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
export function parseHttpUrl(input: unknown): string | undefined {
  if (typeof input !== "string" || /[\s\u0000-\u001f]/.test(input.trim())) return undefined;
  const url = /^\s*https?:\/\/[^/]/i.test(input) ? parseUrl(input) : undefined;
  return url?.username === "" && url.password === "" ? url.href : undefined;
}

/** The site's own URL: no query, no fragment, always with a `/` at its end. */
export function parseSiteUrl(input: unknown): string | undefined {
  const url = parseHttpUrl(input);
  if (url === undefined || /[?#]/.test(String(input))) return undefined;
  return url.endsWith("/") ? url : `${url}/`;
}

/** A URL, or a path below the site. */
export function parseSitePath(input: unknown): string | undefined {
  if (typeof input !== "string") return undefined;
  if (/^[a-z][a-z0-9+.-]*:/i.test(input.trim())) return parseHttpUrl(input);
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

/** An IANA time zone name. Plain offsets are refused: they have no daylight saving time, and not every Node reads them. */
export function parseTimeZone(input: unknown): string | undefined {
  if (typeof input !== "string" || !/^[a-z]/i.test(input.trim())) return undefined;
  const zone = input.trim();
  // The list takes a tenth of the time that a format takes, but lacks old names that are still valid.
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

const known: ReadonlySet<string> = new Set(permalinkTokens);

/** A pattern of known tokens that begins with `/` and has a token that differs from post to post. */
export function parsePermalink(input: unknown): string | undefined {
  if (typeof input !== "string" || !/^\/[^\s?#\\\u0000-\u001f]*$/.test(input) || input.includes("//"))
    return undefined;
  if (input.split("/").some((part) => part === "." || part === "..")) return undefined;
  const tokens = [...input.matchAll(/:([a-z_]*)/gi)].map((found) => found[1] ?? "");
  if (!tokens.every((token) => known.has(token))) return undefined;
  return tokens.some((token) => /^slug|^path$|^filename$/.test(token)) ? input : undefined;
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

const ageUnits: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `2026-01-01` (that day's start in UTC), an instant with its zone, or an age such as `30d`. */
export function parseMoment(input: unknown): Moment | undefined {
  if (typeof input !== "string" || input.length > 40) return undefined;
  const text = input.trim();
  const age = /^(\d{1,5})\s*(h|d|w)$/.exec(text);
  if (age !== null) {
    const ago = Number(age[1]) * (ageUnits[age[2] ?? ""] ?? 0);
    return ago > 0 ? { ago } : undefined;
  }
  const day = /^(\d{4}-\d{2}-(\d{2}))(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2}))?$/.exec(text);
  if (day === null) return undefined;
  const at = Date.parse(text);
  // `Date.parse` rolls 31 February over into March.
  const real = new Date(`${day[1]}T00:00:00Z`).getUTCDate() === Number(day[2]);
  return real && Number.isFinite(at) ? { at } : undefined;
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

const durationUnits: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `90s`, `5m` or `1h` in milliseconds; from one millisecond to one day. */
export function parseDuration(input: unknown): number | undefined {
  const found = typeof input === "string" ? /^\s*(\d{1,8})\s*(ms|s|m|h)\s*$/.exec(input) : null;
  if (found === null) return undefined;
  const ms = Number(found[1]) * (durationUnits[found[2] ?? ""] ?? 0);
  return ms >= 1 && ms <= 86_400_000 ? ms : undefined;
}

/** A branch name that Git accepts and that cannot be read as an option (git-check-ref-format). */
export function parseGitBranch(input: unknown): string | undefined {
  if (typeof input !== "string" || input.length > 200) return undefined;
  const branch = input.trim();
  if (!/^[A-Za-z0-9_][A-Za-z0-9._/+-]*$/.test(branch) || /\.\.|\/\/|[./]$|\/\./.test(branch))
    return undefined;
  if (branch.split("/").some((part) => part.endsWith(".lock"))) return undefined;
  return branch === "HEAD" || branch.startsWith("refs/") ? undefined : branch;
}

const scpForm = /^(?:[A-Za-z0-9_][\w.-]*@)?[A-Za-z0-9][A-Za-z0-9.-]*:(?!:)[^\s:-][^\s]*$/;

/**
 * A remote that Git reaches through https, ssh or the file system: a URL, `user@host:path`, a path, or the name of a remote.
 * Transports that run programs (`ext::`), leading dashes and passwords in URLs are refused.
 */
export function parseGitRemote(input: unknown): string | undefined {
  if (typeof input !== "string") return undefined;
  const remote = input.trim();
  if (
    remote === "" ||
    remote.startsWith("-") ||
    remote.includes("::") ||
    /[\u0000-\u001f\u007f]/.test(remote)
  )
    return undefined;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(remote)) return parseRemoteUrl(remote);
  if (/^(\/|\.{1,2}\/|[A-Za-z]:[\\/])/.test(remote)) return remote;
  return scpForm.test(remote) || /^[A-Za-z0-9_][\w.-]*$/.test(remote) ? remote : undefined;
}

function parseRemoteUrl(remote: string): string | undefined {
  const url = parseUrl(remote);
  if (
    url === undefined ||
    !["https:", "http:", "ssh:", "file:"].includes(url.protocol) ||
    url.password !== ""
  )
    return undefined;
  if (url.protocol !== "ssh:" && url.username !== "") return undefined;
  if (url.protocol !== "file:" && !/^[A-Za-z0-9[]/.test(url.hostname)) return undefined;
  return /^-/.test(decodeURIComponentSafely(url.username)) ? undefined : remote;
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "-";
  }
}

/** A folder inside a target: no `..`, no leading slash; the empty string, or ending in `/`. */
export function parsePrefix(input: unknown): string | undefined {
  if (typeof input !== "string" || /[\u0000-\u001f\\]/.test(input)) return undefined;
  const parts = input.split("/").filter((part) => part !== "");
  if (parts.some((part) => part === "." || part === ".." || part.toLowerCase() === ".git")) return undefined;
  return parts.length === 0 ? "" : `${parts.join("/")}/`;
}

/** `Name <address>`, as Git writes the author of a commit. */
export function parseCommitAuthor(input: unknown): { name: string; email: string } | undefined {
  if (typeof input !== "string") return undefined;
  const [, name = "", email = ""] =
    /^([^<>\u0000-\u001f\u007f]{1,100})<([^<>\s\u0000-\u001f\u007f]{1,200})>$/.exec(input.trim()) ?? [];
  return name.trim() === "" || !email.includes("@") ? undefined : { name: name.trim(), email };
}
