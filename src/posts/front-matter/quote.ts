// In comes a value of front matter; out goes how a message shows it.
import { kindOf, textOf, type Value } from "./front-matter-value.ts";

/** Shows a value in a message: one line, at most 60 characters, nothing that a terminal would obey. */
export function quote(value: Value): string {
  const text = textOf(value);
  if (text === undefined) return kindOf(value);
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return JSON.stringify(short).replace(
    /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
