import { parseRssFeed } from "feedsmith";
import { describe, expect, test } from "vitest";
import { checkDocument } from "../../../src/check/check-document.ts";
import { podcastGuid } from "../../../src/formats/namespaces/podcast-index.ts";
import type { Podcast } from "../../../src/model/config.ts";
import type { Post, PostContent } from "../../../src/model/post.ts";
import { all, attribute, channelOf, itemsOfRss, one, text } from "../documents.ts";
import { sampleContent, samplePlan, samplePost } from "../samples.ts";
import { writePlan } from "../write.ts";

const show: Podcast = {
  image: "https://example.org/show.jpg",
  category: [{ name: "Society & Culture", sub: "Documentary" }, { name: "News" }],
  explicit: false,
  owner: { email: "radio@example.org" },
  type: "serial",
  complete: true,
  block: false,
  locked: true,
  newFeedUrl: "https://new.example/rss.xml",
  persons: [{ name: "Sari & Bayu", role: "host", url: "https://example.org/sari/" }],
  funding: [{ url: "https://example.org/give/", text: "Support the show" }],
  medium: "podcast",
  license: { name: "cc-by-4.0" },
  txt: [{ text: "a1b2", purpose: "verify" }],
};

const mp3 = { url: "https://example.org/1.mp3", type: "audio/mpeg", length: 48_213, duration: 61.6 };
const episode: Partial<Post> = {
  episode: {
    season: 2,
    seasonName: "The bay",
    number: 7,
    type: "full",
    explicit: true,
    title: "Tides",
    soundbites: [{ start: 12.5, duration: 30, title: "The bell" }],
    persons: [{ name: "Bayu", role: "guest", image: "https://example.org/bayu.jpg" }],
  },
  place: { latitude: -6.12, longitude: 106.81, name: "Sunda Kelapa" },
};
const content: Partial<PostContent> = {
  attachments: [mp3],
  episode: {
    image: { url: "https://example.org/tides.png", type: "image/png", width: 1400, height: 1400 },
    transcripts: [
      { url: "https://example.org/1.vtt", type: "text/vtt", language: "id" },
      { url: "https://example.org/1.html", type: "text/html" },
    ],
    chapters: { url: "https://example.org/1.json", type: "application/json+chapters" },
  },
};

function write(podcast: Podcast | undefined, post: Partial<Post> = episode, more = content) {
  return writePlan(samplePlan([samplePost(post)], podcast && { podcast }), [sampleContent(more)]);
}

describe("a show", () => {
  test("says everything that Apple Podcasts requires, and what else it was told to", () => {
    const channel = channelOf(write(show).rss);
    expect(text(channel, "itunes:author")).toBe("Sari Dewi");
    const owner = one(channel, "itunes:owner");
    expect([text(owner, "itunes:name"), text(owner, "itunes:email")]).toEqual([
      "Sari Dewi",
      "radio@example.org",
    ]);
    expect(attribute(one(channel, "itunes:image"), "href")).toBe("https://example.org/show.jpg");
    const categories = all(channel, "itunes:category");
    expect(categories.map((found) => attribute(found, "text"))).toEqual(["Society & Culture", "News"]);
    expect(attribute(one(categories[0], "itunes:category"), "text")).toBe("Documentary");
    for (const [name, value] of [
      ["itunes:explicit", "false"],
      ["itunes:type", "serial"],
      ["itunes:complete", "Yes"],
      ["itunes:block", undefined],
      ["itunes:new-feed-url", "https://new.example/rss.xml"],
      ["podcast:medium", "podcast"],
      ["podcast:license", "cc-by-4.0"],
      ["podcast:locked", "yes"],
      ["podcast:txt", "a1b2"],
      ["language", "en"],
    ] as const)
      expect([name, text(channel, name)]).toEqual([name, value]);
    expect(attribute(one(channel, "podcast:locked"), "owner")).toBe("radio@example.org");
    expect(attribute(one(channel, "podcast:person"), "href")).toBe("https://example.org/sari/");
  });

  test("says no more than it has to when it was told no more", () => {
    const { image, category, explicit } = show;
    const { rss } = write({ image, category, explicit }, {}, { attachments: [mp3] });
    expect(rss.match(/<(itunes|podcast):\w+/g)).toEqual([
      "<itunes:author",
      "<itunes:image",
      "<itunes:category",
      "<itunes:category",
      "<itunes:category",
      "<itunes:explicit",
      "<podcast:guid",
      "<itunes:duration",
    ]);
  });

  test("a language of its own is the channel's", () => {
    expect(text(channelOf(write({ ...show, language: "id" }).rss), "language")).toBe("id");
  });

  test("the guid is the UUID of the specification's example, whatever the scheme and the slashes", () => {
    const known = "9b024349-ccf0-5f69-a609-6b82873eab3c";
    for (const url of ["podnews.net/rss", "https://podnews.net/rss", "http://podnews.net/rss//"])
      expect(podcastGuid(url)).toBe(known);
    expect(text(channelOf(write(show).rss), "podcast:guid")).toBe(podcastGuid("https://example.org/rss.xml"));
    expect(text(channelOf(write({ ...show, guid: known }).rss), "podcast:guid")).toBe(known);
    const history = { current: { key: "site", folder: "" } };
    const archive = writePlan(samplePlan([], { folder: "archive/2026-05/", history, podcast: show }), []);
    expect(text(channelOf(archive.rss), "podcast:guid")).toBe(podcastGuid("https://example.org/rss.xml"));
  });
});

describe("an episode", () => {
  test("says everything its post and its files say", () => {
    const [item] = itemsOfRss(write(show).rss);
    for (const [name, value] of [
      ["itunes:title", "Tides"],
      ["itunes:duration", "62"],
      ["itunes:explicit", "true"],
      ["itunes:season", "2"],
      ["itunes:episode", "7"],
      ["itunes:episodeType", "full"],
      ["podcast:season", "2"],
      ["podcast:episode", "7"],
      ["podcast:soundbite", "The bell"],
      ["podcast:person", "Bayu"],
      ["podcast:location", "Sunda Kelapa"],
      ["georss:point", "-6.12 106.81"],
    ] as const)
      expect([name, text(item, name)]).toEqual([name, value]);
    expect(attribute(one(item, "itunes:image"), "href")).toBe("https://example.org/tides.png");
    expect(attribute(one(item, "podcast:season"), "name")).toBe("The bay");
    expect(attribute(one(item, "podcast:location"), "geo")).toBe("geo:-6.12,106.81");
    expect(all(item, "podcast:transcript").map((found) => attribute(found, "rel"))).toEqual([
      "captions",
      undefined,
    ]);
    expect(one(item, "podcast:chapters")?.attributes).toEqual({
      "{}url": "https://example.org/1.json",
      "{}type": "application/json+chapters",
    });
    expect(one(item, "enclosure")?.attributes).toEqual({
      "{}url": mp3.url,
      "{}length": "48213",
      "{}type": "audio/mpeg",
    });
  });

  test("stays a plain entry in every feed that is no podcast, and in Atom and JSON Feed", () => {
    const plain = write(undefined);
    expect(plain.rss).not.toMatch(/itunes|podcastindex/);
    const { atom, json } = write(show);
    expect(atom).not.toMatch(/itunes|podcastindex/);
    expect(json).not.toMatch(/itunes|podcast:/);
    expect(plain.json).toBe(json);
  });

  test("a fraction counts in the namespace, and Apple is not told", () => {
    const [item] = itemsOfRss(write(show, { episode: { number: 7.5 } }).rss);
    expect([text(item, "podcast:episode"), text(item, "itunes:episode")]).toEqual(["7.5", undefined]);
  });

  test("a post without a sound beside episodes is told nothing of", () => {
    expect(
      itemsOfRss(write(show, {}, {}).rss)[0]
        ?.children.map(({ name }) => name)
        .join(),
    ).not.toContain("itunes");
  });

  test("the sound is the enclosure, whatever is attached before it", () => {
    const pdf = { url: "https://example.org/notes.pdf", type: "application/pdf" };
    const [item] = itemsOfRss(write(show, episode, { attachments: [pdf, mp3] }).rss);
    expect(attribute(one(item, "enclosure"), "url")).toBe(mp3.url);
  });
});

describe("independent readers", () => {
  test("feedsmith reads the show and its episodes back", () => {
    const feed = parseRssFeed(write(show).rss);
    expect(feed.itunes).toMatchObject({
      image: "https://example.org/show.jpg",
      explicit: false,
      type: "serial",
      complete: true,
      categories: [{ text: "Society & Culture", categories: [{ text: "Documentary" }] }, { text: "News" }],
    });
    expect(feed.podcast).toMatchObject({
      locked: { value: true, owner: "radio@example.org" },
      fundings: [{ url: "https://example.org/give/", display: "Support the show" }],
      persons: [{ display: "Sari & Bayu", role: "host" }],
    });
    const [item] = feed.items ?? [];
    expect(item?.itunes).toMatchObject({ duration: 62, season: 2, episode: 7, episodeType: "full" });
    expect(item?.podcast).toMatchObject({
      season: { number: 2, name: "The bay" },
      episode: { number: 7 },
      transcripts: [
        { url: "https://example.org/1.vtt", type: "text/vtt", language: "id", rel: "captions" },
        { url: "https://example.org/1.html", type: "text/html" },
      ],
      chapters: { url: "https://example.org/1.json", type: "application/json+chapters" },
      soundbites: [{ startTime: 12.5, duration: 30, display: "The bell" }],
    });
  });

  test("the program's own check finds nothing that Apple Podcasts would refuse", () => {
    const document = { bytes: Buffer.from(write(show).rss), name: "rss.xml" };
    const now = Date.UTC(2026, 6, 1);
    expect(checkDocument(document, { now, profile: "apple-podcasts" }).diagnostics).toEqual([]);
  });
});
