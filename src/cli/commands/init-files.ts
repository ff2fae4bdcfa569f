// What `feedwright init` asks, and the files that it makes of the answers.

import {
  parseAuthority,
  parseLanguage,
  parseSiteUrl,
  parseText,
  parseTimeZone,
} from "../../config/values.ts";
import type { Surroundings } from "../../posts/presets/look-around.ts";
import { authorKey } from "../../posts/presets/preset.ts";

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
    parse: parseWrittenUrl,
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

/** `radio.example` is the site at https://radio.example/. */
export function parseWrittenUrl(input: unknown): string | undefined {
  const isHost =
    typeof input === "string" && /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:\/|$)/i.test(input.trim());
  return parseSiteUrl(isHost ? `https://${input.trim()}` : input);
}

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

/** What is written into the configuration, in this order; a key of a group stands with the others of its group. */
const keyOrder = [
  ...[
    "preset",
    "site",
    "posts",
    "out",
    "page",
    "permalink",
    "permalinks",
    "slugs",
    "titles",
    "categories",
    "assets",
    "dates",
  ],
  "markdown",
];
const siteOrder = [
  "url",
  "title",
  "description",
  "language",
  "languages",
  "timeZone",
  "authority",
  "authors",
];

/** The typed configuration of a site: what was answered, and what was found, with its source as a comment. */
export function writeInitConfig(answers: InitAnswers, around?: Surroundings): InitFile {
  const entries = new Map<string, { value: unknown; note?: string }>();
  const { preset, folder = "", findings } = around ?? {};
  for (const { key, value, source } of findings?.list() ?? [])
    if (!same(value, valueAt(preset?.config, key))) entries.set(key, { value, note: `from ${source}` });
  const { siteUrl, title, language, timeZone, authority, author } = answers;
  const answer = (key: string, value: string) => {
    if (value !== "" && entries.get(key)?.value !== value) entries.set(key, { value });
  };
  answer("site.url", siteUrl);
  answer("site.title", title);
  answer("site.language", language);
  if (timeZone !== "UTC" || preset === undefined) answer("site.timeZone", timeZone);
  answer("site.authority", authority);
  if (author !== "") entries.set("site.authors", { value: { [authorKey(author)]: author } });
  if (preset === undefined && !entries.has("permalink")) entries.set("permalink", { value: "/:slug/" });
  const content = `import { defineConfig } from "feedwright";

export default defineConfig({
${writeEntries(entries, preset && { name: preset.name, title: preset.title, folder }).join("\n")}
});
`;
  return { path: "feedwright.config.ts", content };
}

interface Entry {
  readonly value: unknown;
  readonly note?: string;
}

function writeEntries(
  entries: ReadonlyMap<string, Entry>,
  preset: { name: string; title: string; folder: string } | undefined,
): string[] {
  const lines: string[] = [];
  if (preset !== undefined)
    lines.push(
      `  // The rules of ${preset.title}${preset.folder === "" ? "" : `, which is in ${preset.folder}`}.`,
      `  preset: "${preset.name}",`,
    );
  for (const key of keyOrder) {
    const own = entries.get(key);
    if (own !== undefined) lines.push(...notesOf(key), writeEntry("  ", key, own));
    const group = [...entries].filter(([path]) => path.startsWith(`${key}.`));
    if (group.length === 0) continue;
    group.sort(([one], [other]) => siteOrder.indexOf(one.slice(5)) - siteOrder.indexOf(other.slice(5)));
    lines.push(`  ${key}: {`);
    for (const [path, entry] of group)
      lines.push(...notesOf(path), writeEntry("    ", path.slice(key.length + 1), entry));
    lines.push("  },");
  }
  return lines;
}

function notesOf(path: string): string[] {
  if (path === "permalink")
    return ["  // Where posts are read on the site: /:slug/, /:year/:month/:slug/, /:section/:slug/ …"];
  if (path === "site.authority")
    return ["    // Part of every post's id. Never change it: readers would see all posts again."];
  return [];
}

function writeEntry(indent: string, key: string, { value, note }: Entry): string {
  return `${indent}${key}: ${writeValue(value)},${note === undefined ? "" : ` // ${note.replace(/\s+/g, " ")}`}`;
}

/** A value as people write it in TypeScript, on one line. */
function writeValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeValue).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value).map(
    ([key, part]) => `${/^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key)}: ${writeValue(part)}`,
  );
  return `{ ${pairs.join(", ")} }`;
}

function valueAt(config: unknown, key: string): unknown {
  return key
    .split(".")
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], config);
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The first post in the languages that it is written in: its name, title, tag and text. `%` is the site's address. */
const firstPosts: Readonly<
  Record<string, readonly [name: string, title: string, tag: string, text: string]>
> = {
  en: [
    "hello",
    "Hello",
    "about",
    `This is the first post of the site. The lines above are its front matter; the text below them is Markdown, with **emphasis**, [links](%) and so on.

Write \`draft: true\` above to keep a post out of every feed until it is ready.`,
  ],
  id: [
    "halo",
    "Halo",
    "tentang",
    `Ini tulisan pertama di situs ini. Baris di atas adalah kepalanya (front matter); teks di bawahnya adalah Markdown, dengan **penekanan**, [tautan](%) dan sebagainya.

Tulis \`draft: true\` di atas agar sebuah tulisan belum masuk ke umpan mana pun sampai siap.`,
  ],
  de: [
    "hallo",
    "Hallo",
    "über",
    `Das ist der erste Beitrag dieser Seite. Die Zeilen oben sind sein Kopf (front matter); der Text darunter ist Markdown, mit **Betonung**, [Links](%) und so weiter.

Schreibe oben \`draft: true\`, damit ein Beitrag in keinem Feed steht, bis er fertig ist.`,
  ],
  es: [
    "hola",
    "Hola",
    "acerca",
    `Esta es la primera entrada del sitio. Las líneas de arriba son su cabecera (front matter); el texto de abajo es Markdown, con **énfasis**, [enlaces](%) y más.

Escribe \`draft: true\` arriba para que una entrada no salga en ninguna fuente hasta que esté lista.`,
  ],
  fr: [
    "bonjour",
    "Bonjour",
    "à-propos",
    `Voici le premier article du site. Les lignes du haut sont son en-tête (front matter) ; le texte en dessous est du Markdown, avec **emphase**, [liens](%) et le reste.

Écrivez \`draft: true\` en haut pour qu'un article ne soit dans aucun flux avant d'être prêt.`,
  ],
  pt: [
    "ola",
    "Olá",
    "sobre",
    `Este é o primeiro texto do site. As linhas acima são o seu cabeçalho (front matter); o texto abaixo delas é Markdown, com **ênfase**, [links](%) e assim por diante.

Escreva \`draft: true\` acima para que um texto não entre em nenhum feed até estar pronto.`,
  ],
};

/** A first post in the site's language, or in English, dated at the last full minute in the site's time zone. */
export function writeInitPost(answers: InitAnswers, now: number): InitFile {
  const date = localTime(now, answers.timeZone);
  const own = answers.language.split("-")[0] ?? "";
  const isKnown = Object.hasOwn(firstPosts, own);
  const [name, title, tag, text] = firstPosts[isKnown ? own : "en"] ?? ["hello", "Hello", "about", ""];
  const content = `---
title: ${title}
date: ${date}
tags: [${tag}]
${isKnown ? "" : "language: en\n"}---
${text.replace("%", answers.siteUrl)}
`;
  return { path: `posts/${date.slice(0, 10)}-${name}.md`, content };
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
