import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanText, escapeText } from "../../src/formats/xml.ts";

const rare = [
  "\u0000",
  "\t",
  "\n",
  "\r",
  "\u000b",
  "\u0085",
  "\u2028",
  "\ud800",
  "\udc00",
  "\ufffe",
  "😀",
  "é",
  "語",
];
const character = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom("a", " ", "&", "<", ">", '"', "\n") },
  { weight: 1, arbitrary: fc.constantFrom(...rare) },
);
/** Short ones, and ones that are long enough to be remembered; with and without anything rare. */
const text = fc.oneof(
  fc.array(character, { maxLength: 20 }).map((all) => all.join("")),
  fc.array(character, { minLength: 1, maxLength: 90 }).map((all) => `${"word ".repeat(120)}${all.join("")}`),
  fc.constantFrom(...rare).map((one) => `${"word ".repeat(120)}${one}`),
);

/** One character at a time, by XML 1.0, section 2.2. */
function carry(one: string): string {
  const code = one.codePointAt(0) ?? 0;
  if (code >= 0xd800 && code <= 0xdfff) return "\ufffd";
  const isForbidden = (code < 0x20 && !"\t\n\r".includes(one)) || code === 0xfffe || code === 0xffff;
  return isForbidden ? "" : one;
}

const references: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "\r": "&#xD;",
  "\u0085": "&#x85;",
  "\u2028": "&#x2028;",
};

test("texts are cleaned and escaped alike, in whatever order they come and however often", () => {
  fc.assert(
    fc.property(
      fc.array(text, { minLength: 1, maxLength: 6 }),
      fc.array(fc.boolean()),
      (texts, cleanFirst) => {
        for (const [i, one] of [...texts, ...texts].entries()) {
          const clean = Array.from(one, carry).join("");
          const escaped = Array.from(clean, (unit) => references[unit] ?? unit).join("");
          if (cleanFirst[i] === true) expect(cleanText(one)).toBe(clean);
          expect(escapeText(cleanText(one))).toBe(escaped);
          expect(escapeText(one)).toBe(escaped);
        }
      },
    ),
    { numRuns: Number(process.env.FC_RUNS ?? 200) },
  );
});
