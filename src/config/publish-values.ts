// In comes one value of `publish`, of any type; out goes its normalised form, or undefined when it cannot be used.
import { parseUrl } from "../model/url.ts";

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `90s`, `5m` or `1h` in milliseconds; from one millisecond to one day. */
export function parseDuration(input: unknown): number | undefined {
  const found = typeof input === "string" ? /^\s*(\d{1,8})\s*(ms|s|m|h)\s*$/.exec(input) : null;
  if (found === null) return undefined;
  const ms = Number(found[1]) * (units[found[2] ?? ""] ?? 0);
  return ms >= 1 && ms <= 86_400_000 ? ms : undefined;
}

/** A branch name that Git takes and that no option parser mistakes (git-check-ref-format). */
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

/** A bucket name as S3 and its relatives know it. */
export function parseBucket(input: unknown): string | undefined {
  return typeof input === "string" && /^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/.test(input)
    ? input
    : undefined;
}

/** A folder inside a target: no `..`, no leading slash; the empty string, or ending in `/`. */
export function parsePrefix(input: unknown): string | undefined {
  if (typeof input !== "string" || /[\u0000-\u001f\\]/.test(input)) return undefined;
  const parts = input.split("/").filter((part) => part !== "");
  if (parts.some((part) => part === "." || part === ".." || part.toLowerCase() === ".git")) return undefined;
  return parts.length === 0 ? "" : `${parts.join("/")}/`;
}

/** IndexNow: 8 to 128 letters, digits and dashes. */
export function parseIndexNowKey(input: unknown): string | undefined {
  return typeof input === "string" && /^[A-Za-z0-9-]{8,128}$/.test(input) ? input : undefined;
}

/** A value of `Cache-Control`. */
export function parseHeaderValue(input: unknown): string | undefined {
  return typeof input === "string" && /^[\x21-\x7e][\x20-\x7e]{0,200}$/.test(input) ? input : undefined;
}
