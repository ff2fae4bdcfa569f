// In comes a code of either table; out goes its page as Markdown.
import { codes } from "../model/codes.ts";
import { mends } from "./rules/post-mends.ts";
import { explainRule, isRuleCode, rules } from "./rules/table.ts";
import { allCodes, isKnownCode } from "./settings.ts";

/** The page of a code; `undefined` for one that there is not. */
export function explainCode(code: string): string | undefined {
  if (isRuleCode(code)) return explainRule(code);
  if (!isKnownCode(code)) return undefined;
  const { title, severity } = codes[code];
  return `# ${code}\n\n${title}. Severity: ${severity}.\n\n## How to mend it\n\n${mends[code]}\n`;
}

export interface CodeSummary {
  readonly code: string;
  readonly severity: string;
  readonly title: string;
}

/** Every code with its severity and title, sorted. */
export function listCodes(): CodeSummary[] {
  return allCodes.flatMap((code) => {
    const known = isRuleCode(code) ? rules[code] : isKnownCode(code) ? codes[code] : undefined;
    return known === undefined ? [] : [{ code, severity: known.severity, title: known.title }];
  });
}
