// Out goes the one table of value checks by name: what the tables of elements refer to.
import type { Place, ValueCheck } from "./place.ts";
import { addressValues } from "./values/addresses.ts";
import { dateValues } from "./values/dates.ts";
import { mediaValues } from "./values/media-values.ts";
import { peopleValues } from "./values/people.ts";
import { placeValues } from "./values/places.ts";
import { podcastValues } from "./values/podcast-values.ts";
import { rssValues } from "./values/rss-values.ts";
import { sitemapValues } from "./values/sitemap-values.ts";
import { textValues } from "./values/text.ts";
import { wordValues } from "./values/words.ts";

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
export function runValue(name: ValueName, value: string, place: Place): void {
  const check: ValueCheck = values[name];
  check(value, place);
}
