import { cleanText } from "../xml.ts";

/** HTML that was written here; everything else is escaped on its way in. */
export class SafeHtml {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Piece = string | number | undefined | SafeHtml | readonly SafeHtml[];

/** A template of HTML: strings among the pieces are escaped for text and double-quoted attributes alike. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): SafeHtml {
  return new SafeHtml(parts.map((part, i) => part + write(pieces[i])).join(""));
}

function write(piece: Piece): string {
  if (piece === undefined) return "";
  if (piece instanceof SafeHtml) return piece.text;
  if (typeof piece === "object") return piece.map(({ text }) => text).join("");
  return escapeMarkup(String(piece));
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

// HTML, section 13.2.3.5: parsers report these as errors.
const unwelcome = /[\u007F-\u009F]|\p{Noncharacter_Code_Point}/gu;

function escapeMarkup(text: string): string {
  const clean = cleanText(text).replace(/\r\n?/g, "\n").replace(unwelcome, "");
  return clean.replace(/[&<>"']/g, (found) => entities[found] ?? "");
}

/** Data for a `<script type="application/ld+json">`: no `<`, so it cannot end early, and nothing that parsers complain about. */
export function jsonForScript(data: unknown): SafeHtml {
  const text = JSON.stringify(data).replace(unwelcome, "");
  return new SafeHtml(
    text.replace(/[<\u2028\u2029]/g, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
}

/** ISO 15924 codes of the scripts written from right to left that living languages use. */
const rightToLeft = new Set("Adlm Arab Aran Hebr Mand Nkoo Rohg Samr Syrc Thaa Yezi".split(" "));

/** The direction in which a language (BCP 47) is written; `ltr` for what cannot be read as a language. */
export function directionOf(language: string): "ltr" | "rtl" {
  try {
    return rightToLeft.has(new Intl.Locale(language).maximize().script ?? "") ? "rtl" : "ltr";
  } catch {
    return "ltr";
  }
}

/** Attributes for text in another language than the text around it. */
export function languageAttributes(language: string, surrounding: string): SafeHtml {
  if (language.split("-", 1)[0]?.toLowerCase() === surrounding) return html``;
  return html` lang="${language}" dir="${directionOf(language)}"`;
}

/** An address as a page links to it: relative below the site, so that the page works wherever its folder is served. */
export function relativeTo(pagePath: string, url: string, siteUrl: string): string {
  if (!url.startsWith(siteUrl)) return url;
  const up = "../".repeat(pagePath.split("/").length - 1);
  const path = up + url.slice(siteUrl.length);
  // RFC 3986, section 4.2: a colon in the first segment would be taken for a scheme.
  return path === "" || /^[^/?#]*:/.test(path) ? `./${path}` : path;
}
