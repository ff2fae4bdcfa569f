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

function escapeMarkup(text: string): string {
  return cleanText(text).replace(/[&<>"']/g, (found) => entities[found] ?? "");
}

/** Data for a `<script type="application/ld+json">`: no `<`, so it cannot end early. */
export function jsonForScript(data: unknown): Markup {
  return new Markup(
    JSON.stringify(data).replace(
      /[<\u2028\u2029]/g,
      (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  );
}
