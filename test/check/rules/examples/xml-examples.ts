// An example for each rule about bytes, well-formedness, namespaces, elements and attributes.
import { channel, type Example, entry, feed, item } from "./documents.ts";

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part, "latin1")] : part)),
  );

const declared = (encoding: string, tail = "") =>
  channel(tail).replace('encoding="utf-8"', `encoding="${encoding}"`);

export const xmlExamples = {
  "xml/not-well-formed": {
    bad: channel("<copyright>R & D</copyright>"),
    good: channel("<copyright>R &#38; D</copyright>"),
  },
  "xml/version": { bad: channel("").replace('"1.0"', '"1.1"'), good: channel("") },
  "xml/empty": { bad: " \n", good: channel("") },
  "xml/encoding": {
    bad: bytes(channel("<copyright>"), [0xe9], "</copyright>"),
    good: channel("<copyright>é</copyright>"),
  },
  "xml/encoding-conflict": {
    bad: bytes([0xef, 0xbb, 0xbf], declared("iso-8859-1")),
    good: bytes([0xef, 0xbb, 0xbf], declared("UTF-8")),
  },
  "xml/charset-conflict": {
    bad: declared("iso-8859-2"),
    about: { mediaType: "application/xml; charset=utf-8" },
  },
  "xml/encoding-unknown": { bad: declared("klingon"), good: declared("us-ascii") },
  "xml/encoding-obscure": { bad: declared("mac-cyrillic"), good: declared("windows-1251") },
  "xml/characters": {
    bad: channel("<copyright>it\u0092s</copyright>"),
    good: channel("<copyright>it’s</copyright>"),
  },
  "xml/limit": { bad: channel("<x>".repeat(300)) },
  "xml/entity": { bad: `<!DOCTYPE rss [<!ENTITY x SYSTEM "x.txt">]>${channel("").slice(39)}` },
  "xml/entity-refused": {
    bad: `<!DOCTYPE rss [<!ENTITY a "&b;"><!ENTITY b "&a;">]>${channel("").slice(39)}`,
    good: `<!DOCTYPE rss [<!ENTITY a "plain">]>${channel("<copyright>&a;</copyright>").slice(39)}`,
  },
  "xml/root": { bad: "<feedburner/>", good: channel("") },
  "xml/html-page": { bad: "<html><body/></html>", good: channel("") },
  "xml/root-late": {
    bad: channel("").replace("<rss", `<!--${" ".repeat(600)}--><rss`),
    good: channel(""),
    about: { mediaType: "application/xml" },
  },
  "xml/namespace": { bad: channel("", ' xmlns:x="http://example.org/a b"') },
  "xml/wrong-namespace": { bad: '<rss version="2.0" xmlns="http://example.org/"/>', good: channel("") },
  "xml/obsolete-namespace": { bad: '<feed xmlns="http://purl.org/atom/ns#"/>', good: feed("") },
  "xml/missing-namespace": { bad: "<feed/>", good: feed("") },
  "xml/unknown-namespace": {
    bad: channel('<x:y xmlns:x="http://example.org/x"/>'),
    good: channel("<dc:date>2026-01-02</dc:date>"),
  },
  "xml/reserved-prefix": { bad: channel('<dc:date xmlns:dc="http://purl.org/dc/elements/1.1"/>') },
  "xml/namespace-prefix": {
    bad: entry('<content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml"/></content>'),
    good: entry('<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a</div></content>'),
  },
  "xml/no-namespace": { bad: feed('<colour xmlns="">red</colour>') },
  "xml/stylesheet": {
    bad: channel("").replace("<rss", '<?xml-stylesheet type="text/xsl" href="a.xsl"?><rss'),
    good: channel("").replace("<rss", '<?xml-stylesheet type="text/css" href="a.css"?><rss'),
  },
  "check/more": { bad: channel("<item/>".repeat(150)), good: channel("<item/>".repeat(50)) },
  "element/unknown": {
    bad: channel("<pubdate/>"),
    good: channel("<pubDate>Wed, 02 Oct 2002 08:00:00 GMT</pubDate>"),
  },
  "element/repeated": {
    bad: channel("<title>Again</title>"),
    good: channel("<category>a</category><category>b</category>"),
  },
  "element/missing": { bad: feed("", "<title>t</title><id>https://example.org/</id>"), good: feed("") },
  "element/text": { bad: channel("stray words"), good: channel("\n  ") },
  "element/blank": { bad: item("<category> </category>"), good: item("<category>a</category>") },
  "attribute/missing": {
    bad: item("<source>A</source>"),
    good: item('<source url="https://example.org/">A</source>'),
  },
  "attribute/unknown": {
    bad: item('<link href="x">https://example.org/</link>'),
    good: item("<link>https://example.org/</link>"),
  },
  "attribute/extension": {
    bad: channel("", ' xmlns:y="http://purl.org/dc/terms/" y:z="1"'),
    good: channel("", ' xml:lang="en"'),
  },
  "attribute/blank": {
    bad: feed('<link rel="related" title="" href="https://example.org/"/>'),
    good: feed('<link rel="related" title="a" href="https://example.org/"/>'),
  },
} satisfies Record<string, Example>;
