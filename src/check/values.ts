// Out goes the one table of value checks by name: what the tables of elements refer to.
import type { Place, ValueCheck } from "./place.ts";
import { addressValues } from "./values/addresses.ts";
import { dateValues } from "./values/dates.ts";
import { extensionValues } from "./values/extension-values.ts";
import { peopleValues } from "./values/people.ts";
import { textValues } from "./values/text.ts";
import { wordValues } from "./values/words.ts";

const values = {
  ...addressValues,
  ...dateValues,
  ...extensionValues,
  ...peopleValues,
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
