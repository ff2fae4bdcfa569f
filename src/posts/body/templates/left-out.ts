import type { Config } from "../../../model/config.ts";
import { defineProblem } from "../../../model/problem.ts";

export const removedTemplates = defineProblem("post/template-left-out", {
  severity: "warning",
  title: "Templates that feeds cannot show",
  why: "Templates run only where the site is built. Readers of the feed see the text without them.",
  fix: "Say in Markdown or HTML what feed readers should see. Where the text is about templates, put it into code, or set `markdown.templates` to `keep`.",
});

const template = /`[^`]{0,500}`|\{%.{0,500}?%\}|\{\{.{0,500}?\}\}\}?|\{#\s.{0,500}?#\}/g;

/** A line of front matter without templates; code stays. The same text where there are none, or where they are to be kept. */
export function withoutTemplates(line: string, { markdown }: Config): string {
  if (markdown.templates === "keep" || !/\{[{%#]/.test(line)) return line;
  const shown = line.replace(template, (found) => (found.startsWith("`") ? found : ""));
  return shown === line ? line : shown.replace(/\s{2,}/g, " ").trim();
}
