import { defineProblem } from "../../model/problem.ts";
import { specs } from "./specs.ts";

export const selfMismatch = defineProblem("atom/self-mismatch", {
  severity: "warning",
  title: "The self link is a different address",
  why: "FreshRSS moves the subscription to the self address when a hub is named.",
  fix: "Write the address where the document is served.",
  spec: `${specs.atom}#section-4.2.7.2`,
});

export const tooManyEntries = defineProblem("portability/many-entries", {
  severity: "hint",
  title: "More than 300 entries",
  why: "Feedbin reads the first 300.",
  fix: "Publish fewer entries and add an archive.",
  spec: specs.profile,
});

export const hubWithoutSelf = defineProblem("portability/hub-without-self", {
  severity: "warning",
  title: "A hub without a self link",
  why: "WebSub subscribes to the self address; without it nobody can subscribe.",
  fix: 'Add a link with `rel="self"`.',
  spec: "https://www.w3.org/TR/websub/#discovery",
});

export const entryDateMissing = defineProblem("portability/date-missing", {
  severity: "warning",
  title: "An entry without a date",
  why: "Miniflux and Feedbin then use the moment they first saw it; order and age are lost.",
  fix: "Add `pubDate`, `published` or `date_published`.",
  spec: specs.profile,
});

export const categoryWithComma = defineProblem("portability/category-comma", {
  severity: "hint",
  title: "A category with a comma",
  why: "FreshRSS splits it into two.",
  fix: "Write two categories, or leave the comma out.",
  spec: specs.profile,
});
