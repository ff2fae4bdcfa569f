// An example for each rule about Media RSS, Apple's and the podcast namespace.
import { channel, type Example, item } from "./documents.ts";

const content = (attributes: string) => item(`<media:content url="https://example.org/a.mp4"${attributes}/>`);
const media = (name: string, value: string, attributes = "") =>
  item(`<media:${name}${attributes}>${value}</media:${name}>`);
const category = (text: string) => channel(`<itunes:category text="${text}"/>`);
const inItem = (name: string, value: string) => item(`<itunes:${name}>${value}</itunes:${name}>`);
const md5 = "dfdec888b72151965a34b4b59031290a";
const enclosure = (file: string) =>
  item(
    `<enclosure url="https://example.org/${file}" length="1" type="audio/mpeg"/><itunes:duration>60</itunes:duration>`,
  );
const person = (inside: string, attributes = "") =>
  item(`<podcast:person${attributes}>${inside}</podcast:person>`);

export const extensionExamples = {
  "media/namespace": {
    bad: channel("", ' xmlns:media="http://search.yahoo.com/mrss"'),
    good: channel("", ' xmlns:media="http://search.yahoo.com/mrss/"'),
  },
  "media/group": {
    bad: item('<media:group><media:content url="https://example.org/a"/></media:group>'),
    good: item(
      '<media:group><media:content url="https://example.org/a"/><media:content url="https://example.org/b"/></media:group>',
    ),
  },
  "media/text-type": { bad: media("title", "a", ' type="text"'), good: media("title", "a", ' type="plain"') },
  "media/rating": { bad: media("rating", "naughty"), good: media("rating", "nonadult") },
  "media/hash": { bad: media("hash", "123"), good: media("hash", md5) },
  "media/expression": { bad: content(' expression="half"'), good: content(' expression="full"') },
  "media/medium": { bad: content(' medium="book"'), good: content(' medium="video"') },
  "media/restriction": {
    bad: media("restriction", "some", ' relationship="allow"'),
    good: media("restriction", "all", ' relationship="allow"'),
  },
  "media/restriction-type": {
    bad: media("restriction", "all", ' relationship="allow" type="planet"'),
    good: media("restriction", "all", ' relationship="allow" type="country"'),
  },
  "media/time": {
    bad: item('<media:thumbnail url="https://example.org/a" time="noon"/>'),
    good: item('<media:thumbnail url="https://example.org/a" time="12:05:01.123"/>'),
  },
  "media/credit-role": {
    bad: media("credit", "Ani", ' role="Author"'),
    good: media("credit", "Ani", ' role="author"'),
  },
  "media/adult": { bad: media("adult", "true"), good: media("rating", "adult") },
  "itunes/missing": { bad: channel("<itunes:author>Ani</itunes:author>"), good: channel("") },
  "itunes/owner-email": {
    bad: channel("<itunes:author>Ani</itunes:author>"),
    good: channel("<itunes:owner><itunes:email>a@example.org</itunes:email></itunes:owner>"),
  },
  "itunes/explicit": { bad: inItem("explicit", "clean"), good: inItem("explicit", "false") },
  "itunes/block": { bad: inItem("block", "surely"), good: inItem("block", "Yes") },
  "itunes/category": { bad: category("Knitting"), good: category("Society &amp; Culture") },
  "itunes/category-old": { bad: category("Talk Radio"), good: category("News") },
  "itunes/duration": { bad: inItem("duration", "long"), good: inItem("duration", "1:02:03") },
  "itunes/keywords": { bad: inItem("keywords", "salt pepper"), good: inItem("keywords", "salt, pepper") },
  "itunes/format": { bad: enclosure("a.wma"), good: enclosure("a.mp3") },
  "itunes/encoding": {
    bad: inItem("block", "Yes").replace("utf-8", "iso-8859-1"),
    good: inItem("block", "Yes"),
  },
  "itunes/persistent-order": { bad: inItem("episodeType", "half"), good: inItem("episodeType", "bonus") },
  "podcast/value": {
    bad: channel("<podcast:medium>radio</podcast:medium>"),
    good: channel("<podcast:medium>podcast</podcast:medium>"),
  },
  "podcast/url": {
    bad: person("Ani", ' href="http://example.org/"'),
    good: person("Ani", ' href="https://example.org/"'),
  },
  "podcast/guid": {
    bad: channel("<podcast:guid>1</podcast:guid>"),
    good: channel("<podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>"),
  },
  "podcast/text": { bad: person("a".repeat(129)), good: person("Ani") },
} satisfies Record<string, Example>;
