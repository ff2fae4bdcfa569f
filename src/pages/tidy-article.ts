import { parseFragment, serializeNodes } from "./page-tree.ts";
import { tidyCode } from "./tidy/code.ts";
import { tidyEmbeds } from "./tidy/embeds.ts";
import { tidyImages } from "./tidy/images.ts";
import { type MathForm, tidyMath } from "./tidy/math.ts";

export interface TidyOptions {
  /** How formulas are written: as their TeX source where the page has it, or as MathML. Default: "tex". */
  readonly math?: MathForm;
}

const mostTimes = 5;

/**
 * Rewrites what scripts and styles of a page would have shown into what a reader of feeds can show: late images, code
 * with line numbers, formulas written twice, players that a script makes. It does not clean: scripts, styles and
 * attributes stay for the cleaner that runs after it. Tidying twice changes nothing more.
 */
export function tidyArticle(html: string, { math = "tex" }: TidyOptions = {}): string {
  let tidied = html;
  // What goes can bring something else to light, such as code in code; nearly always the second time changes nothing.
  for (let times = 0; times < mostTimes; times += 1) {
    const before = tidied;
    tidied = tidyOnce(before, math);
    if (tidied === before) break;
  }
  return tidied;
}

function tidyOnce(html: string, math: MathForm): string {
  const document = parseFragment(html);
  tidyMath(document, math);
  tidyEmbeds(document);
  tidyImages(document);
  tidyCode(document);
  return serializeNodes(document.children);
}
