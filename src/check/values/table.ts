import type { Spot, ValueCheck } from "../rules/document-check.ts";
import { addressValues } from "./addresses.ts";
import { dateValues } from "./dates.ts";
import { mediaValues } from "./media-values.ts";
import { peopleValues } from "./people.ts";
import { placeValues } from "./places.ts";
import { podcastValues } from "./podcast-values.ts";
import { rssValues } from "./rss-values.ts";
import { sitemapValues } from "./sitemap-values.ts";
import { textValues } from "./text.ts";
import { wordValues } from "./words.ts";

const values = {
  ...addressValues,
  ...dateValues,
  ...mediaValues,
  ...peopleValues,
  ...placeValues,
  ...podcastValues,
  ...rssValues,
  ...sitemapValues,
  ...textValues,
  ...wordValues,
};

export type ValueName = keyof typeof values;

export function isValueName(name: string): name is ValueName {
  return Object.hasOwn(values, name);
}

/** Runs the check of that name on a value as the document has it. */
export function runValue(name: ValueName, value: string, spot: Spot): void {
  const check: ValueCheck = values[name];
  check(value, spot);
}
