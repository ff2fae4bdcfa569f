// In comes a BCP 47 language tag; out goes the direction its script is written in, and the attributes that say so.
import { html, type Markup } from "./markup.ts";

/** ISO 15924 codes of the scripts written from right to left that living languages use. */
const rightToLeft = new Set([
  "Adlm",
  "Arab",
  "Aran",
  "Hebr",
  "Mand",
  "Nkoo",
  "Rohg",
  "Samr",
  "Syrc",
  "Thaa",
  "Yezi",
]);

/** `ltr` for whatever cannot be read as a tag. */
export function directionOf(language: string): "ltr" | "rtl" {
  try {
    return rightToLeft.has(new Intl.Locale(language).maximize().script ?? "") ? "rtl" : "ltr";
  } catch {
    return "ltr";
  }
}

/** The attributes of text in another language than what surrounds it; of text in the same language none. */
export function languageAttributes(language: string, surrounding: string): Markup {
  if (language.split("-", 1)[0]?.toLowerCase() === surrounding) return html``;
  return html` lang="${language}" dir="${directionOf(language)}"`;
}
