import fc from "fast-check";
import { expect, test } from "vitest";
import { digestEnd, hasEnd } from "../../src/files/stamp.ts";

const runs = { numRuns: Number(process.env.FC_RUNS ?? 200) };
const text = fc.string({ unit: "grapheme", maxLength: 300 });
const long = fc.string({ unit: "grapheme", minLength: 32, maxLength: 300 });

test("F53: no beginning of a text is taken for the whole of it; the whole is, unless it repeats its end", () => {
  let whole = 0;
  fc.assert(
    fc.property(text, text, long, fc.nat(), (head, newHead, tail, cut) => {
      const end = digestEnd(Buffer.from(head + tail));
      const bytes = Buffer.from(newHead + tail);
      const words = bytes.subarray(-32);
      if (bytes.indexOf(words) === bytes.length - 32) {
        whole += 1;
        expect(hasEnd(bytes, end)).toBe(true);
        expect(hasEnd(bytes.subarray(0, cut % bytes.length), end)).toBe(false);
      } else expect(hasEnd(bytes, end)).toBe(false);
    }),
    runs,
  );
  expect(whole).toBeGreaterThan(runs.numRuns / 4);
});

test("a text of a few words has no end to be known by", () => {
  expect(digestEnd(Buffer.from("short"))).toBe(0);
  expect(hasEnd(Buffer.from("short"), 0)).toBe(false);
});
