// Values of RSS, its small modules and OPML.
import { defineProblem } from "../../model/problem.ts";
import type { ValueCheck } from "../rules/document-check.ts";
import { specs } from "../rules/specs.ts";
import { choice, invalidChoice, invalidInteger, pattern } from "./words.ts";

const wrongHour = defineProblem("rss/hour", {
  severity: "error",
  title: "An hour that does not exist",
  why: "Hours count from 0 to 23.",
  fix: "Write a whole number from 0 to 23.",
  spec: `${specs.profile}#element-channel-skiphours`,
});

const hour24 = defineProblem("rss/hour-24", {
  severity: "warning",
  title: "Hour 24",
  why: "Midnight is 0; readers may never match 24.",
  fix: "Write `0`.",
  spec: `${specs.profile}#element-channel-skiphours`,
});

const checkHour: ValueCheck = (value, spot) => {
  const hour = value.trim();
  const number = /^\d{1,2}$/.test(hour) ? Number(hour) : Number.NaN;
  if (number === 24) spot.report(hour24, `${spot.name} is 24; midnight is 0.`);
  else if (!(number <= 23)) spot.reject(wrongHour, hour, "which is not an hour from 0 to 23");
};

const wrongExpansion = defineProblem("opml/expansion", {
  severity: "error",
  title: "Not a list of line numbers",
  why: "Outliners cannot open the lines.",
  fix: "Write numbers separated by commas.",
  spec: specs.opml,
});

const wrongYesNo = defineProblem("value/yes-no", {
  severity: "error",
  title: "Neither `yes` nor `no`",
  why: "Readers take anything else for the default.",
  fix: "Write `yes` or `no`.",
  spec: "https://www.rfc-editor.org/rfc/rfc5023",
});

const wrongFormName = defineProblem("rss/form-name", {
  severity: "error",
  title: "Not a field name",
  why: "It is used as a variable name in a form.",
  fix: "Write letters, digits, `-`, `_`, `.` and `:` after a letter.",
  spec: `${specs.rss}#lttextinputgtSubelementOfLtchannelgt`,
});

const draftWhen = defineProblem("thread/when", {
  severity: "error",
  title: "thr:when is from a draft",
  why: "Readers know `thr:updated`.",
  fix: "Write `thr:updated`.",
  spec: specs.thread,
});

const numberList = /^(\d+\s*(,\s*\d+\s*)*)?$/;

export const rssValues = {
  hour: checkHour,
  "form-name": pattern(wrongFormName, /^[A-Za-z][\w:.-]*$/, "which is not the name of a field"),
  "wiki-importance": choice(invalidChoice, ["major", "minor"]),
  "wiki-status": choice(invalidChoice, ["new", "updated", "deleted"]),
  "app-draft": choice(wrongYesNo, ["yes", "no"]),
  "thread-when": (_, spot) => spot.report(draftWhen, `${spot.name} is from a draft.`),
  "integer-list": pattern(invalidInteger, numberList, "which is not a list of whole numbers"),
  expansion: pattern(wrongExpansion, numberList, "which is not a list of line numbers"),
} satisfies Record<string, ValueCheck>;
