/** What a run can do, as bits; neither means that it is text. */
export const opens = 1;
export const closes = 2;
/** A character beside it is one that only Unicode's tables know. */
export const unclear = 4;

const [space, mark, letter, unknown] = [0, 1, 2, 3];

/** Whole ranges of one kind: from, to, kind. */
const ranges: readonly (readonly [number, number, number])[] = [
  [0x09, 0x0d, space],
  [0x20, 0x20, space],
  [0x21, 0x2f, mark],
  [0x30, 0x39, letter],
  [0x3a, 0x40, mark],
  [0x41, 0x5a, letter],
  [0x5b, 0x60, mark],
  [0x61, 0x7a, letter],
  [0x7b, 0x7e, mark],
  [0xa0, 0xa0, space],
  [0xa1, 0xa9, mark],
  [0xab, 0xac, mark],
  [0xbb, 0xbb, mark],
  [0xbf, 0xbf, mark],
  [0xc0, 0xd6, letter],
  [0xd8, 0xf6, letter],
  [0xf8, 0x2c1, letter],
  [0x0388, 0x038a, letter],
  [0x038e, 0x03a1, letter],
  [0x03a3, 0x03f5, letter],
  [0x0400, 0x0481, letter],
  [0x048a, 0x052f, letter],
  [0x05d0, 0x05ea, letter],
  [0x060c, 0x060c, mark],
  [0x061b, 0x061b, mark],
  [0x061f, 0x061f, mark],
  [0x0620, 0x0669, letter],
  [0x0671, 0x06d3, letter],
  [0x0905, 0x0963, letter],
  [0x0e01, 0x0e3a, letter],
  [0x1ea0, 0x1eff, letter],
  [0x2000, 0x200a, space],
  [0x2010, 0x2027, mark],
  [0x202f, 0x202f, space],
  [0x2030, 0x205e, mark],
  [0x20a0, 0x20bf, mark],
  [0x3000, 0x3000, space],
  [0x3001, 0x3003, mark],
  [0x3008, 0x3011, mark],
  [0x3041, 0x3096, letter],
  [0x30a1, 0x30fa, letter],
  [0x4e00, 0x9fff, letter],
  [0xac00, 0xd7a3, letter],
  [0xff01, 0xff0f, mark],
  [0xff1a, 0xff20, mark],
];

const kinds = new Uint8Array(0x10000).fill(unknown);
for (const [from, to, kind] of ranges) kinds.fill(kind, from, to + 1);

/** The kind of a UTF-16 code unit, for the test that holds it against markdown-it's own: 0 space, 1 punctuation or symbol, 2 neither, 3 not known here. */
export function classOfUnit(code: number): number {
  return kinds[code] as number;
}

/**
 * Says what a run of markers can do.
 * @param start where it begins
 * @param stop where it ends; from `end` on there is nothing
 */
export function classifyRun(text: string, start: number, stop: number, end: number): number {
  const before = start === 0 ? space : classOfUnit(text.charCodeAt(start - 1));
  const after = stop === end ? space : classOfUnit(text.charCodeAt(stop));
  if (before === unknown || after === unknown) return unclear;
  const left = after !== space && (after !== mark || before !== letter);
  const right = before !== space && (before !== mark || after !== letter);
  // Within a word `_` is a letter.
  const splits = text.charCodeAt(start) !== 0x5f;
  return (
    (left && (splits || !right || before === mark) ? opens : 0) |
    (right && (splits || !left || after === mark) ? closes : 0)
  );
}
