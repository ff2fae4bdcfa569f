import { defineProblem } from "../../model/problem.ts";
import type { Spot, ValueCheck } from "../rules/document-check.ts";
import { specs } from "../rules/specs.ts";
import { checkAddress } from "./addresses.ts";
import { choice, invalidBoolean, invalidCountry, isCountryCode, pattern } from "./words.ts";

const time = /^(now|\d+(\.\d+)?|\d+:[0-5]?\d:[0-5]?\d(\.\d+)?)$/;

/** A list of country codes, as Media RSS writes them. */
export function checkCountries(value: string, spot: Spot): void {
  const bad = value
    .trim()
    .split(/\s+/)
    .find((code) => !isCountryCode(code));
  if (bad !== undefined) spot.reject(invalidCountry, value, `in which "${bad}" is not a country code`);
}

export const invalidMediaHash = defineProblem("media/hash", {
  severity: "error",
  title: "Not a hash",
  why: "Readers ignore the value.",
  fix: 'Write the hexadecimal digest and `algo="md5"` or `algo="sha-1"`.',
  spec: specs.media,
});

export const invalidMediaRestriction = defineProblem("media/restriction", {
  severity: "error",
  title: "A restriction that readers cannot follow",
  why: "Readers ignore the value.",
  fix: "Write `all`, `none`, or a list that fits `type`.",
  spec: specs.media,
});

const wrongTextType = defineProblem("media/text-type", {
  severity: "error",
  title: "A text type other than plain or html",
  why: "Readers ignore the value.",
  fix: "Write `plain` or `html`.",
  spec: specs.media,
});

const wrongExpression = defineProblem("media/expression", {
  severity: "error",
  title: "An expression that does not exist",
  why: "Readers ignore the value.",
  fix: "Write `sample`, `full` or `nonstop`.",
  spec: specs.media,
});

const wrongMedium = defineProblem("media/medium", {
  severity: "error",
  title: "A medium that does not exist",
  why: "Readers ignore the value.",
  fix: "Write `image`, `audio`, `video`, `document` or `executable`.",
  spec: specs.media,
});

const wrongRestrictionType = defineProblem("media/restriction-type", {
  severity: "error",
  title: "A type of restriction that does not exist",
  why: "Readers ignore the value.",
  fix: "Write `country`, `uri` or `sharing`.",
  spec: specs.media,
});

const wrongTime = defineProblem("media/time", {
  severity: "error",
  title: "Not a time within a recording",
  why: "Readers ignore the value.",
  fix: "Write `hh:mm:ss`, `hh:mm:ss.mmm` or seconds.",
  spec: specs.media,
});

const oldAdult = defineProblem("media/adult", {
  severity: "warning",
  title: "media:adult is out of use",
  why: "Readers look at `media:rating`.",
  fix: 'Write `<media:rating scheme="urn:simple">adult</media:rating>`.',
  spec: specs.media,
});

export const mediaValues = {
  "media-adult": (value, spot) => {
    spot.report(oldAdult, `${spot.name} is out of use.`);
    choice(invalidBoolean, ["true", "false"])(value, spot);
  },
  "rating-scheme": (value, spot) => {
    // The specification's own names, such as urn:icra, lack the second part that RFC 8141 requires.
    if (!/^urn:(simple|icra|mpaa|v-chip)$/.test(value)) checkAddress(value, spot, { absolute: true });
  },
  "media-expression": choice(wrongExpression, ["sample", "full", "nonstop"]),
  "media-medium": choice(wrongMedium, ["image", "audio", "video", "document", "executable"]),
  "media-text-type": choice(wrongTextType, ["plain", "html"]),
  "media-time": pattern(wrongTime, time, "which is not a time"),
  "restriction-type": choice(wrongRestrictionType, ["country", "uri", "sharing"]),
  "restriction-relation": choice(invalidMediaRestriction, ["allow", "deny"]),
  "hash-algorithm": choice(invalidMediaHash, ["md5", "sha-1"]),
} satisfies Record<string, ValueCheck>;
