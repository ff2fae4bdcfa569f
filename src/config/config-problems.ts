// What can be wrong with a configuration, and the words for it: the key, the value found, and what to write instead.
import { distance } from "fastest-levenshtein";
import type * as v from "valibot";
import { defineProblem, type Problem } from "../model/problem.ts";
import { namesSecret, redact, secretsOf } from "../model/secrets.ts";
import type { KeyPath } from "./find-key.ts";

export const unreadable = defineProblem("config/unreadable", {
  severity: "error",
  title: "A configuration that cannot be read",
  why: "Without its configuration feedwright does nothing: it could only guess what the site is.",
  fix: "Fix the file at the place that the message names: a syntax error, or an import that cannot be found.",
});

const unknownKey = defineProblem("config/unknown-key", {
  severity: "error",
  title: "A key that the configuration does not know",
  why: "A misspelt key would be ignored, and the feeds would not be what you asked for.",
  fix: "Correct the spelling, or delete the key; the message lists the known keys.",
});

const wrongValue = defineProblem("config/wrong-value", {
  severity: "error",
  title: "A value that the configuration cannot use",
  why: "Any guess at what the value means could change all feeds.",
  fix: "Write a value of the kind that the message names.",
});

/** One thing wrong with the configuration. Its line is found later. */
export interface ConfigProblem {
  readonly path: KeyPath;
  readonly problem: Problem;
  readonly message: string;
  readonly hint: string;
}

/** Says in words what valibot found. */
export function describeIssue(issue: v.BaseIssue<unknown>): ConfigProblem {
  const path = (issue.path ?? []).map((item) => (typeof item.key === "number" ? item.key : String(item.key)));
  if (issue.type === "never") return describeUnknownKey(path, issue.message.split(" "));
  if (issue.input !== undefined) return describeValue(path, issue.input, issue.message);
  const name = nameKey(path);
  const expected = issue.path?.at(-1)?.origin === "key" ? `${name}${examples[name] ?? ""}` : issue.message;
  return describeWrong(
    path,
    path.length === 0 ? "The configuration is empty" : `${name} is missing`,
    `Write ${expected}.`,
  );
}

/** Something wrong with a key's value, in words of the caller's own. */
export function describeWrong(path: KeyPath, message: string, hint: string): ConfigProblem {
  return { path, problem: wrongValue, message, hint };
}

/** A value that cannot be used; `expected` completes "Write …". */
export function describeValue(path: KeyPath, value: unknown, expected: string): ConfigProblem {
  const name = path.length === 0 ? "The configuration" : nameKey(path);
  return describeWrong(path, `${name} is ${showValue(value)}`, `Write ${expected}.`);
}

function describeUnknownKey(path: KeyPath, known: string[]): ConfigProblem {
  const key = String(path.at(-1));
  const group = path.slice(0, -1);
  const nearest = nearestOf(key, known);
  const where = group.length === 0 ? "The configuration" : nameKey(group);
  return {
    path,
    problem: unknownKey,
    message: `${where} has no key "${shorten(key)}"`,
    hint: nearest === undefined ? `The keys are ${known.join(", ")}.` : `Did you mean "${nearest}"?`,
  };
}

/** The known word that was probably meant, if one is near enough. */
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

/** The value in at most 60 characters, without anything that could be a secret. */
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

/** Removes users and passwords in URLs, values in their queries, and secrets of the environment. */
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
