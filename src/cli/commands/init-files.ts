// What `feedwright init` asks, and the files that it makes of the answers.
import {
  parseAuthority,
  parseLanguage,
  parseSiteUrl,
  parseText,
  parseTimeZone,
} from "../../config/values.ts";

/** What a new site says about itself. Only `author` and `authority` may be empty. */
export interface InitAnswers {
  siteUrl: string;
  title: string;
  language: string;
  timeZone: string;
  authority: string;
  author: string;
}

/** One answer to get: from its flag, from a person, or from the computer. */
export interface InitQuestion {
  readonly key: keyof InitAnswers;
  readonly flag: string;
  readonly question: string;
  /** Gives the answer in its normal form, or undefined when it cannot be used. */
  readonly parse: (input: unknown) => string | undefined;
  readonly expected: string;
  /** The default; undefined where an answer is required. */
  readonly suggest: (known: Partial<InitAnswers>, now: number) => string | undefined;
}

/** In the order of asking. With an empty answer the key is left out. */
export const initQuestions: readonly InitQuestion[] = [
  {
    key: "siteUrl",
    flag: "--site-url",
    question: "The address of your site",
    parse: parseSiteUrl,
    expected: "an absolute http(s) URL such as https://example.org/",
    suggest: () => undefined,
  },
  {
    key: "title",
    flag: "--title",
    question: "Its title",
    parse: parseText,
    expected: "a name such as Kabar Pesisir",
    suggest: () => undefined,
  },
  {
    key: "language",
    flag: "--language",
    question: "The language you write in",
    parse: parseLanguage,
    expected: "a language tag such as id or en-GB",
    suggest: () => parseLanguage(Intl.DateTimeFormat().resolvedOptions().locale.split("-u-")[0]) ?? "en",
  },
  {
    key: "timeZone",
    flag: "--time-zone",
    question: "The time zone of your dates",
    parse: parseTimeZone,
    expected: "an IANA name such as Asia/Jakarta",
    suggest: () => parseTimeZone(Intl.DateTimeFormat().resolvedOptions().timeZone) ?? "UTC",
  },
  {
    key: "authority",
    flag: "--authority",
    question: "Domain and year for permanent ids (never change it, not even on another host)",
    parse: (input) => (input === "" ? "" : parseAuthority(input)),
    expected: "a domain you own and a year or day on which you owned it, such as example.org,2026",
    suggest: ({ siteUrl }, now) => suggestAuthority(siteUrl, now),
  },
  {
    key: "author",
    flag: "--author",
    question: "The author's name (may be empty)",
    parse: (input) => (input === "" ? "" : parseText(input)),
    expected: "a name such as Sari Wulandari",
    suggest: () => "",
  },
];

/** The site's host and this year, as the authority of tag URIs (RFC 4151). */
function suggestAuthority(siteUrl: string | undefined, now: number): string {
  if (siteUrl === undefined) return "";
  const host = new URL(siteUrl).hostname.replace(/^www\./, "");
  return parseAuthority(`${host},${new Date(now).getUTCFullYear()}`) ?? "";
}

/** A file to write; its path starts at the project root. */
export interface InitFile {
  readonly path: string;
  readonly content: string;
}

/** The typed configuration of a new site. */
export function writeInitConfig(answers: InitAnswers): InitFile {
  const { siteUrl, title, language, timeZone, authority, author } = answers;
  const say = (text: string) => JSON.stringify(text);
  const lines = [
    `    url: ${say(siteUrl)},`,
    `    title: ${say(title)},`,
    `    language: ${say(language)},`,
    `    timeZone: ${say(timeZone)},`,
    ...(authority === ""
      ? []
      : [
          "    // Part of every post's id. Never change it: readers would see all posts again.",
          `    authority: ${say(authority)},`,
        ]),
    ...(author === "" ? [] : [`    authors: { ${authorKey(author)}: ${say(author)} },`]),
  ];
  const content = `import { defineConfig } from "feedwright";

export default defineConfig({
  site: {
${lines.join("\n")}
  },
  // Where posts are read on the site: /:slug/, /:year/:month/:slug/, /:section/:slug/ …
  permalink: "/:slug/",
});
`;
  return { path: "feedwright.config.ts", content };
}

function authorKey(author: string): string {
  const key = (author.split(" ")[0] ?? "").normalize("NFKD").replace(/[^A-Za-z]/g, "");
  return key === "" ? "me" : key.toLowerCase();
}

/** A first post, dated at the last full minute in the site's time zone. */
export function writeInitPost(answers: InitAnswers, now: number): InitFile {
  const date = localTime(now, answers.timeZone);
  const language = /^en(-|$)/.test(answers.language) ? "" : "language: en\n";
  const content = `---
title: Hello
date: ${date}
tags: [about]
${language}---
This is the first post of the site. The lines above are its front matter; the text below them is Markdown, with **emphasis**, [links](${answers.siteUrl}) and so on.

Write \`draft: true\` above to keep a post out of every feed until it is ready.
`;
  return { path: `posts/${date.slice(0, 10)}-hello.md`, content };
}

/** `2026-10-05T07:30:00+07:00` */
function localTime(now: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "longOffset",
  }).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
  const offset = part("timeZoneName").replace("GMT", "") || "Z";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:00${offset}`;
}
