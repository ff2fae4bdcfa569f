// Every rule has an example that breaks it, and says nothing where the fault is fixed.
import { describe, expect, test } from "vitest";
import { checkDocument } from "../../../src/check/check-document.ts";
import { explainCode } from "../../../src/check/explain.ts";
import { definedProblems } from "../../../src/model/problem.ts";
import { atomExamples } from "./examples/atom-examples.ts";
import {
  channel,
  type Example,
  entry,
  feed,
  item,
  json,
  jsonItem,
  newsUrl,
  opml,
  sitemap,
  today,
} from "./examples/documents.ts";
import { extensionExamples } from "./examples/extension-examples.ts";
import { formatExamples } from "./examples/format-examples.ts";
import { readerExamples } from "./examples/reader-examples.ts";
import { rssExamples } from "./examples/rss-examples.ts";
import { valueExamples } from "./examples/value-examples.ts";
import { xmlExamples } from "./examples/xml-examples.ts";

const examples: Readonly<Record<string, Example>> = {
  ...xmlExamples,
  ...valueExamples,
  ...rssExamples,
  ...atomExamples,
  ...extensionExamples,
  ...formatExamples,
  ...readerExamples,
};

function codesOf(document: string | Uint8Array, example: Example = { bad: "" }): string[] {
  const bytes = typeof document === "string" ? new TextEncoder().encode(document) : document;
  const options = { now: today, ...example.options };
  return checkDocument({ bytes, name: "feed", ...example.about }, options).diagnostics.map(
    ({ code }) => code,
  );
}

describe("the rules", () => {
  // Rules about several documents are tested in check-set.test.ts, those about serving in url.test.ts.
  const rules = definedProblems();

  test.each([...rules.keys()])("%s has an example that breaks it", (code) => {
    const example = examples[code];
    expect(example, `no example for ${code}`).toBeDefined();
    if (!example) return;
    expect(codesOf(example.bad, example)).toContain(code);
    if (example.good !== undefined) expect(codesOf(example.good, example)).not.toContain(code);
  });

  test("no example is for a rule that does not exist", () => {
    expect(Object.keys(examples).filter((code) => !rules.has(code))).toEqual([]);
  });

  test.each([...rules.values()])("$code is explained, with its specification", ({ code, why, fix, spec }) => {
    const page = explainCode(code) ?? "";
    for (const part of [why, fix, `<${spec}>`]) expect(page).toContain(part);
  });

  test("an unknown code is not explained", () => {
    expect(explainCode("rss/nonsense")).toBeUndefined();
    expect(explainCode("toString")).toBeUndefined();
  });
});

describe("sound documents", () => {
  const sound: Readonly<Record<string, string>> = {
    channel: channel(""),
    item: item(
      "<link>https://example.org/1</link><dc:creator>Ani</dc:creator><content:encoded>&lt;p&gt;Full&lt;/p&gt;</content:encoded>",
    ),
    feed: feed(""),
    entry: entry('<content type="html">&lt;p&gt;a&lt;/p&gt;</content>'),
    json: json({ authors: [{ name: "Ani" }], language: "id" }),
    jsonItem: jsonItem({ title: "One", tags: ["a"] }),
    rdf: `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://example.org/rss"><title>t</title><link>https://example.org/</link><description>d</description><items><rdf:Seq><rdf:li resource="https://example.org/1"/></rdf:Seq></items></channel><item rdf:about="https://example.org/1"><title>One</title><link>https://example.org/1</link></item></rdf:RDF>`,
    opml: opml('<outline text="A" title="A" type="rss" xmlUrl="https://example.org/rss.xml"/>'),
    sitemap: sitemap("<url><loc>https://example.org/1</loc><lastmod>2026-01-02</lastmod></url>"),
    news: sitemap(newsUrl()),
  };

  test.each(Object.keys(sound))("%s has no findings", (name) => {
    const bytes = new TextEncoder().encode(sound[name]);
    expect(checkDocument({ bytes, name: "feed" }, { now: today }).diagnostics).toEqual([]);
  });
});
