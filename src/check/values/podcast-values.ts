// In comes a value of Apple's or the podcast namespace; out go findings.
import { podcastMedia } from "../../model/config.ts";
import type { ValueCheck } from "../rules/document-check.ts";
import type { RuleCode } from "../rules/table.ts";
import { checkAddress } from "./addresses.ts";
import { checkPlain } from "./text.ts";
import { choice, pattern } from "./words.ts";

function longest(most: number, code: RuleCode = "value/too-long"): ValueCheck {
  return (value, place) => {
    const length = value.trim().length;
    if (length > most) place.report(code, `${place.name} has ${length} characters; ${most} are allowed.`);
  };
}

/** One of some words, without white space around it. */
function exactWord(code: RuleCode, words: readonly string[]): ValueCheck {
  const check = choice(code, words);
  return (value, place) => {
    if (value !== value.trim()) place.report(code, `${place.name} has white space around its value.`);
    else check(value, place);
  };
}

/** Apple's duration: seconds, `mm:ss` or `hh:mm:ss`. */
const checkDuration = pattern(
  "itunes/duration",
  /^(\d+(\.\d+)?|(\d{1,2}:)?\d{1,2}:\d{1,2})$/,
  "which is not a number of seconds",
);

const checkKeywords: ValueCheck = (value, place) => {
  const words = value.trim();
  const parts = words.split(",").map((part) => part.trim());
  if (
    words.includes(",")
      ? parts.some((part) => /\s\S+\s/.test(part))
      : /\s/.test(words) || /[^\p{L}\p{N}\s,'’&-]/u.test(words)
  ) {
    place.reject("itunes/keywords", value, "which is not a list of words separated by commas");
  }
};

const checkSecureUrl: ValueCheck = (value, place) => {
  if (checkAddress(value.trim(), place, { web: true }) && value.trim().startsWith("http:")) {
    place.reject("podcast/url", value, "an address without TLS");
  }
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Two checks of one value. */
function both(one: ValueCheck, other: ValueCheck): ValueCheck {
  return (value, place) => {
    one(value, place);
    other(value, place);
  };
}

const plain: ValueCheck = (value, place) => void checkPlain(value, place);

/** Each is also the name of a list of such shows, with an `L` behind it. */
const media = [...podcastMedia, "publisher"];

export const podcastValues = {
  duration: checkDuration,
  "keywords-plain": both(plain, checkKeywords),
  explicit: exactWord("itunes/explicit", ["true", "false"]),
  block: choice("itunes/block", ["yes", "no"], { anyCase: true }),
  "episode-type": choice("itunes/persistent-order", ["full", "trailer", "bonus"], { anyCase: true }),
  "show-type": choice("itunes/persistent-order", ["episodic", "serial"], { anyCase: true }),
  "itunes-name": both(plain, longest(255)),
  "itunes-subtitle": both(plain, longest(255)),
  "itunes-summary": both(plain, longest(4000)),
  "secure-url": checkSecureUrl,
  "podcast-text": longest(128, "podcast/text"),
  "podcast-guid": pattern("podcast/guid", UUID, "which is not a UUID"),
  "podcast-locked": choice("podcast/value", ["yes", "no"]),
  "podcast-transcript": choice("podcast/value", [
    "text/plain",
    "text/html",
    "text/vtt",
    "application/json",
    "application/x-subrip",
    "application/srt",
    "text/srt",
  ]),
  "podcast-medium": choice("podcast/value", [...media, "mixed", ...media.map((medium) => `${medium}L`)]),
} satisfies Record<string, ValueCheck>;
