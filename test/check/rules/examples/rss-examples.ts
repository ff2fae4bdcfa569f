// An example for each rule about RSS.
import { bareItem, channel, type Example, item } from "./documents.ts";

const image = (inside: string, title = "Example") =>
  channel(
    `<image><url>https://example.org/a.png</url><title>${title}</title><link>https://example.org/</link>${inside}</image>`,
  );
const guid = (value: string, attribute = "") =>
  bareItem(
    `<title>t</title><pubDate>Wed, 02 Oct 2002 08:00:00 GMT</pubDate><guid${attribute}>${value}</guid>`,
  );
const enclosure = (length: string) =>
  `<enclosure url="https://example.org/a.mp3" length="${length}" type="audio/mpeg"/>`;
const cloud = (protocol: string) =>
  channel(`<cloud domain="a.example" port="80" path="/" registerProcedure="p" protocol="${protocol}"/>`);
const input = (name: string) =>
  `<textInput><title>a</title><description>b</description><name>${name}</name><link>https://example.org/</link></textInput>`;

export const rssExamples = {
  "rss/version": { bad: channel("").replace('version="2.0"', 'version="3.0"'), good: channel("") },
  "rss/doctype": {
    bad: `<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"/>`,
    good: channel(""),
  },
  "rss/doctype-version": {
    bad: `<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="2.0"/>`,
    good: `<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"/>`,
  },
  "rss/channel-missing": { bad: '<rss version="2.0"/>', good: channel("") },
  "rss/title-missing": { bad: channel("").replace("<title>Example</title>", ""), good: channel("") },
  "rss/link-missing": {
    bad: channel("").replace("<link>https://example.org/</link>", ""),
    good: channel(""),
  },
  "rss/description-missing": {
    bad: channel("").replace("<description>All of it</description>", ""),
    good: channel(""),
  },
  "rss/item-empty": { bad: bareItem("<guid>https://example.org/1</guid>"), good: item("") },
  "rss/guid-missing": { bad: bareItem("<title>t</title>"), good: item("") },
  "rss/guid-url": { bad: guid("one"), good: guid("one", ' isPermaLink="false"') },
  "rss/guid-permalink": {
    bad: guid("tag:example.org,2026:1"),
    good: guid("tag:example.org,2026:1", ' isPermaLink="false"'),
  },
  "rss/guid-repeated": {
    bad: channel("<item><guid>https://example.org/1</guid></item>".repeat(2)),
    good: item(""),
  },
  "rss/guid-short": { bad: guid("7", ' isPermaLink="false"'), good: guid("https://example.org/7") },
  "rss/item-early": {
    bad: channel("<item><title>t</title></item><ttl>60</ttl>"),
    good: channel("<ttl>60</ttl><item><title>t</title></item>"),
  },
  "rss/enclosure-repeated": { bad: item(enclosure("1") + enclosure("2")), good: item(enclosure("1")) },
  "rss/enclosure-length": { bad: item(enclosure("3:07")), good: item(enclosure("0")) },
  "rss/image-title": { bad: image("", "Other"), good: image("") },
  "rss/image-link": {
    bad: image("").replace(
      "<link>https://example.org/</link></image>",
      "<link>https://example.org/b</link></image>",
    ),
    good: image(""),
  },
  "rss/image-format": { bad: image("").replace("a.png", "a.tiff"), good: image("") },
  "rss/image-width": { bad: image("<width>145</width>"), good: image("<width>144</width>") },
  "rss/image-height": { bad: image("<height>0</height>"), good: image("<height>400</height>") },
  "rss/text-input": { bad: channel(input("q")), good: channel("") },
  "rss/form-name": { bad: channel(input("1 2")), good: channel(input("q")) },
  "rss/hour": {
    bad: channel("<skipHours><hour>25</hour></skipHours>"),
    good: channel("<skipHours><hour>0</hour><hour>23</hour></skipHours>"),
  },
  "rss/hour-24": {
    bad: channel("<skipHours><hour>24</hour></skipHours>"),
    good: channel("<skipHours><hour>0</hour></skipHours>"),
  },
  "rss/day": {
    bad: channel("<skipDays><day>Senin</day></skipDays>"),
    good: channel("<skipDays><day>Monday</day></skipDays>"),
  },
  "rss/too-many": {
    bad: channel(`<skipHours>${"<hour>1</hour>".repeat(25)}</skipHours>`),
    good: channel("<skipHours><hour>1</hour></skipHours>"),
  },
  "rss/cloud-protocol": { bad: cloud("carrier-pigeon"), good: cloud("soap") },
  "rss/blink": { bad: channel("<blink>https://example.org/</blink>"), good: channel("") },
  "rss/self-missing": { bad: channel("").replace(/<atom:link[^>]*>/, ""), good: channel("") },
  "rss/description-order": {
    bad: bareItem("<title>t</title><content:encoded>Full</content:encoded><description>Short</description>"),
    good: item("<content:encoded>Full</content:encoded>"),
  },
  "rss/text-elsewhere": {
    bad: item('<body xmlns="http://www.w3.org/1999/xhtml"><p>Text</p></body>'),
    good: item("<content:encoded>Full</content:encoded>"),
  },
  "rss/channel-twice": {
    bad: channel("<copyright>a</copyright><dc:rights>a</dc:rights>"),
    good: channel("<dc:rights>a</dc:rights>"),
  },
  "rss/item-twice": {
    bad: item("<author>a@example.org (A)</author><dc:creator>A</dc:creator>"),
    good: item("<dc:creator>A</dc:creator>"),
  },
  "rss/comment-feed": {
    bad: item("<wfw:commentRSS>https://example.org/c</wfw:commentRSS>"),
    good: item("<wfw:commentRss>https://example.org/c</wfw:commentRss>"),
  },
  "rss/slash-date": {
    bad: item("<slash:comments>3</slash:comments>"),
    good: item("<slash:comments>3</slash:comments>").replace(
      "<item>",
      "<lastBuildDate>Wed, 02 Oct 2002 08:00:00 GMT</lastBuildDate><item>",
    ),
  },
} satisfies Record<string, Example>;
