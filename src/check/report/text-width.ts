/** Characters that take up two columns: East Asian scripts, full-width forms and pictures. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;
const invisible = /\p{Mn}|\p{Me}|\p{Cf}/u;
const colors = /\u001b\[\d+m/g;

/** How many columns of a terminal a text takes up; colours take none. */
export function columnsOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let columns = 0;
  for (const character of text.replaceAll(colors, ""))
    columns += invisible.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return columns;
}

/** The beginning of a text that fits. */
export function cutTo(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let end = "";
  for (const character of text) {
    if (columnsOf(end) + columnsOf(character) > columns) break;
    end += character;
  }
  return end;
}

/** Breaks a line between words; later lines are indented. A word that is longer than a line stays whole. */
export function wrap(line: string, columns: number, indent: number): string[] {
  if (columnsOf(line) <= columns) return [line];
  const start = " ".repeat(line.search(/\S/));
  const out: string[] = [];
  let current = start;
  let isEmpty = true;
  for (const word of line.trim().split(/ (?! )/)) {
    if (!isEmpty && columnsOf(current) + 1 + columnsOf(word) > columns) {
      out.push(current.trimEnd());
      current = " ".repeat(indent) + word.trimStart();
    } else {
      current += isEmpty ? word : ` ${word}`;
    }
    isEmpty = false;
  }
  return [...out, current];
}
