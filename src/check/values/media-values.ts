// In comes a value of Media RSS; out go findings.

import type { Spot, ValueCheck } from "../rules/document-check.ts";
import { checkAddress } from "./addresses.ts";
import { choice, isCountryCode, pattern } from "./words.ts";

const TIME = /^(now|\d+(\.\d+)?|\d+:[0-5]?\d:[0-5]?\d(\.\d+)?)$/;

/** A list of country codes, as Media RSS writes them. */
export function checkCountries(value: string, place: Spot): void {
  const bad = value
    .trim()
    .split(/\s+/)
    .find((code) => !isCountryCode(code));
  if (bad !== undefined) place.reject("value/country", value, `in which "${bad}" is not a country code`);
}

export const mediaValues = {
  "media-adult": (value, place) => {
    place.report("media/adult", `${place.name} is out of use.`);
    choice("value/boolean", ["true", "false"])(value, place);
  },
  "rating-scheme": (value, place) => {
    // The specification's own names, such as urn:icra, lack the second part that RFC 8141 requires.
    if (!/^urn:(simple|icra|mpaa|v-chip)$/.test(value)) checkAddress(value, place, { absolute: true });
  },
  "media-expression": choice("media/expression", ["sample", "full", "nonstop"]),
  "media-medium": choice("media/medium", ["image", "audio", "video", "document", "executable"]),
  "media-text-type": choice("media/text-type", ["plain", "html"]),
  "media-time": pattern("media/time", TIME, "which is not a time"),
  "restriction-type": choice("media/restriction-type", ["country", "uri", "sharing"]),
  "restriction-relation": choice("media/restriction", ["allow", "deny"]),
  "hash-algorithm": choice("media/hash", ["md5", "sha-1"]),
} satisfies Record<string, ValueCheck>;
