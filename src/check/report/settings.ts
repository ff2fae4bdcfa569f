// What the configuration makes of findings: severities and ignores.
import picomatch from "picomatch";
import type { CheckConfig } from "../../model/config.ts";
import { defineProblem, diagnose } from "../../model/problem.ts";
import { findNearestCode, findProblem } from "../explain.ts";
import type { Finding } from "./finding.ts";

/** What was looked at: a whole site, or the files named. An ignore for another file is not unused then. */
export interface Scope {
  /** `file` of the findings about the configuration. */
  readonly configFile: string;
  readonly looked: "site" | readonly string[];
}

interface Ignore {
  readonly code: string;
  readonly file: string;
  readonly matches: (file: string) => boolean;
  used: boolean;
}

/** Leaves out what is ignored or off, and gives the rest its severity. Reports ignores that match no finding. */
export function applySettings(findings: readonly Finding[], settings: CheckConfig, scope: Scope): Finding[] {
  const ignores = settings.ignore.map(
    ({ code, file }): Ignore => ({ code, file, matches: matcherOf(file), used: false }),
  );
  const remaining = findings.flatMap((finding): Finding[] => {
    if (isIgnored(finding, ignores)) return [];
    const { severity: severities } = settings;
    const severity = Object.hasOwn(severities, finding.code) ? severities[finding.code] : undefined;
    if (severity === "off") return [];
    return severity === undefined ? [finding] : [{ ...finding, severity }];
  });
  const named = new Set([...Object.keys(settings.severity), ...settings.ignore.map(({ code }) => code)]);
  const unknown = [...named].filter((code) => findProblem(code) === undefined);
  const unused = ignores.filter(
    ({ used, code, matches }) =>
      !used && findProblem(code) !== undefined && (scope.looked === "site" || scope.looked.some(matches)),
  );
  return [
    ...remaining,
    ...unknown.map((code) => describeUnknown(code, scope.configFile)),
    ...unused.map((ignore) => describeUnused(ignore, scope.configFile)),
  ];
}

function isIgnored(finding: Finding, ignores: readonly Ignore[]): boolean {
  const files = [finding.file, finding.document?.file ?? finding.file];
  const ignore = ignores.find(({ code, matches }) => code === finding.code && files.some(matches));
  if (ignore) ignore.used = true;
  return ignore !== undefined;
}

const unusedIgnore = defineProblem("config/unused-ignore", {
  severity: "hint",
  title: "An ignore of check that matches nothing",
  why: "It would hide the next finding of that kind there.",
  fix: "Remove the ignore.",
});

function describeUnused({ code, file }: Ignore, configFile: string): Finding {
  const message = `check.ignore has ${code} for "${file}", but there is no such finding.`;
  const hint = "Remove it, so that the next finding there is shown.";
  return diagnose(unusedIgnore, configFile, message, { hint });
}

const unknownCode = defineProblem("config/unknown-code", {
  severity: "hint",
  title: "A code of check that does not exist",
  why: "The severity or the ignore has no effect.",
  fix: "Correct the code in `check.severity` or `check.ignore`; `feedwright explain` lists all.",
});

function describeUnknown(code: string, configFile: string): Finding {
  const near = findNearestCode(code);
  const hint = near === undefined ? "feedwright explain lists all codes." : `Write "${near}".`;
  const message = `check names the code "${code}", which does not exist.`;
  return diagnose(unknownCode, configFile, message, { hint });
}

/** A path matches itself, even where it looks like a glob, such as `[draft].md`. */
function matcherOf(pattern: string): (file: string) => boolean {
  const isMatch = picomatch(pattern, { dot: true });
  return (file) => file === pattern || isMatch(file);
}
