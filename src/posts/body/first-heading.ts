/** A heading of the first level that a body begins with. */
export interface FirstHeading {
  /** As people read it, without Markdown. */
  readonly text: string;
  readonly start: number;
  /** Offset after it. */
  readonly end: number;
}

/** Longest line that is read as a heading, in characters. */
const longest = 1000;
/** Lines that show nothing: blank ones, and those of modules. */
const before = /(?:[ \t]*\n|(?:import|export)\s[^\n]*\n)*/y;
const hashes = /[ ]{0,3}#[ \t]+([^\n]*)(?:\n|$)/y;
const underlined = /[ ]{0,3}([^\s#>`~=*+-][^\n]*)\n[ ]{0,3}=+[ \t]*(?:\n|$)/y;

export function findFirstHeading(body: string): FirstHeading | undefined {
  before.lastIndex = 0;
  before.test(body);
  const start = before.lastIndex;
  for (const form of [hashes, underlined]) {
    form.lastIndex = start;
    const [, line] = form.exec(body) ?? [];
    if (line === undefined || line.length > longest) continue;
    const text = readHeading(line);
    if (text !== "") return { text, start, end: form.lastIndex };
  }
  return undefined;
}

/** The text that Markdown shows of a line. */
function readHeading(line: string): string {
  const parts = line
    .replace(/[ \t]+#+[ \t]*$/, "")
    .replace(/[ \t]*\{:?[ \t]*[#.][^{}]*\}[ \t]*$/, "")
    .split(/(`+[^`]+`+)/);
  const shown = parts.map((part, index) =>
    index % 2 === 1 ? part.replace(/^`+ ?| ?`+$/g, "") : readText(part),
  );
  return shown.join("").replace(/\s+/g, " ").trim();
}

function readText(part: string): string {
  return part
    .replace(/\{%.{0,500}?%\}|\{\{.{0,500}?\}\}/g, "")
    .replace(/<\/?[A-Za-z][^<>]*>/g, "")
    .replace(/!\[([^[\]]*)\]\([^()]*\)/g, "")
    .replace(/\[([^[\]]*)\](?:\([^()]*\)|\[[^[\]]*\])/g, "$1")
    .replace(/(?<!\\)(\*\*|__|\*|~~|==)(?=\S)(.*?\S)\1/g, "$2")
    .replace(/(?<![\w\\])_(?=\S)(.*?\S)_(?!\w)/g, "$1")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .replaceAll("&amp;", "&")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");
}
