// In comes a schema's issue; out goes a problem that names the key, the value found and what to write instead.
import { distance } from "fastest-levenshtein";
import type * as v from "valibot";
import { namesSecret, redact, secretsOf } from "../model/secrets.ts";
import type { KeyPath } from "./find-key.ts";

/** One thing wrong with the configuration, before it has a line. */
export interface Problem {
  readonly path: KeyPath;
  readonly code: "config/unknown-key" | "config/wrong-value";
  readonly message: string;
  readonly hint: string;
}

/** Says in words what valibot found. */
export function describeIssue(issue: v.BaseIssue<unknown>): Problem {
  const path = (issue.path ?? []).map((item) => (typeof item.key === "number" ? item.key : String(item.key)));
  if (issue.type === "never") return describeUnknownKey(path, issue.message.split(" "));
  if (issue.input === undefined) {
    const name = nameKey(path);
    const expected = issue.path?.at(-1)?.origin === "key" ? undefined : issue.message;
    return {
      path,
      code: "config/wrong-value",
      message: path.length === 0 ? "The configuration is empty" : `${name} is missing`,
      hint: expected === undefined ? `Write ${name}${exampleOf(path)}.` : `Write ${expected}.`,
    };
  }
  return describeProblem(path, issue.input, issue.message);
}

/** A value that cannot be used, and what could be. */
export function describeProblem(path: KeyPath, value: unknown, expected: string): Problem {
  const name = path.length === 0 ? "The configuration" : nameKey(path);
  return {
    path,
    code: "config/wrong-value",
    message: `${name} is ${showValue(value)}`,
    hint: `Write ${expected}.`,
  };
}

function describeUnknownKey(path: KeyPath, known: string[]): Problem {
  const key = String(path.at(-1));
  const group = path.slice(0, -1);
  const nearest = nearestOf(key, known);
  const where = group.length === 0 ? "The configuration" : nameKey(group);
  return {
    path,
    code: "config/unknown-key",
    message: `${where} has no key "${shorten(key)}"`,
    hint: nearest === undefined ? `It knows ${known.join(", ")}.` : `Did you mean "${nearest}"?`,
  };
}

/** The known word nearest to what was written, when it is near enough to be meant. */
function nearestOf(written: string, known: readonly string[]): string | undefined {
  const word = written.slice(0, 100).toLowerCase().replaceAll(/[-_]/g, "");
  const ranked = known
    .map((candidate) => ({ candidate, steps: distance(word, candidate.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps);
  const best = ranked[0];
  return best && best.steps <= Math.max(1, Math.floor(best.candidate.length / 3))
    ? best.candidate
    : undefined;
}

/** A key as people write it: `feeds.custom[0].name`. */
export function nameKey(path: KeyPath): string {
  return path
    .map((step, index) =>
      typeof step === "number" ? `[${step}]` : `${index === 0 ? "" : "."}${shorten(step)}`,
    )
    .join("");
}

const examples: Record<string, string> = {
  site: ', such as site: { url: "https://example.org/", title: "My site" }',
  "site.url": ', such as url: "https://example.org/"',
  "site.title": ', such as title: "My site"',
};
const exampleOf = (path: KeyPath) => examples[path.join(".")] ?? "";

/** The value as its writer would recognise it, at most 60 characters. What could be a secret is not repeated. */
function showValue(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list (${showJson(value)})`;
  if (typeof value === "object" && value !== null) return `a group (${showJson(value)})`;
  return typeof value === "string" ? showJson(value) : shorten(String(value));
}

function showJson(value: object | string): string {
  try {
    const secrets = secretsOf(process.env);
    const hide = (key: string, part: unknown) => {
      if (key !== "" && namesSecret(key)) return "…";
      return typeof part === "string" ? hideSecrets(part, secrets) : part;
    };
    return shorten(JSON.stringify(value, hide) ?? "…");
  } catch {
    // cyclic, too deep, or holding what JSON cannot
    return "…";
  }
}

/** Takes out users and passwords of URLs, what their queries hold, and what the environment holds as a secret. */
function hideSecrets(text: string, secrets: readonly string[]): string {
  const plain = text
    .slice(0, 10_000)
    .replace(/\/\/(?:[^/\s]*|[^/\s]*:\S*)@/g, "//***@")
    .replace(/([?&][^=&#\s]+=)[^&#\s]{6,}/g, "$1…");
  return redact(plain, secrets);
}

function shorten(text: string): string {
  const letters = [...text.slice(0, 200).replace(/[\u0000-\u001f\u007f-\u009f\ud800-\udfff]/gu, "\ufffd")];
  return letters.length > 60 || text.length > 200 ? `${letters.slice(0, 59).join("")}…` : letters.join("");
}
