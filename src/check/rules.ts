// Out goes the one table of what `check` can say about documents, and each rule's explanation as Markdown.
import type { Rule } from "./rule.ts";
import { atomRules } from "./rules/atom-rules.ts";
import { elementRules } from "./rules/element-rules.ts";
import { extensionRules } from "./rules/extension-rules.ts";
import { formatRules } from "./rules/format-rules.ts";
import { httpRules } from "./rules/http-rules.ts";
import { readerRules } from "./rules/reader-rules.ts";
import { rssRules } from "./rules/rss-rules.ts";
import { valueRules } from "./rules/value-rules.ts";
import { xmlRules } from "./rules/xml-rules.ts";

const table = {
  ...xmlRules,
  ...elementRules,
  ...valueRules,
  ...rssRules,
  ...atomRules,
  ...extensionRules,
  ...formatRules,
  ...readerRules,
  ...httpRules,
};

/** The code of every rule; stable, since scripts and ignore lists name them. */
export type RuleCode = keyof typeof table;

export const rules: Readonly<Record<RuleCode, Rule>> = table;

/** Every code, sorted. */
export const ruleCodes: readonly RuleCode[] = (Object.keys(table) as RuleCode[]).sort();

/** Whether a string is the code of a rule. */
export function isRuleCode(code: string): code is RuleCode {
  return Object.hasOwn(table, code);
}

/** The page of a rule as Markdown; `undefined` for a code that is no rule of `check`. */
export function explainRule(code: string): string | undefined {
  if (!isRuleCode(code)) return undefined;
  const { title, severity, why, mend, spec } = rules[code];
  return `# ${code}\n\n${title}. Severity: ${severity}.\n\n## Why it matters\n\n${why}\n\n## How to mend it\n\n${mend}\n\n## Where it is written\n\n<${spec}>\n`;
}
