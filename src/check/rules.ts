// Out goes the one table of what `check` can say about documents, and each rule's explanation as Markdown.
import type { Rule } from "./rule.ts";
import { addressRules } from "./rules/address-rules.ts";
import { atomRules } from "./rules/atom-rules.ts";
import { atomTextRules } from "./rules/atom-text-rules.ts";
import { consumerRules } from "./rules/consumer-rules.ts";
import { dateRules } from "./rules/date-rules.ts";
import { elementRules } from "./rules/element-rules.ts";
import { historyRules } from "./rules/history-rules.ts";
import { htmlRules } from "./rules/html-rules.ts";
import { httpRules } from "./rules/http-rules.ts";
import { jsonRules } from "./rules/json-rules.ts";
import { mediaRules } from "./rules/media-rules.ts";
import { opmlRules } from "./rules/opml-rules.ts";
import { podcastRules } from "./rules/podcast-rules.ts";
import { portabilityRules } from "./rules/portability-rules.ts";
import { rssChannelRules } from "./rules/rss-channel-rules.ts";
import { rssItemRules } from "./rules/rss-item-rules.ts";
import { setRules } from "./rules/set-rules.ts";
import { sitemapRules } from "./rules/sitemap-rules.ts";
import { valueRules } from "./rules/value-rules.ts";
import { xmlRules } from "./rules/xml-rules.ts";

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
