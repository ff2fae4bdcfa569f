// In come findings and what the configuration makes of them; out go those that remain, with the severities it gives them.
import { distance } from "fastest-levenshtein";
import picomatch from "picomatch";
import { type Code, codes, diagnose } from "../model/codes.ts";
import type { CheckConfig } from "../model/config.ts";
import type { Finding } from "./finding.ts";
import { isRuleCode, ruleCodes } from "./rules.ts";

/** Every code that any diagnostic can have, sorted. */
export const allCodes: readonly string[] = [...ruleCodes, ...Object.keys(codes)].sort();

/** Whether a code is in one of the two tables. */
export function isKnownCode(code: string): code is Code {
  return isRuleCode(code) || Object.hasOwn(codes, code);
}

/** The known code that somebody most likely meant; undefined when none is near. */
export function nearestCode(code: string): string | undefined {
  const word = code.toLowerCase();
  const same = allCodes.filter(
    (one) => one.slice(one.indexOf("/") + 1) === word.slice(word.indexOf("/") + 1),
  );
  if (same[0] !== undefined) return same[0];
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 4)) + 1;
  for (const one of allCodes) {
    const apart = distance(word, one);
    if (apart < least) {
      best = one;
      least = apart;
    }
  }
  return best;
}

/** What was looked at: a whole site, or the files named. An ignore for another file is not unused then. */
export interface Scope {
  /** `file` of the findings about the configuration. */
  readonly configFile: string;
  readonly looked: "site" | readonly string[];
}

/** Leaves out what is ignored or off, and gives the rest its severity. Ignores that nothing needs are told. */
export function applySettings(findings: readonly Finding[], settings: CheckConfig, scope: Scope): Finding[] {
  const ignores = settings.ignore.map((ignore) => ({
    ...ignore,
    matches: matcherOf(ignore.file),
    used: false,
  }));
  const kept = findings.flatMap((finding): Finding[] => {
    for (const ignore of ignores) {
      if (ignore.code !== finding.code) continue;
      if (![finding.file, finding.document?.file ?? finding.file].some(ignore.matches)) continue;
      ignore.used = true;
      return [];
    }
    const severity = Object.hasOwn(settings.severity, finding.code)
      ? settings.severity[finding.code]
      : undefined;
    if (severity === "off") return [];
    return severity === undefined ? [finding] : [{ ...finding, severity }];
  });
  const unused = ignores.filter(
    ({ used, matches }) => !used && (scope.looked === "site" || scope.looked.some((file) => matches(file))),
  );
  const unknown = [
    ...new Set([...Object.keys(settings.severity), ...settings.ignore.map(({ code }) => code)]),
  ].filter((code) => !isKnownCode(code));
  return [
    ...kept,
    ...unknown.map((code) => describeUnknown(code, scope.configFile)),
    ...unused
      .filter(({ code }) => isKnownCode(code))
      .map(({ code, file }) =>
        diagnose(
          "config/unused-ignore",
          scope.configFile,
          `check.ignore has ${code} for "${file}", and nothing there needs it.`,
          {
            hint: "Take it out, so that the next finding there is seen.",
          },
        ),
      ),
  ];
}

function describeUnknown(code: string, configFile: string): Finding {
  const near = nearestCode(code);
  return diagnose(
    "config/unknown-code",
    configFile,
    `check names the code "${code}", which does not exist.`,
    {
      hint: near === undefined ? "feedwright explain lists all codes." : `Write "${near}".`,
    },
  );
}

/** A path stands for itself even where it holds signs of a glob, such as `[draft].md`. */
function matcherOf(pattern: string): (file: string) => boolean {
  const isMatch = picomatch(pattern, { dot: true });
  return (file) => file === pattern || isMatch(file);
}
