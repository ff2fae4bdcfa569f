// Whatever the bytes, a check ends in a report, in time.
import { describe, expect, test } from "vitest";
import { createRandom } from "../../scripts/bench/random.ts";
import { makeInput, runInput } from "../../scripts/fuzz-check.ts";
import { checkDocument } from "../../src/check/check-document.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const run = (text: string | Uint8Array) =>
  checkDocument({ bytes: typeof text === "string" ? bytesOf(text) : text, name: "feed.xml" }, { now: 0 });

describe("hostile documents", () => {
  test("some hundred broken feeds each end in a report within a second", () => {
    const count = Number(process.env.FC_RUNS ?? 300);
    for (let seed = 1; seed <= count; seed += 1) {
      expect(runInput(makeInput(createRandom(seed))), `seed ${seed}`).toBeLessThan(1_000);
    }
  });

  test("100,000 nested elements and lists stop at a limit", () => {
    expect(run("<rss>".repeat(100_000)).diagnostics.map(({ code }) => code)).toContain("xml/limit");
    expect(run("[".repeat(100_000)).diagnostics.map(({ code }) => code)).toEqual(["json/syntax"]);
    expect(run('{"a":'.repeat(100_000)).diagnostics.map(({ code }) => code)).toEqual(["json/syntax"]);
  });

  test("F8: entity bombs and cycles are refused, not expanded", () => {
    const levels = Array.from({ length: 30 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join(
      "",
    );
    const bomb = `<!DOCTYPE rss [<!ENTITY e0 "x">${levels}]><rss version="2.0"><channel><title>&e30;</title></channel></rss>`;
    const cycle =
      '<!DOCTYPE rss [<!ENTITY a "&b;"><!ENTITY b "&a;">]><rss version="2.0"><channel><title>&a;</title></channel></rss>';
    for (const text of [bomb, cycle]) {
      expect(run(text).diagnostics.map(({ code }) => code)).toContain("xml/entity-refused");
    }
  });

  test.each([
    ["opening brackets", "<".repeat(500_000)],
    [
      "references in a title",
      `<rss version="2.0"><channel><title>${"&amp;lt;/".repeat(200_000)}</title></channel></rss>`,
    ],
    [
      "open tags in HTML",
      `<rss version="2.0"><channel><item><description>${"&lt;a ".repeat(200_000)}</description></item></channel></rss>`,
    ],
    [
      "a long style",
      `<rss version="2.0"><channel><item><description>&lt;p style="${"a:b;".repeat(200_000)}"&gt;</description></item></channel></rss>`,
    ],
    [
      "a long e-mail",
      `<rss version="2.0"><channel><item><author>${"a.".repeat(500_000)}@</author></item></channel></rss>`,
    ],
    ["a long date", `<rss version="2.0"><channel><pubDate>${"(".repeat(300_000)}</pubDate></channel></rss>`],
    [
      "a long language tag",
      `<rss version="2.0"><channel><language>${"aa-".repeat(300_000)}</language></channel></rss>`,
    ],
    [
      "a long address",
      `<rss version="2.0"><channel><link>https://${"a-".repeat(500_000)}</link></channel></rss>`,
    ],
    [
      "a long tag URI",
      `<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:${"a-".repeat(300_000)},2003:x y</id></feed>`,
    ],
    ["entity declarations", `<!DOCTYPE a [${'<!ENTITY a "'.repeat(50_000)}]><a/>`],
    ["many attributes", `<rss ${Array.from({ length: 50_000 }, (_, n) => `a${n}=""`).join(" ")}/>`],
    [
      "many namespaces",
      `<rss ${Array.from({ length: 20_000 }, (_, n) => `xmlns:a${n}="x:${n}"`).join(" ")}/>`,
    ],
    ["an escaped JSON string", `{"version":"${"\\u0041".repeat(200_000)}"}`],
    ["NULs", "\u0000".repeat(500_000)],
  ])("%s take time in proportion to their length", (_, text) => {
    const start = performance.now();
    run(text);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  test("F15: wrong encodings are findings", () => {
    const text =
      '<?xml version="1.0" encoding="ENC"?><rss version="2.0"><channel><title>é</title></channel></rss>';
    for (const label of ["utf-8", "utf-16", "us-ascii", "iso-8859-1", "shift_jis", "none-such", "utf-7"]) {
      for (const encoding of ["utf8", "latin1", "utf16le"] as const) {
        const bytes = Buffer.from(text.replace("ENC", label), encoding);
        expect(run(bytes).diagnostics.length).toBeGreaterThan(0);
      }
    }
  });

  test("a document of 70 MB is not read", () => {
    expect(run(new Uint8Array(70 * 1024 * 1024)).diagnostics.map(({ code }) => code)).toEqual(["xml/limit"]);
  });
});
