// Numbers, booleans, words of a list, language tags, media types.
import { defineProblem, type Problem } from "../../model/problem.ts";
import type { ValueCheck } from "../rules/document-check.ts";
import { specs } from "../rules/specs.ts";

const mediaType = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;\s*[\w!#$&^.+-]+=(?:[\w!#$&'*^.+/:@-]+|"[^"]*"))*;?$/;
const languageTag =
  /^(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*(?:-[a-wyz\d](?:-[a-z\d]{2,8})+)*(?:-x(?:-[a-z\d]{1,8})+)?|x(?:-[a-z\d]{1,8})+|i-[a-z]{2,8}|art-lojban|zh-(?:guoyu|hakka|min|xiang)(?:-nan)?|no-(?:bok|nyn)|sgn(?:-[a-z]{2}){2}|en-gb-oed)$/i;

/** ISO 639-1, and the withdrawn codes that BCP 47 keeps. */
const languages = new Set(
  `aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo
  es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it iu iw ja ji
  jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb
  nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr
  ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu`.split(
    /\s+/,
  ),
);

/** ISO 3166-1 alpha-2, with the reserved codes that appear in feeds. */
const countries = new Set(
  `ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by bz ca cc
  cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et eu fi fj fk fm fo fr ga gb
  gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg
  kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv
  mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb
  sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk um
  us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw`.split(/\s+/),
);

/** Whether a language tag is well-formed and its first part exists (BCP 47). */
export function isLanguageTag(value: string): boolean {
  if (!languageTag.test(value)) return false;
  const primary = value.split("-", 1)[0]?.toLowerCase() ?? "";
  return primary.length !== 2 || languages.has(primary);
}

/** Whether a value is a media type (RFC 6838, RFC 9110). */
export function isMediaType(value: string): boolean {
  return mediaType.test(value.trim());
}

export function isCountryCode(value: string): boolean {
  return countries.has(value.toLowerCase());
}

export const invalidInteger = defineProblem("value/integer", {
  severity: "error",
  title: "Not the whole number that belongs here",
  why: "Readers ignore the value.",
  fix: "Write digits only, in the range that the message names.",
  spec: specs.rss,
});

/** A whole number of at least `least` and at most `most`. */
function integer(least: number, most: number, problem: Problem = invalidInteger): ValueCheck {
  const range = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
  return (value, spot) => {
    const text = value.trim();
    const number = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= least && number <= most))
      spot.reject(problem, text, `which is not a whole number ${range}`);
  };
}

/** A value that fits a pattern, or passes a test. */
export function pattern(
  problem: Problem,
  form: RegExp | ((value: string) => boolean),
  what: string,
): ValueCheck {
  return (value, spot) => {
    const text = value.trim();
    if (!(typeof form === "function" ? form(text) : form.test(text))) spot.reject(problem, value, what);
  };
}

/** One of some words. */
export function choice(
  problem: Problem,
  words: readonly string[],
  options: { anyCase?: boolean } = {},
): ValueCheck {
  return (value, spot) => {
    const text = options.anyCase ? value.trim().toLowerCase() : value.trim();
    if (words.includes(text)) return;
    const list = words.map((word) => `\`${word}\``);
    const hint = `Write ${list.length > 1 ? `${list.slice(0, -1).join(", ")} or ` : ""}${list.at(-1)}.`;
    spot.reject(problem, value, "which is none of the allowed words", hint);
  };
}

const invalidLanguage = defineProblem("value/language", {
  severity: "error",
  title: "Not a language tag",
  why: "Readers choose fonts, direction and voice by it.",
  fix: "Write a BCP 47 tag such as `en`, `pt-BR` or `zh-Hant`.",
  spec: "https://www.rfc-editor.org/rfc/rfc5646",
});

const checkLanguage: ValueCheck = (value, spot) => {
  if (!isLanguageTag(spot.attribute ? value : value.trim()))
    spot.reject(invalidLanguage, value, "which is not a language tag");
};

export const invalidMediaType = defineProblem("value/media-type", {
  severity: "error",
  title: "Not a media type that is allowed here",
  why: "Readers choose a player or a parser by it.",
  fix: "Write a type such as `audio/mpeg` or `text/html`.",
  spec: "https://www.rfc-editor.org/rfc/rfc6838",
});

const checkMediaType: ValueCheck = (value, spot) => {
  if (!isMediaType(value) || (spot.attribute && value !== value.trim()))
    spot.reject(invalidMediaType, value, "which is not a media type");
};

const invalidNumber = defineProblem("value/number", {
  severity: "error",
  title: "Not a number",
  why: "Readers ignore the value.",
  fix: "Write digits with a point where needed.",
  spec: specs.media,
});

const most = Number.MAX_SAFE_INTEGER;

export const invalidBoolean = defineProblem("value/boolean", {
  severity: "error",
  title: "Neither `true` nor `false`",
  why: "Readers take anything else for the default.",
  fix: "Write `true` or `false` in lower case, without spaces.",
  spec: specs.rss,
});

export const invalidCountry = defineProblem("value/country", {
  severity: "error",
  title: "Not a country code",
  why: "Readers ignore it.",
  fix: "Write a two-letter ISO 3166 code.",
  spec: "https://www.iso.org/iso-3166-country-codes.html",
});

export const invalidChoice = defineProblem("value/choice", {
  severity: "error",
  title: "Not one of the allowed words",
  why: "Readers ignore the value.",
  fix: "Write one of the words that the message lists.",
  spec: specs.rss,
});

const wrongImageWidth = defineProblem("rss/image-width", {
  severity: "error",
  title: "An image width outside 1 to 144",
  why: "RSS limits the width to 144 pixels.",
  fix: "Write the width in pixels or leave it out.",
  spec: `${specs.rss}#ltimagegtSubelementOfLtchannelgt`,
});

const wrongImageHeight = defineProblem("rss/image-height", {
  severity: "error",
  title: "An image height outside 1 to 400",
  why: "RSS limits the height to 400 pixels.",
  fix: "Write the height in pixels or leave it out.",
  spec: `${specs.rss}#ltimagegtSubelementOfLtchannelgt`,
});

const wrongDay = defineProblem("rss/day", {
  severity: "error",
  title: "A day that does not exist",
  why: "Readers compare with the English names.",
  fix: "Write `Monday` to `Sunday`.",
  spec: `${specs.profile}#element-channel-skipdays`,
});

const wrongCloudProtocol = defineProblem("rss/cloud-protocol", {
  severity: "warning",
  title: "A protocol that rssCloud does not have",
  why: "Readers that support rssCloud know `xml-rpc`, `soap` and `http-post`.",
  fix: "Write `http-post`.",
  spec: `${specs.rss}#ltcloudgtSubelementOfLtchannelgt`,
});

export const wordValues = {
  "positive-integer": integer(1, most),
  count: integer(0, most),
  integer: integer(-most, most),
  port: integer(1, 65_535),
  "image-width": integer(1, 144, wrongImageWidth),
  "image-height": integer(1, 400, wrongImageHeight),
  number: pattern(invalidNumber, /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, "which is not a number"),
  boolean: choice(invalidBoolean, ["true", "false"]),
  language: checkLanguage,
  "optional-language": (value, spot) => {
    if (value.trim() !== "") checkLanguage(value, spot);
  },
  "media-type": checkMediaType,
  country: pattern(invalidCountry, isCountryCode, "which is not a country code"),
  "update-period": choice(invalidChoice, ["hourly", "daily", "weekly", "monthly", "yearly"]),
  "cloud-protocol": choice(wrongCloudProtocol, ["xml-rpc", "soap", "http-post"]),
  day: choice(wrongDay, ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]),
  "yes-no": choice(invalidBoolean, ["yes", "no"], { anyCase: true }),
} satisfies Record<string, ValueCheck>;
