// Names, titles and values come from other people's files: a terminal must take none of them for a command.

/** Characters that move the cursor, change what a terminal does, or turn the line around. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** A line of text that a terminal shows and does not obey. */
export function printable(text: string): string {
  return text.replaceAll("\t", " ").replaceAll(unprintable, "\ufffd");
}

/** JSON of a value, with such characters as `\u009b`: the same value for programs. */
export function printableJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replaceAll(unprintable, (character) =>
    character === "\n" ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Control characters, but for line ends and tabs. */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
/** The same, but for the colours that this program uses. */
const uncolored = /(?!\u001b\[(?:[12]|22|3[1-9])m)[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Text of several lines for a terminal; with `colored`, its colours stay. The last net: values are cleaned where they are put into text. */
export function withoutControls(text: string, colored: boolean): string {
  return text.replaceAll(colored ? uncolored : controls, "\ufffd");
}
