// In comes any text; out goes whether it is of the plainest kind. Most texts are, and nothing in them has to be looked for.

const beyondPlain = /[^\t\n -~]/;

/** Whether a text has nothing but printable ASCII, tabs and line feeds. */
export function isPlainText(text: string): boolean {
  return !beyondPlain.test(text);
}
