// In comes clean HTML; out must go plain text, cut only where a reader would cut it.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanHtml } from "../../../src/posts/body/clean-html.ts";
import { compileHtmlRules } from "../../../src/posts/body/html-rules.ts";
import { cutText, extractText, summarize } from "../../../src/posts/body/summary.ts";

const base = new URL("https://example.org/hello/");
function summaryOf(html: string, language = "en", description?: string): string {
  const cleaned = cleanHtml(html, base, compileHtmlRules({}));
  return summarize({ html: cleaned.html, more: cleaned.more, language, description });
}

describe("where a summary comes from", () => {
  test("the description first, as one line", () => {
    expect(summaryOf("<p>a</p><!--more-->", "en", " Of \n note ")).toBe("Of note");
  });
  test("then everything before <!--more-->", () => {
    const long = "word ".repeat(200).trim();
    expect(summaryOf(`<p>${long}</p><!--more--><p>b</p>`)).toBe(long);
  });
  test("then the first words", () => {
    expect(summaryOf("<h2>A</h2><p>b <b>c</b>d</p><ul><li>e</li><li>f</li></ul>")).toBe("A b cd e f");
  });
  test("an empty beginning before <!--more--> is passed over", () => {
    expect(summaryOf("<!--more--><p>b</p>")).toBe("b");
  });
  test("code blocks, tables, captions, footnotes and players are left out", () => {
    expect(
      summaryOf(
        '<p>a<sup role="doc-noteref"><a href="#x">1</a></sup></p><pre>b<pre>b</pre></pre><table><tr><td>c<table></table></td></tr></table>' +
          '<figure><img src="d"><figcaption>e</figcaption></figure><audio src="f">g</audio><p><ruby>漢<rt>kan</rt></ruby></p>' +
          '<section role="doc-endnotes"><p>h</p></section>',
      ),
    ).toBe("a 漢");
  });
});

describe("F41, rule 8: the cut", () => {
  test("falls between words and is marked", () => {
    const summary = summaryOf(`<p>${"lorem ipsum, ".repeat(50)}</p>`);
    expect(summary).toMatch(/^(?:lorem ipsum, )+lorem(?: ipsum)?…$/);
    expect(summary.length).toBeGreaterThan(250);
    expect(summary.length).toBeLessThanOrEqual(301);
  });
  test("text that fits stays whole", () => {
    const text = "x".repeat(300);
    expect(summaryOf(`<p>${text}</p>`)).toBe(text);
    expect(summaryOf("<p></p>")).toBe("");
  });
  test("never inside an entity", () => {
    for (let before = 280; before < 305; before += 1) {
      const start = "x".repeat(before);
      const summary = summaryOf(`<p>${start} &amp; &lt;b&gt; &nbsp;AT&amp;T &copy; ${"y".repeat(90)}</p>`);
      expect(`${start} & <b> AT&T \u00a9 ${"y".repeat(90)}`.startsWith(summary.slice(0, -1))).toBe(true);
    }
    expect(extractText("<p>&amp;lt; &amp;amp;</p>")).toBe("&lt; &amp;");
  });
  test.each([
    ["ar", "كتبت الحكومة تقريرا جديدا عن الاقتصاد والمجتمع "],
    ["id", "Pemerintah menerbitkan laporan baru tentang perekonomian "],
    ["th", "รัฐบาลเผยแพร่รายงานฉบับใหม่เกี่ยวกับเศรษฐกิจและสังคม"],
    ["ja", "政府は経済と社会に関する新しい報告書を公表した。"],
    ["not a tag!", "plain words and more of them "],
  ])("works in %s", (language, sentence) => {
    const summary = summaryOf(`<p>${sentence.repeat(40)}</p>`, language);
    expect(summary.endsWith("…")).toBe(true);
    expect(summary.length).toBeGreaterThan(200);
    expect(summary.length).toBeLessThanOrEqual(301);
    expect(sentence.repeat(40).startsWith(summary.slice(0, -1))).toBe(true);
    if (sentence.includes(" ")) expect(sentence.split(" ")).toContain(summary.slice(0, -1).split(" ").at(-1));
  });
  test("one endless word is cut between what people see as characters", () => {
    const family = "👨‍👩‍👧‍👦";
    const summary = cutText(family.repeat(100), 300, "en");
    expect(summary.slice(0, -1)).toBe(family.repeat(Math.floor(300 / family.length)));
    expect(cutText("e\u0301".repeat(400), 299, "en")).toBe(`${"e\u0301".repeat(149)}…`);
  });
  test("any text: a beginning of it, no half characters, never longer than asked", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", minLength: 30, maxLength: 90 }),
        fc.integer({ min: 20, max: 60 }),
        (text, limit) => {
          const cut = cutText(text, limit, "en");
          if (text.length <= limit) {
            expect(cut).toBe(text);
            return;
          }
          expect(text.startsWith(cut.slice(0, -1))).toBe(true);
          expect(cut.length).toBeLessThanOrEqual(limit + 1);
          const rest = text.slice(0, cut.length - 1);
          const clusters = [...new Intl.Segmenter("en").segment(text)].map(({ index }) => index);
          expect([...clusters, text.length]).toContain(rest.length);
        },
      ),
      { numRuns: Number(process.env.FC_RUNS ?? 200) },
    );
  });
  test("F23: hostile text takes no noticeable time", () => {
    for (const text of [
      " ".repeat(300_000),
      "a\u0301".repeat(100_000),
      `a${"\u0301".repeat(200_000)}`,
      "&amp;".repeat(60_000),
    ]) {
      const started = performance.now();
      summarize({ html: `<p>${text}</p>`, language: "en" });
      expect(performance.now() - started).toBeLessThan(500);
    }
  });
});
