const openings =
  /\{(?:%[-+~]?\s{0,9}(end)?(raw|verbatim|comment|highlight|codeblock|code)(?![\w-])|\{[<%]\s{0,9}(\/)?\s{0,9}(comment|highlight)(?![\w-]))/g;

interface Mark {
  readonly at: number;
  readonly isEnd: boolean;
}

/** Blocks whose content is no template: code, comments, and what is to be shown as it is. */
export class OpaqueBlocks {
  /** Where the tag stands that ends a block, by where the tag stands that begins it. */
  readonly #ends = new Map<number, number>();

  constructor(text: string) {
    const marks = new Map<string, Mark[]>();
    for (const match of text.matchAll(openings)) {
      const [, end, tag, slash, shortcode] = match;
      const name = tag ?? `shortcode ${shortcode}`;
      const mark = { at: match.index, isEnd: (end ?? slash) !== undefined };
      const all = marks.get(name);
      if (all === undefined) marks.set(name, [mark]);
      else all.push(mark);
    }
    for (const [name, all] of marks) this.#pair(all, name.endsWith("comment"));
  }

  /** Where the tag begins that ends the block whose tag begins at `at`. */
  endOf(at: number): number | undefined {
    return this.#ends.get(at);
  }

  /** Only comments are nested; every other block ends with the first tag that can end it. */
  #pair(marks: readonly Mark[], isNested: boolean): void {
    const open: number[] = [];
    for (const { at, isEnd } of marks) {
      if (!isEnd) open.push(at);
      else
        for (let start = open.pop(); start !== undefined; start = isNested ? undefined : open.pop())
          this.#ends.set(start, at);
    }
  }
}

/** Takes the tags of `raw` away from code, where each has its end: Liquid reads them there too. */
export function unwrapRaw(code: string): string {
  const tag = /\{%[-+~]?\s{0,9}(end)?(?:raw|verbatim)\s{0,9}[-+~]?%\}/g;
  let out = "";
  let from = 0;
  let open: { start: number; end: number } | undefined;
  for (const { 0: whole, 1: end, index } of code.matchAll(tag)) {
    if (end === undefined) open ??= { start: index, end: index + whole.length };
    else if (open !== undefined) {
      out += code.slice(from, open.start) + code.slice(open.end, index);
      from = index + whole.length;
      open = undefined;
    }
  }
  return out + code.slice(from);
}

/** An escaped shortcode is shown, in code too. */
export function unescapeShortcodes(code: string): string {
  return code.replace(/\{\{([<%])\s{0,9}\/\*/g, "{{$1").replace(/\*\/\s{0,9}([>%])\}\}/g, "$1}}");
}
