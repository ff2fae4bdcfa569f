// In come strings, whatever they hold; out goes HTML in which they are text and nothing else.
import { cleanText } from "../xml.ts";

/** HTML that was written here; everything else is escaped on its way in. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Piece = string | number | undefined | Markup | readonly Markup[];

/** A template of HTML: strings among the pieces are escaped for text and double-quoted attributes alike. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return new Markup(parts.map((part, i) => part + write(pieces[i])).join(""));
}

function write(piece: Piece): string {
  if (piece === undefined) return "";
  if (piece instanceof Markup) return piece.text;
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

// HTML, section 13.2.3.5: parsers complain about these wherever they stand.
const unwelcome = /[\u007F-\u009F]|\p{Noncharacter_Code_Point}/gu;

function escapeMarkup(text: string): string {
  const clean = cleanText(text).replace(/\r\n?/g, "\n").replace(unwelcome, "");
  return clean.replace(/[&<>"']/g, (found) => entities[found] ?? "");
}

/** Data for a `<script type="application/ld+json">`: no `<`, so it cannot end early, and nothing that parsers complain about. */
export function jsonForScript(data: unknown): Markup {
  const text = JSON.stringify(data).replace(unwelcome, "");
  return new Markup(
    text.replace(/[<\u2028\u2029]/g, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
}
