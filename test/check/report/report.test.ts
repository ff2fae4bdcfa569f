// Six ways to say the same.

import fc from "fast-check";
import { XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { parseXml } from "../../../src/check/parse/xml-tree.ts";
import { reportGithub } from "../../../src/check/report/github.ts";
import { reportHuman } from "../../../src/check/report/human.ts";
import { reportJunit } from "../../../src/check/report/junit.ts";
import { reportJson } from "../../../src/check/report/reports.ts";
import { reportSarif } from "../../../src/check/report/sarif.ts";
import { reportTap } from "../../../src/check/report/tap.ts";
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
const runs = { numRuns: Number(process.env.FC_RUNS ?? 100) };

describe("for people", () => {
  test("groups by file, shows the place and counts", () => {
    expect(reportHuman(sampleFindings, sampleSources)).toBe(
      [
        "a.xml  error  The document is empty.  xml/empty",
        "",
        "b.xml:1:7  error  bad: 50%,\ufffd::error::x  value/url",
        "  1 | <rss> x",
        "            ^",
        "",
        "b.xml:2:3  warning  <item> has no <guid>.  rss/guid-missing",
        "  2 |   <item/>",
        "        ^",
        "    Add `<guid>`.",
        "",
        "2 errors, 1 warning",
        "",
      ].join("\n"),
    );
  });

  test("names the document that shows what is wrong in a post, and counts what it leaves out", () => {
    const found = sampleFindings.map((one) => ({
      ...one,
      document: { file: "dist/rss.xml", line: 4, column: 2 },
    }));
    const text = reportHuman(found, sampleSources, { limit: 1 });
    expect(text).toContain("xml/empty  dist/rss.xml:4:2");
    expect(text).toMatch(/\n… and 2 more; --json lists all\.\n2 errors, 1 warning\n$/);
  });

  test("says so when nothing was found", () => {
    expect(reportHuman([])).toBe("Nothing found.\n");
  });

  test("shows only a part of a long line, with the caret under the column", () => {
    const lines = reportHuman(
      [{ code: "x", severity: "error", file: "f", line: 1, column: 500, message: "m" }],
      new Map([["f", `${"a".repeat(499)}b${"c".repeat(900)}`]]),
    ).split("\n");
    const [shown = "", caret = ""] = [lines[1], lines[2]];
    expect(shown.length).toBeLessThan(120);
    expect(shown[caret.indexOf("^")]).toBe("b");
  });

  test("no text of a feed reaches the terminal as a control sequence", () => {
    fc.assert(
      fc.property(diagnostics, (found) => {
        expect(reportHuman(found, new Map(found.map(({ file, message }) => [file, message])))).not.toMatch(
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/,
        );
      }),
      runs,
    );
  });
});

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
