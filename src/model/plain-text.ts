const beyondPlain = /[^\t\n -~]/;

/** Whether a text has nothing but printable ASCII, tabs and line feeds. Most texts are, and need no closer look. */
export function isPlainText(text: string): boolean {
  return !beyondPlain.test(text);
}
