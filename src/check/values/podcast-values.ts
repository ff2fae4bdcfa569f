// Values of Apple's and of the podcast namespace.
import { podcastMedia } from "../../model/config.ts";

import { defineProblem, type Problem } from "../../model/problem.ts";
import type { ValueCheck } from "../rules/document-check.ts";
import { specs } from "../rules/specs.ts";
import { checkAddress, uuidForm } from "./addresses.ts";
import { plain } from "./text.ts";
import { choice, pattern } from "./words.ts";

const tooLong = defineProblem("value/too-long", {
  severity: "error",
  title: "A text longer than allowed",
  why: "What is too long is cut or rejected.",
  fix: "Shorten it to the length that the message names.",
  spec: specs.apple,
});

function longest(most: number, problem: Problem = tooLong): ValueCheck {
  return (value, spot) => {
    const length = value.trim().length;
    if (length > most) spot.report(problem, `${spot.name} has ${length} characters; ${most} are allowed.`);
  };
}

/** One of some words, without white space around it. */
function exactWord(problem: Problem, words: readonly string[]): ValueCheck {
  const check = choice(problem, words);
  return (value, spot) => {
    if (value !== value.trim()) spot.report(problem, `${spot.name} has white space around its value.`);
    else check(value, spot);
  };
}

const wrongDuration = defineProblem("itunes/duration", {
  severity: "error",
  title: "Not a duration",
  why: "Players show it as written or not at all.",
  fix: "Write the number of seconds.",
  spec: specs.apple,
});

/** Seconds, `mm:ss` or `hh:mm:ss`. */
const durationForm = /^(\d+(\.\d+)?|(\d{1,2}:)?\d{1,2}:\d{1,2})$/;

const wrongKeywords = defineProblem("itunes/keywords", {
  severity: "warning",
  title: "Keywords that are not separated by commas",
  why: "Apple no longer reads keywords; others split them at commas.",
  fix: "Write single words separated by commas, or leave it out.",
  spec: specs.apple,
});

const checkKeywords: ValueCheck = (value, spot) => {
  const words = value.trim();
  const parts = words.split(",").map((part) => part.trim());
  if (
    words.includes(",")
      ? parts.some((part) => /\s\S+\s/.test(part))
      : /\s/.test(words) || /[^\p{L}\p{N}\s,'’&-]/u.test(words)
  ) {
    spot.reject(wrongKeywords, value, "which is not a list of words separated by commas");
  }
};

const insecureUrl = defineProblem("podcast/url", {
  severity: "warning",
  title: "A podcast address without TLS",
  why: "The namespace asks for `https:`; players block others.",
  fix: "Serve the file over `https:`.",
  spec: specs.podcast,
});

const checkSecureUrl: ValueCheck = (value, spot) => {
  if (checkAddress(value.trim(), spot, { web: true }) && value.trim().startsWith("http:")) {
    spot.reject(insecureUrl, value, "an address without TLS");
  }
};

/** Two checks of one value. */
function both(one: ValueCheck, other: ValueCheck): ValueCheck {
  return (value, spot) => {
    one(value, spot);
    other(value, spot);
  };
}

/** Each is also the name of a list of such shows, with an `L` behind it. */
const media = [...podcastMedia, "publisher"];

const wrongExplicit = defineProblem("itunes/explicit", {
  severity: "error",
  title: "Not a valid itunes:explicit",
  why: "Apple reads `true` and `false`.",
  fix: "Write `true` or `false`.",
  spec: specs.apple,
});

const wrongBlock = defineProblem("itunes/block", {
  severity: "error",
  title: "Not a valid itunes:block",
  why: "Apple reads `Yes`; anything else has no effect.",
  fix: "Write `Yes` or leave it out.",
  spec: specs.apple,
});

const wrongItunesWord = defineProblem("itunes/persistent-order", {
  severity: "error",
  title: "A value that Apple does not know",
  why: "Readers ignore the value.",
  fix: "Write one of the words that the message lists.",
  spec: specs.apple,
});

const wrongPodcastWord = defineProblem("podcast/value", {
  severity: "error",
  title: "A value that the podcast namespace does not know",
  why: "Readers ignore the value.",
  fix: "Write one of the words that the message lists.",
  spec: specs.podcast,
});

const invalidPodcastGuid = defineProblem("podcast/guid", {
  severity: "error",
  title: "A podcast:guid that is not a UUID",
  why: "Directories use it to recognise the show.",
  fix: "Write the UUIDv5 of the feed's address without scheme and final slash.",
  spec: specs.podcast,
});

const longPodcastText = defineProblem("podcast/text", {
  severity: "warning",
  title: "A text longer than 128 characters",
  why: "Players cut it.",
  fix: "Shorten it.",
  spec: specs.podcast,
});

export const podcastValues = {
  duration: pattern(wrongDuration, durationForm, "which is not a number of seconds"),
  "keywords-plain": both(plain, checkKeywords),
  explicit: exactWord(wrongExplicit, ["true", "false"]),
  block: choice(wrongBlock, ["yes", "no"], { anyCase: true }),
  "episode-type": choice(wrongItunesWord, ["full", "trailer", "bonus"], { anyCase: true }),
  "show-type": choice(wrongItunesWord, ["episodic", "serial"], { anyCase: true }),
  "itunes-name": both(plain, longest(255)),
  "itunes-subtitle": both(plain, longest(255)),
  "itunes-summary": both(plain, longest(4000)),
  "secure-url": checkSecureUrl,
  "podcast-text": longest(128, longPodcastText),
  "podcast-guid": pattern(invalidPodcastGuid, uuidForm, "which is not a UUID"),
  "podcast-locked": choice(wrongPodcastWord, ["yes", "no"]),
  "podcast-transcript": choice(wrongPodcastWord, [
    "text/plain",
    "text/html",
    "text/vtt",
    "application/json",
    "application/x-subrip",
    "application/srt",
    "text/srt",
  ]),
  "podcast-medium": choice(wrongPodcastWord, [...media, "mixed", ...media.map((medium) => `${medium}L`)]),
} satisfies Record<string, ValueCheck>;
