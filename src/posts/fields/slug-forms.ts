// How programs that build sites turn file names and titles into parts of an address.
import type { SlugForm } from "../../model/config.ts";

export interface SlugRules {
  /** One part of an address: a file's name without date and ending, or a title. */
  readonly name: (text: string) => string;
  /** Folders and name together. Default: each of them by `name`. */
  readonly path?: (path: string) => string;
  /** The folders of a path. Default: as `path`. */
  readonly folder?: (folder: string) => string;
  /** A slug that front matter has. Default: as it is written. */
  readonly written?: (slug: string) => string;
  /** An address of front matter ends in `/`, unless it names a file. */
  readonly closesAddress?: true;
  /** An address of front matter only leads to the post's own. */
  readonly redirectsAddress?: true;
  /** A date at the front of a file's name stays in it, unless the post's date comes from there. */
  readonly keepsDate?: true;
}

const asWritten = (text: string): string => text;

/** Letters that are not a letter and its accents. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  Æ: "AE",
  œ: "oe",
  Œ: "OE",
  ø: "o",
  Ø: "O",
  đ: "d",
  Đ: "D",
  ð: "d",
  Ð: "D",
  þ: "th",
  Þ: "Th",
  ł: "l",
  Ł: "L",
  ħ: "h",
  Ħ: "H",
  ı: "i",
  ŋ: "ng",
  "–": "-",
  "—": "-",
};

/** Latin letters without their accents. Other scripts stay: tables of sounds differ from program to program. */
function withoutAccents(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/(?<=[A-Za-z])[\u0300-\u036f]+/g, "")
    .normalize("NFC")
    .replace(/[ßæÆœŒøØđĐðÐþÞłŁħĦıŋ–—]/g, (letter) => plainLetters[letter] ?? letter);
}

const trimDashes = (text: string): string => text.replace(/^-+/, "").replace(/(?<!-)-+$/, "");

/** Jekyll's `slugify` in its mode `pretty`. */
const jekyll = (text: string): string =>
  trimDashes(text.replace(/[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+/gu, "-"));

/** Hugo's `UnicodeSanitize`: white space is one dash, signs go without a trace. */
function sanitize(text: string): string {
  let made = "";
  let isSpace = false;
  for (const sign of text) {
    if (/[\p{L}\p{M}\p{Nd}./\\_#+~@-]/u.test(sign)) {
      if (isSpace && sign !== "-") made += "-";
      isSpace = false;
      made += sign;
    } else if (/\s/.test(sign) && made !== "" && !made.endsWith("-")) isSpace = true;
  }
  return made;
}

/** A `+` means a space by the time that Hugo writes an address. */
function hugo(text: string): string {
  const once = sanitize(text.toLowerCase());
  return once.includes("+") ? sanitize(`${once.replaceAll("+", " ")}/`).slice(0, -1) : once;
}

/** The package github-slugger, which Astro uses. */
const astro = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc} -]/gu, "")
    .replaceAll(" ", "-");

/** Hexo's `slugize`. */
const hexo = (text: string): string =>
  trimDashes(
    withoutAccents(text)
      .replace(/[\u0000-\u001f]/g, "")
      .replace(/[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'<>,.?/]+/g, "-"),
  );

/** Rust's crate `slug`. */
const zola = (text: string): string =>
  trimDashes(
    withoutAccents(text)
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{Nd}]+/gu, "-"),
  );

const pelican = (text: string): string =>
  withoutAccents(text)
    .replace(/[^\p{L}\p{M}\p{N}_\s-]/gu, "")
    .trim()
    .toLowerCase()
    .replace(/[-\s]+/g, "-");

/** The date of a path comes first, with its digits as written, then the folders before it, then the rest. */
function docusaurus(path: string): string {
  const dated = /^(.*?)(?<![^/])(\d{4})([-/])(\d{1,2})\3(\d{1,2})[-/](?=[^/])(.*)$/s.exec(path);
  if (dated === null) return path;
  const [, folder, year, , month, day, text] = dated;
  return `${year}/${month}/${day}/${folder}${text}`;
}

/** Order numbers go; the package slugify with small letters. Letters that it does not know stay, or nothing would be left. */
const nuxt = (text: string): string =>
  withoutAccents(text.replace(/^\d+\.(?=.)/, ""))
    .replaceAll("&", "and")
    .replace(/[^\p{L}\p{M}\p{N}_\s$*+~.()'"!:@-]/gu, "")
    .trim()
    .replace(/[\s-]+/g, "-")
    .toLowerCase();

const quartz = (text: string): string =>
  text.replace(/\s/g, "-").replaceAll("&", "-and-").replaceAll("%", "-percent").replace(/[?#]/g, "");

export const slugRules: Readonly<Record<SlugForm, SlugRules>> = {
  "as-written": { name: asWritten, path: asWritten },
  jekyll: { name: jekyll, written: jekyll },
  hugo: { name: hugo, path: hugo, written: hugo, keepsDate: true },
  astro: { name: astro },
  // A name that fits `:year-:month-:day-:title` is its title; any other is one word with its folders.
  hexo: { name: hexo, path: (path) => /^\d{4}-\d{2}-\d{2}-(.+)$/s.exec(path)?.[1] ?? hexo(path) },
  zola: { name: zola, written: zola, folder: asWritten, closesAddress: true },
  pelican: { name: pelican },
  docusaurus: { name: asWritten, path: docusaurus },
  nuxt: { name: nuxt },
  quartz: { name: quartz, redirectsAddress: true },
  obsidian: { name: (text) => text.replaceAll(" ", "+") },
};

/** A path by these rules, each of its parts on its own where they have none for paths. */
export function slugPath(path: string, { name, path: whole }: SlugRules): string {
  return whole === undefined ? path.split("/").map(name).join("/") : whole(path);
}

/** A title as part of an address: in small letters with dashes, where the rules leave it as it is written. */
export function slugTitle(title: string, { name }: SlugRules): string {
  return name === asWritten
    ? trimDashes(title.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, "-"))
    : name(title);
}
