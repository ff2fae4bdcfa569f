// In comes a value of RSS, of one of its small modules, or of OPML, that no other element has; out go findings.
import type { ValueCheck } from "../rules/document-check.ts";
import { choice, pattern } from "./words.ts";

const checkHour: ValueCheck = (value, place) => {
  const hour = value.trim();
  const number = /^\d{1,2}$/.test(hour) ? Number(hour) : Number.NaN;
  if (number === 24) place.report("rss/hour-24", `${place.name} is 24; midnight is 0.`);
  else if (!(number <= 23)) place.reject("rss/hour", hour, "which is not an hour from 0 to 23");
};

const checkExpansion = pattern(
  "opml/expansion",
  /^(\d+\s*(,\s*\d+\s*)*)?$/,
  "which is not a list of line numbers",
);

export const rssValues = {
  hour: checkHour,
  "form-name": pattern("rss/form-name", /^[A-Za-z][\w:.-]*$/, "which is not the name of a field"),
  "wiki-importance": choice("value/choice", ["major", "minor"]),
  "wiki-status": choice("value/choice", ["new", "updated", "deleted"]),
  "app-draft": choice("value/yes-no", ["yes", "no"]),
  "thread-when": (_, place) => place.report("thread/when", `${place.name} is from a draft.`),
  "integer-list": pattern(
    "value/integer",
    /^(\d+\s*(,\s*\d+\s*)*)?$/,
    "which is not a list of whole numbers",
  ),
  expansion: checkExpansion,
} satisfies Record<string, ValueCheck>;
