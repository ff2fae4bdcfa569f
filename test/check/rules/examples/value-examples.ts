// An example for each rule about single values.
import { channel, type Example, entry, feed, item } from "./documents.ts";

const link = (value: string) => item(`<link>${value}</link>`);
const date = (value: string) => channel(`<pubDate>${value}</pubDate>`);
const id = (value: string) =>
  feed("", `<id>${value}</id><title>t</title><updated>2026-01-02T03:04:05Z</updated>`);
const updated = (value: string) =>
  feed("", `<id>https://example.org/</id><title>t</title><updated>${value}</updated>`);
export const valueExamples = {
  "value/url": { bad: link("/one"), good: link("https://example.org/one") },
  "value/url-character": { bad: link("https://example.org/a b"), good: link("https://example.org/a%20b") },
  "value/url-ascii": {
    bad: link("https://example.org/été"),
    good: feed('<link rel="related" href="https://example.org/été"/>'),
  },
  "value/url-scheme": { bad: link("madeup:thing"), good: link("mailto:ani@example.org") },
  "value/url-canonical": { bad: id("HTTPS://example.org/a"), good: id("https://example.org/a") },
  "value/url-reference": {
    bad: feed('<link rel="related" xml:base="https://example.org/a/" href="."/>'),
    good: feed('<link rel="related" xml:base="https://example.org/a/" href="b"/>'),
  },
  "value/urn": { bad: id("urn:a.b:1"), good: id("urn:example:1") },
  "value/uuid": { bad: id("urn:uuid:123"), good: id("urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a") },
  "value/tag-uri": { bad: id("tag:example.org:1"), good: id("tag:example.org,2026:1") },
  "value/white-space": { bad: id(" https://example.org/ "), good: id("https://example.org/") },
  "value/rss-date": { bad: date("2026-01-02T03:04:05Z"), good: date("Fri, 02 Jan 2026 03:04:05 +0700") },
  "value/rss-date-problematic": {
    bad: date("02 Jan 26 03:04:05 GMT"),
    good: date("02 Jan 2026 03:04:05 GMT"),
  },
  "value/weekday": {
    bad: date("Mon, 02 Jan 2026 03:04:05 GMT"),
    good: date("Fri, 02 Jan 2026 03:04:05 GMT"),
  },
  "value/date-implausible": {
    bad: date("Mon, 02 Jan 2051 03:04:05 GMT"),
    good: date("Fri, 02 Jan 2026 03:04:05 GMT"),
  },
  "value/atom-date": { bad: updated("2026-02-30T00:00:00Z"), good: updated("2026-02-28T00:00:00Z") },
  "value/w3c-date": {
    bad: item("<dc:date>yesterday</dc:date>"),
    good: channel("<dc:date>2026-01-02</dc:date>"),
  },
  "value/integer": { bad: channel("<ttl>soon</ttl>"), good: channel("<ttl>60</ttl>") },
  "value/number": {
    bad: item('<media:content url="https://example.org/a" bitrate="fast"/>'),
    good: item('<media:content url="https://example.org/a" bitrate="44.1"/>'),
  },
  "value/boolean": {
    bad: item("").replace("<guid>", '<guid isPermaLink="True">'),
    good: item("").replace("<guid>", '<guid isPermaLink="true">'),
  },
  "value/language": {
    bad: channel("<language>English</language>"),
    good: channel("<language>en-GB</language>"),
  },
  "value/media-type": {
    bad: item('<enclosure url="https://example.org/a" length="1" type="mp3"/>'),
    good: item('<enclosure url="https://example.org/a" length="1" type="audio/mpeg"/>'),
  },
  "value/email": {
    bad: feed("<contributor><name>A</name><email>Ani (a@example.org)</email></contributor>"),
    good: feed("<contributor><name>A</name><email>a@example.org</email></contributor>"),
  },
  "value/contact": { bad: item("<author>Ani</author>"), good: item("<author>a@example.org (Ani)</author>") },
  "value/contact-name": {
    bad: item("<author>a@example.org</author>"),
    good: item("<author>a@example.org (Ani)</author>"),
  },
  "value/markup": {
    bad: channel("<copyright>&lt;b&gt;me&lt;/b&gt;</copyright>"),
    good: channel("<copyright>me &lt; you</copyright>"),
  },
  "value/character-data": {
    bad: item("").replace("One", "R&amp;&lt;/"),
    good: item("").replace("One", "R&amp;D"),
  },
  "value/too-long": {
    bad: item(`<itunes:subtitle>${"a".repeat(300)}</itunes:subtitle>`),
    good: item("<itunes:subtitle>a</itunes:subtitle>"),
  },
  "value/duplicate": {
    bad: channel("<skipDays><day>Monday</day><day>Monday</day></skipDays>"),
    good: channel("<skipDays><day>Monday</day><day>Tuesday</day></skipDays>"),
  },
  "value/country": {
    bad: item('<media:restriction relationship="allow" type="country">au zz</media:restriction>'),
    good: item('<media:restriction relationship="allow" type="country">au us</media:restriction>'),
  },
  "value/coordinate": { bad: item("<geo:lat>91</geo:lat>"), good: item("<geo:lat>-6.2</geo:lat>") },
  "value/coordinate-comma": {
    bad: item("<georss:point>1,2</georss:point>"),
    good: item("<georss:point>1 2</georss:point>"),
  },
  "value/yes-no": {
    bad: entry("<app:control><app:draft>maybe</app:draft></app:control>"),
    good: entry("<app:control><app:draft>yes</app:draft></app:control>"),
  },
  "value/base64": {
    bad: entry('<content type="image/png">%%%</content>'),
    good: entry('<content type="image/png">AAAA</content>'),
  },
  "value/choice": {
    bad: channel("<sy:updatePeriod>often</sy:updatePeriod>"),
    good: channel("<sy:updatePeriod>daily</sy:updatePeriod>"),
  },
} satisfies Record<string, Example>;
