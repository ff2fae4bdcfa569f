// In comes a value of a small language: number, boolean, word of a list, language tag, media type; out go findings.

import type { Spot, ValueCheck } from "../rules/document-check.ts";
import type { RuleCode } from "../rules/table.ts";

const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;\s*[\w!#$&^.+-]+=(?:[\w!#$&'*^.+/:@-]+|"[^"]*"))*;?$/;
const LANGUAGE =
  /^(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*(?:-[a-wyz\d](?:-[a-z\d]{2,8})+)*(?:-x(?:-[a-z\d]{1,8})+)?|x(?:-[a-z\d]{1,8})+|i-[a-z]{2,8}|art-lojban|zh-(?:guoyu|hakka|min|xiang)(?:-nan)?|no-(?:bok|nyn)|sgn(?:-[a-z]{2}){2}|en-gb-oed)$/i;

/** ISO 639-1, and the withdrawn codes that BCP 47 keeps. */
const LANGUAGES = new Set(
  `aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo
  es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it iu iw ja ji
  jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb
  nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr
  ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu`.split(
    /\s+/,
  ),
);

/** ISO 3166-1 alpha-2, with the reserved codes that appear in feeds. */
const COUNTRIES = new Set(
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
  if (!LANGUAGE.test(value)) return false;
  const primary = value.split("-", 1)[0]?.toLowerCase() ?? "";
  return primary.length !== 2 || LANGUAGES.has(primary);
}

/** Whether a value is a media type (RFC 6838, RFC 9110). */
export function isMediaType(value: string): boolean {
  return MEDIA_TYPE.test(value.trim());
}

export function isCountryCode(value: string): boolean {
  return COUNTRIES.has(value.toLowerCase());
}

/** A whole number of at least `least` and at most `most`. */
function integer(least: number, most: number, code: RuleCode = "value/integer"): ValueCheck {
  const range = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
  return (value, place) => {
    const text = value.trim();
    const number = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= least && number <= most))
      place.reject(code, text, `which is not a whole number ${range}`);
  };
}

/** A value of a form. */
export function pattern(code: RuleCode, form: RegExp, what: string): ValueCheck {
  return (value, place) => {
    if (!form.test(value.trim())) place.reject(code, value, what);
  };
}

/** One of some words. */
export function choice(
  code: RuleCode,
  words: readonly string[],
  options: { anyCase?: boolean } = {},
): ValueCheck {
  return (value, place) => {
    const text = options.anyCase ? value.trim().toLowerCase() : value.trim();
    if (words.includes(text)) return;
    const list = words.map((word) => `\`${word}\``);
    const hint = `Write ${list.length > 1 ? `${list.slice(0, -1).join(", ")} or ` : ""}${list.at(-1)}.`;
    place.reject(code, value, "which is none of the allowed words", hint);
  };
}

const checkLanguage: ValueCheck = (value, place) => {
  if (!isLanguageTag(place.attribute ? value : value.trim()))
    place.reject("value/language", value, "which is not a language tag");
};

const checkMediaType: ValueCheck = (value, place) => {
  if (!isMediaType(value) || (place.attribute && value !== value.trim()))
    place.reject("value/media-type", value, "which is not a media type");
};

function checkNumber(value: string, place: Spot): void {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value.trim())) {
    place.reject("value/number", value, "which is not a number");
  }
}

const most = Number.MAX_SAFE_INTEGER;

export const wordValues = {
  "positive-integer": integer(1, most),
  count: integer(0, most),
  integer: integer(-most, most),
  port: integer(1, 65_535),
  "image-width": integer(1, 144, "rss/image-width"),
  "image-height": integer(1, 400, "rss/image-height"),
  number: checkNumber,
  boolean: choice("value/boolean", ["true", "false"]),
  language: checkLanguage,
  "optional-language": (value, place) => {
    if (value.trim() !== "") checkLanguage(value, place);
  },
  "media-type": checkMediaType,
  country: (value, place) => {
    if (!isCountryCode(value.trim())) place.reject("value/country", value, "which is not a country code");
  },
  "update-period": choice("value/choice", ["hourly", "daily", "weekly", "monthly", "yearly"]),
  "cloud-protocol": choice("rss/cloud-protocol", ["xml-rpc", "soap", "http-post"]),
  day: choice("rss/day", ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]),
  "yes-no": choice("value/boolean", ["yes", "no"], { anyCase: true }),
} satisfies Record<string, ValueCheck>;
