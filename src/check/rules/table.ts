// Out goes the one table of what `check` can say about documents, and each rule's explanation as Markdown.

import { addressRules } from "./address-rules.ts";
import { atomRules } from "./atom-rules.ts";
import { atomTextRules } from "./atom-text-rules.ts";
import { consumerRules } from "./consumer-rules.ts";
import { dateRules } from "./date-rules.ts";
import { elementRules } from "./element-rules.ts";
import { historyRules } from "./history-rules.ts";
import { htmlRules } from "./html-rules.ts";
import { httpRules } from "./http-rules.ts";
import { jsonRules } from "./json-rules.ts";
import { mediaRules } from "./media-rules.ts";
import { opmlRules } from "./opml-rules.ts";
import { podcastRules } from "./podcast-rules.ts";
import { portabilityRules } from "./portability-rules.ts";
import { rssChannelRules } from "./rss-channel-rules.ts";
import { rssItemRules } from "./rss-item-rules.ts";
import type { Rule } from "./rule.ts";
import { setRules } from "./set-rules.ts";
import { sitemapRules } from "./sitemap-rules.ts";
import { valueRules } from "./value-rules.ts";
import { xmlRules } from "./xml-rules.ts";

const table = {
  ...xmlRules,
  ...elementRules,
  ...addressRules,
  ...dateRules,
  ...valueRules,
  ...rssChannelRules,
  ...rssItemRules,
  ...atomRules,
  ...atomTextRules,
  ...historyRules,
  ...mediaRules,
  ...podcastRules,
  ...jsonRules,
  ...opmlRules,
  ...sitemapRules,
  ...htmlRules,
  ...portabilityRules,
  ...setRules,
  ...consumerRules,
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
