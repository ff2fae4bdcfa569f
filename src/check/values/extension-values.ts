// In comes a value of an extension vocabulary; out go findings. Media RSS, iTunes, GeoRSS, podcast, OPML, sitemaps.

import type { Place, ValueCheck } from "../place.ts";
import type { RuleCode } from "../rules.ts";
import { checkAddress } from "./addresses.ts";
import { checkPlain } from "./text.ts";
import { choice, isCountryCode } from "./words.ts";

function pattern(code: RuleCode, form: RegExp, what: string): ValueCheck {
  return (value, place) => {
    if (!form.test(value.trim())) place.reject(code, value, what);
  };
}

function degrees(limit: number): ValueCheck {
  return (value, place) => {
    const number = /^[+-]?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : Number.NaN;
    if (!(Math.abs(number) <= limit)) {
      place.reject("value/coordinate", value, `which is not a number of degrees from -${limit} to ${limit}`);
    }
  };
}

/** Pairs of latitude and longitude (GeoRSS Simple), `least` pairs or more. */
function pairs(least: number, most: number): ValueCheck {
  return (value, place) => {
    const numbers = value.trim().split(/[\s,]+/);
    if (value.includes(",")) place.reject("value/coordinate-comma", value, "with commas");
    const sound = numbers.every(
      (text, index) =>
        /^[+-]?\d+(\.\d+)?$/.test(text) && Math.abs(Number(text)) <= (index % 2 === 0 ? 90 : 180),
    );
    const count = numbers.length / 2;
    if (!sound || !Number.isInteger(count) || count < least || count > most) {
      place.reject("value/coordinate", value, "which is not a list of latitude and longitude");
    }
  };
}

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

const checkHour: ValueCheck = (value, place) => {
  const hour = value.trim();
  const number = /^\d{1,2}$/.test(hour) ? Number(hour) : Number.NaN;
  if (number === 24) place.report("rss/hour-24", `${place.name} is 24; midnight is 0.`);
  else if (!(number <= 23)) place.reject("rss/hour", hour, "which is not an hour from 0 to 23");
};

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

const checkExpansion = pattern(
  "opml/expansion",
  /^(\d+\s*(,\s*\d+\s*)*)?$/,
  "which is not a list of line numbers",
);

const checkPriority: ValueCheck = (value, place) => {
  const number = /^\d(\.\d+)?$/.test(value.trim()) ? Number(value) : Number.NaN;
  if (!(number >= 0 && number <= 1))
    place.reject("sitemap/priority", value, "which is not a number from 0.0 to 1.0");
};

const checkNewsLanguage = pattern(
  "sitemap/news-language",
  /^([a-z]{2,3}|zh-cn|zh-tw)$/,
  "which is not an ISO 639 code",
);

const TIME = /^(now|\d+(\.\d+)?|\d+:[0-5]?\d:[0-5]?\d(\.\d+)?)$/;

/** A list of country codes, as Media RSS writes them. */
export function checkCountries(value: string, place: Place): void {
  const bad = value
    .trim()
    .split(/\s+/)
    .find((code) => !isCountryCode(code));
  if (bad !== undefined) place.reject("value/country", value, `in which "${bad}" is not a country code`);
}

/** Two checks of one value. */
function both(one: ValueCheck, other: ValueCheck): ValueCheck {
  return (value, place) => {
    one(value, place);
    other(value, place);
  };
}

const plain: ValueCheck = (value, place) => void checkPlain(value, place);

export const extensionValues = {
  latitude: degrees(90),
  longitude: degrees(180),
  point: pairs(1, 1),
  line: pairs(2, 10_000),
  polygon: pairs(4, 10_000),
  box: pairs(2, 2),
  hour: checkHour,
  "form-name": pattern("rss/form-name", /^[A-Za-z][\w:.-]*$/, "which is not the name of a field"),
  duration: checkDuration,
  "keywords-plain": both(plain, checkKeywords),
  explicit: exactWord("itunes/explicit", ["true", "false"]),
  block: choice("itunes/block", ["yes", "no"], { anyCase: true }),
  "episode-type": choice("itunes/persistent-order", ["full", "trailer", "bonus"], { anyCase: true }),
  "show-type": choice("itunes/persistent-order", ["episodic", "serial"], { anyCase: true }),
  "itunes-name": both(plain, longest(255)),
  "media-adult": (value, place) => {
    place.report("media/adult", `${place.name} is out of use.`);
    choice("value/boolean", ["true", "false"])(value, place);
  },
  "wiki-importance": choice("value/choice", ["major", "minor"]),
  "wiki-status": choice("value/choice", ["new", "updated", "deleted"]),
  "app-draft": choice("value/yes-no", ["yes", "no"]),
  "thread-when": (_, place) => place.report("thread/when", `${place.name} is from a draft.`),
  "integer-list": pattern(
    "value/integer",
    /^(\d+\s*(,\s*\d+\s*)*)?$/,
    "which is not a list of whole numbers",
  ),
  "itunes-subtitle": both(plain, longest(255)),
  "itunes-summary": both(plain, longest(4000)),
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
  "podcast-medium": choice("podcast/value", [
    "podcast",
    "music",
    "video",
    "film",
    "audiobook",
    "newsletter",
    "blog",
    "publisher",
    "course",
    "mixed",
    "podcastL",
    "musicL",
    "videoL",
    "filmL",
    "audiobookL",
    "newsletterL",
    "blogL",
    "publisherL",
    "courseL",
  ]),
  expansion: checkExpansion,
  priority: checkPriority,
  frequency: choice("sitemap/frequency", [
    "always",
    "hourly",
    "daily",
    "weekly",
    "monthly",
    "yearly",
    "never",
  ]),
  "news-language": checkNewsLanguage,
} satisfies Record<string, ValueCheck>;
