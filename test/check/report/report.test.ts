// Six ways to say the same.

import fc from "fast-check";
import { XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { listProblems } from "../../../src/check/explain.ts";
import { parseXml } from "../../../src/check/parse/xml-tree.ts";
import { reportGithub } from "../../../src/check/report/github.ts";
import { reportHuman } from "../../../src/check/report/human.ts";
import { reportJunit } from "../../../src/check/report/junit.ts";
import { type Report, reportJson, reports } from "../../../src/check/report/reports.ts";
import { reportSarif } from "../../../src/check/report/sarif.ts";
import { reportTap } from "../../../src/check/report/tap.ts";
import { columnsOf } from "../../../src/check/report/text-width.ts";
import type { Diagnostic } from "../../../src/model/diagnostic.ts";

const sampleFindings: Diagnostic[] = [
  {
    code: "rss/guid-missing",
    severity: "warning",
    file: "b.xml",
    line: 2,
    column: 3,
    message: "<item> has no <guid>.",
    hint: "Add `<guid>`.",
  },
  { code: "xml/empty", severity: "error", file: "a.xml", message: "The document is empty." },
  {
    code: "value/url",
    severity: "error",
    file: "b.xml",
    line: 1,
    column: 7,
    message: "bad: 50%,\n::error::x",
  },
];
const sampleSources = new Map([
  ["b.xml", "<rss>\tx\n  <item/>"],
  ["c.xml", ""],
]);

const diagnostics = fc.array(
  fc.record({
    code: fc.constantFrom("rss/guid-missing", "post/unknown"),
    severity: fc.constantFrom("error" as const, "warning" as const, "hint" as const),
    file: fc.string({ unit: "binary" }),
    line: fc.integer({ min: 1, max: 5 }),
    column: fc.integer({ min: 1, max: 500 }),
    message: fc.string({ unit: "binary" }),
    hint: fc.string({ unit: "binary" }),
  }),
  { maxLength: 5 },
);
function makeFindings(
  code: string,
  severity: Diagnostic["severity"],
  count: number,
  each: (i: number) => Partial<Diagnostic>,
): Diagnostic[] {
  const usual = { code, severity, file: "a.md", line: 1, message: "It is so.", hint: "Write it." };
  return Array.from({ length: count }, (_, i) => ({ ...usual, ...each(i) }));
}

const runs = { numRuns: Number(process.env.FC_RUNS ?? 100) };

describe("for people", () => {
  test("shows what is worst first, each with its place and line, and counts", () => {
    expect(reportHuman(sampleFindings, sampleSources)).toBe(
      [
        "error  The document is empty.  xml/empty",
        "  a.xml",
        "",
        "error  bad: 50%,\ufffd::error::x  value/url",
        "  b.xml:1:7",
        "    1 | <rss> x",
        "              ^",
        "",
        "warning  <item> has no <guid>.  rss/guid-missing",
        "  b.xml:2:3",
        "    2 |   <item/>",
        "          ^",
        "  Add `<guid>`.",
        "",
        "2 errors, 1 warning",
        "",
      ].join("\n"),
    );
  });

  test("findings of one kind are one block with a number, three examples of several files, and what follows for all", () => {
    const dates = makeFindings("post/date-without-time", "hint", 492, (i) => ({
      file: `posts/${String(Math.floor(i / 2)).padStart(3, "0")}.md`,
      line: 3 + (i % 2),
      message: `The date is "2026-01-${i}", without a time; the start of that day in Asia/Jakarta is taken.`,
    }));
    expect(reportHuman(dates)).toBe(
      [
        "hint  492 posts have a date without a time; the start of that day in Asia/Jakarta is taken.  post/date-without-time",
        '  posts/000.md:3  The date is "2026-01-0", without a time.',
        '  posts/001.md:3  The date is "2026-01-2", without a time.',
        '  posts/002.md:3  The date is "2026-01-4", without a time.',
        "  … and 489 more",
        "  Write it.",
        "",
        "492 hints (--all shows each one)",
        "",
      ].join("\n"),
    );
  });

  test("a problem without a sentence for many is its title and how often; equal messages are said once", () => {
    const guids = makeFindings("rss/guid-missing", "warning", 4, (i) => ({
      message: `Item ${i} has no <guid>.`,
    }));
    expect(reportHuman(guids).split("\n")[0]).toMatch(/^warning {2}.+: 4 times\. {2}rss\/guid-missing$/);
    const empty = makeFindings("xml/empty", "error", 2, (i) => ({
      file: `${i}.xml`,
      message: "It is empty.",
    }));
    expect(reportHuman(empty).split("\n").slice(0, 3)).toEqual([
      "error  It is empty. (in 2 files)  xml/empty",
      "  0.xml:1",
      "  1.xml:1",
    ]);
  });

  test("every error that is no example is named by its place", () => {
    const broken = makeFindings("post/wrong-date", "error", 5, (i) => ({
      file: `${i}.md`,
      message: `No ${i}.`,
    }));
    expect(reportHuman(broken)).toContain("\n  … and 2 more: 3.md:1, 4.md:1\n");
  });

  test("fits into the lines it is given, and errors are the last to lose theirs; all shows everything", () => {
    const found = [
      ...makeFindings("post/date-without-time", "hint", 50, (i) => ({ file: `h${i}.md` })),
      ...makeFindings("post/image-missing", "warning", 20, (i) => ({
        file: `w${i}.md`,
        message: `Picture ${i}.`,
      })),
      ...makeFindings("post/wrong-date", "error", 1, () => ({ file: "e.md", message: "No such day." })),
    ];
    const sources = new Map([["e.md", "date: 2026-02-30"]]);
    for (const rows of [6, 8, 10, 12, 15, 20, 24, 60]) {
      const lines = reportHuman(found, sources, { rows }).trimEnd().split("\n");
      expect(lines.length, `${rows} rows`).toBeLessThanOrEqual(rows);
      expect(lines[0]).toBe("error  No such day.  post/wrong-date");
      expect(lines.at(-1)).toBe("1 error, 20 warnings, 50 hints (--all shows each one)");
      if (rows >= 10) expect(lines[3]).toBe("        ^");
    }
    const all = reportHuman(found, sources, { rows: 10, all: true });
    for (const { file } of found) expect(all).toContain(`  ${file}:1`);
    expect(all).toMatch(/\n1 error, 20 warnings, 50 hints\n$/);
  });

  test("of several kinds of errors each keeps the place of one", () => {
    const found = ["post/wrong-date", "post/date-missing", "post/attachment-missing"].flatMap((code) =>
      makeFindings(code, "error", 9, (i) => ({ file: `${code.slice(5)}-${i}.md`, message: `${code} ${i}` })),
    );
    const text = reportHuman(found, new Map(), { rows: 20 });
    for (const code of ["wrong-date", "date-missing", "attachment-missing"])
      expect(text).toContain(`  ${code}-0.md:1`);
    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(20);
  });

  test("where what to write differs, each example says its own", () => {
    const dates = makeFindings("post/wrong-date", "error", 2, (i) => ({
      file: `${i}.md`,
      hint: `Write day ${i}.`,
    }));
    expect(reportHuman(dates).split("\n").slice(1, 4)).toEqual([
      "  0.md:1  It is so. Write day 0.",
      "  1.md:1  It is so. Write day 1.",
      "",
    ]);
  });

  test("of very many kinds the first are shown, and the rest counted", () => {
    const codes = listProblems()
      .slice(0, 80)
      .map(({ code }) => code);
    const found = codes.flatMap((code) => makeFindings(code, "warning", 1, () => ({ message: code })));
    const lines = reportHuman(found, new Map(), { rows: 24 }).trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(lines.at(-2)).toMatch(/^… and \d+ more kinds of findings$/);
    expect(lines.at(-1)).toBe("80 warnings (--all shows each one)");
  });

  test("on a terminal lines are broken between words, with two columns for wide characters", () => {
    const [found] = makeFindings("xml/empty", "error", 1, () => ({
      file: "港口.md",
      message: "港口の朝 ".repeat(20),
    }));
    const lines = reportHuman(found ? [found] : [], new Map([["港口.md", "題"]]), { columns: 40 }).split(
      "\n",
    );
    for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(40);
    expect(lines.length).toBeGreaterThan(5);
  });

  test("errorsOnly shows errors and nothing else", () => {
    expect(reportHuman(sampleFindings, sampleSources, { errorsOnly: true })).toBe(
      reportHuman(
        sampleFindings.filter(({ severity }) => severity === "error"),
        sampleSources,
      ).replace("2 errors\n", ""),
    );
    expect(reportHuman(sampleFindings.slice(0, 1), sampleSources, { errorsOnly: true })).toBe("");
  });

  test("names the document that shows what is wrong in a post", () => {
    const found = sampleFindings.map((one) => ({
      ...one,
      document: { file: "dist/rss.xml", line: 4, column: 2 },
    }));
    expect(reportHuman(found, sampleSources)).toContain("\n  a.xml  in dist/rss.xml:4:2\n");
  });

  test("says so when nothing was found", () => {
    expect(reportHuman([])).toBe("Nothing found.\n");
  });

  test("shows only a part of a long line, with the caret under the column, after wide characters as well", () => {
    const finding = { code: "x", severity: "error" as const, file: "f", line: 1, message: "m" };
    const long = reportHuman(
      [{ ...finding, column: 500 }],
      new Map([["f", `${"a".repeat(499)}b${"c".repeat(900)}`]]),
    ).split("\n");
    expect(long[2]?.length).toBeLessThan(120);
    expect(long[2]?.[long[3]?.indexOf("^") ?? 0]).toBe("b");
    const wide = reportHuman([{ ...finding, column: 4 }], new Map([["f", "港口: x"]])).split("\n");
    expect(wide.slice(2, 4)).toEqual(["    1 | 港口: x", "             ^"]);
  });
});

test.each(Object.entries<Report>(reports))(
  "no text of a feed reaches the terminal as a command: %s",
  (_, report) => {
    const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
    const evil = "\u001b]0;x\u0007\u009b31m\r\u202e\u2066";
    const findings = [
      { ...(sampleFindings[0] as Diagnostic), file: `a${evil}.md`, message: evil, hint: evil },
    ];
    expect(report(findings, new Map([[`a${evil}.md`, `x\n${evil}`]]))).not.toMatch(controls);
    fc.assert(
      fc.property(diagnostics, (found) => {
        expect(report(found, new Map(found.map(({ file, message }) => [file, message])))).not.toMatch(
          controls,
        );
      }),
      runs,
    );
  },
);

describe("for programs", () => {
  test("json is one object with the seven members", () => {
    const parsed = JSON.parse(reportJson(sampleFindings));
    expect(parsed).toEqual({ diagnostics: sampleFindings });
    expect(Object.keys(parsed.diagnostics[0])).toEqual([
      "code",
      "severity",
      "file",
      "line",
      "column",
      "message",
      "hint",
    ]);
  });

  test("github commands are escaped, so that a feed cannot issue one", () => {
    expect(reportGithub(sampleFindings).split("\n")[2]).toBe(
      "::error file=b.xml,line=1,col=7,title=value/url::bad: 50%25,%0A::error::x",
    );
    fc.assert(
      fc.property(diagnostics, (found) => {
        const lines = reportGithub(found)
          .split(/\r\n|\r|\n/)
          .filter((line) => line !== "");
        expect(lines).toHaveLength(found.length);
        for (const line of lines)
          expect(line).toMatch(/^::(error|warning|notice) file=[^,]*,line=\d+,col=\d+,title=/);
      }),
      runs,
    );
  });

  test("sarif names the rules and points into the files", () => {
    const run = JSON.parse(reportSarif(sampleFindings)).runs[0];
    expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual([
      "rss/guid-missing",
      "value/url",
      "xml/empty",
    ]);
    expect(run.results[0]).toMatchObject({ ruleId: "rss/guid-missing", ruleIndex: 0, level: "warning" });
    expect(run.results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "b.xml" },
      region: { startLine: 2, startColumn: 3 },
    });
    expect(run.results[1].locations[0].physicalLocation).toEqual({ artifactLocation: { uri: "a.xml" } });
  });

  test("sarif takes any file name", () => {
    const found = { code: "xml/empty", severity: "error" as const, file: "a\ud800 b.xml", message: "m" };
    const run = JSON.parse(reportSarif([found])).runs[0];
    expect(run.results[0].locations[0].physicalLocation.artifactLocation.uri).toBe("a%EF%BF%BD%20b.xml");
  });

  test("junit is well-formed and counts failures", () => {
    expect(reportJunit(sampleFindings, sampleSources)).toContain(
      '<testsuites name="feedwright" tests="4" failures="2">',
    );
    expect(reportJunit(sampleFindings, sampleSources)).toContain(
      '<testcase name="check" classname="c.xml"/>',
    );
    fc.assert(
      fc.property(diagnostics, (found) => {
        const text = reportJunit(found);
        expect(XMLValidator.validate(text)).toBe(true);
        expect(parseXml(text).broken).toBeUndefined();
      }),
      runs,
    );
  });

  test("tap has a test for each file", () => {
    const lines = reportTap(sampleFindings, sampleSources).split("\n");
    expect(lines.slice(0, 3)).toEqual(["TAP version 14", "1..3", "not ok 1 - a.xml"]);
    expect(lines).toContain("not ok 2 - b.xml");
    expect(lines).toContain("ok 3 - c.xml");
  });
});
