// In comes front matter of episodes and places; out must come their facts, or a warning that names what is wrong.
import { describe, expect, test } from "vitest";
import type { Podcast } from "../../../src/model/config.ts";
import { postStatus } from "../../../src/model/post.ts";
import { readPost } from "../../../src/posts/read-post.ts";
import { makeConfig } from "../make-config.ts";
import { findings, read, readFields, summarize } from "../read.ts";

const show: Podcast = {
  image: "https://example.org/show.jpg",
  category: [{ name: "News" }],
  explicit: false,
};

/** Reads as on a site that has a podcast. */
function readOnAir(lines: string): ReturnType<typeof readPost> {
  const bytes = Buffer.from(`---\ntitle: T\ndate: 2026-03-01T09:30:00Z\n${lines}\n---\nBody.\n`);
  return readPost({ file: "a.md", bytes }, { ...makeConfig(), podcast: show });
}

describe("an episode", () => {
  test("a mapping says everything, on any site", () => {
    const { episode } = readFields(`episode:
  season: 2
  season_name: The bay
  number: 7
  type: trailer
  title: Tides
  explicit: yes
  block: true
  image: tides.png
  transcripts: [tides.vtt, { src: tides.srt, language: id, type: application/x-subrip }]
  chapters: tides.json
  soundbites: [{ start: 1:13, duration: 60, title: The bell }]
  persons: [Sari, { name: Bayu, role: guest, href: https://bayu.example/, img: /bayu.jpg }]`);
    expect(episode).toEqual({
      season: 2,
      seasonName: "The bay",
      number: 7,
      type: "trailer",
      title: "Tides",
      explicit: true,
      block: true,
      image: "tides.png",
      transcripts: [{ src: "tides.vtt" }, { src: "tides.srt", type: "application/x-subrip", language: "id" }],
      chapters: { src: "tides.json" },
      soundbites: [{ start: 73, duration: 60, title: "The bell" }],
      persons: [
        { name: "Sari" },
        { name: "Bayu", role: "guest", image: "https://example.org/bayu.jpg", url: "https://bayu.example/" },
      ],
    });
  });

  test("keys at the top count on a site that has a podcast, and stay the site's own elsewhere", () => {
    const lines =
      "season: 1\nepisode: 3\nepisodeType: bonus\nexplicit: false\nchapters: c.json\nperson: Sari";
    expect(readOnAir(lines).post?.episode).toEqual({
      season: 1,
      number: 3,
      type: "bonus",
      explicit: false,
      chapters: { src: "c.json" },
      persons: [{ name: "Sari" }],
    });
    const elsewhere = readFields(lines);
    expect(elsewhere.episode).toBeUndefined();
    expect(elsewhere.extra).toMatchObject({ season: 1, episode: 3, chapters: "c.json" });
    expect(findings("chapters: 12\nseason: autumn")).toEqual([]);
  });

  test("podcast: with a file is an attachment, with facts an episode, with both both", () => {
    const { post } = readOnAir("podcast:\n  src: e.mp3\n  type: audio/mpeg\n  title: A file\n  season: 4");
    expect(post?.attachments).toEqual([
      { src: "e.mp3", key: "podcast", type: "audio/mpeg", title: "A file" },
    ]);
    expect(post?.episode).toEqual({ season: 4 });
    expect(readOnAir("podcast: e.mp3").post?.episode).toBeUndefined();
  });

  test("what podcast apps cannot take is left out, with a warning at its place", () => {
    const { post, diagnostics } = readOnAir(`episode:
  season: 0
  number: one
  type: special
  explicit: maybe
  soundbites: [{ start: 5 }]
  persons: [{ role: host }, { name: Bayu, href: "http://bayu.example/" }]
  chapters: true`);
    expect(post?.episode).toEqual({ persons: [{ name: "Bayu" }] });
    expect(summarize(diagnostics)).toEqual([
      "5:11 post/value-ignored",
      "6:11 post/value-ignored",
      "7:9 post/value-ignored",
      "8:13 post/value-ignored",
      "11:13 post/value-ignored",
      "9:16 post/value-ignored",
      "10:13 post/value-ignored",
      "10:29 post/value-ignored",
    ]);
  });

  test("an empty mapping still says that the post is an episode", () => {
    expect(readFields("episode: {}").episode).toEqual({});
  });

  test("texts longer than the namespace allows are cut", () => {
    const name = "é".repeat(200);
    expect(readFields(`episode: { persons: ["${name}"] }`).episode?.persons?.[0]?.name).toBe("é".repeat(128));
  });
});

describe("a place", () => {
  test.each([
    ["geo: [-6.2, 106.8]", { latitude: -6.2, longitude: 106.8 }],
    ['geo: "-6.2, 106.8"', { latitude: -6.2, longitude: 106.8 }],
    ["geo: geo:-6.2,106.8", { latitude: -6.2, longitude: 106.8 }],
    ["geo: { lat: 0, lng: 0 }", { latitude: 0, longitude: 0 }],
    ["location: { lat: 90, lon: -180, name: The pole }", { latitude: 90, longitude: -180, name: "The pole" }],
    ["geo: { latitude: 1, longitude: 2 }\nlocation: Jakarta", { latitude: 1, longitude: 2, name: "Jakarta" }],
  ])("%s", (lines, place) => expect(readFields(lines).place).toEqual(place));

  test("a location that is a name alone is the site's own", () => {
    const { place, extra } = readFields("location: Jakarta");
    expect([place, extra.location]).toEqual([undefined, "Jakarta"]);
    expect(findings("location: Jakarta\nseason: 1")).toEqual([]);
  });

  test.each(["[91, 0]", "[0, 181]", "[1]", "somewhere", "[1, 2, 3]", "{ lat: 1 }", "[x, y]", "[1e3, 0]"])(
    "geo: %s is no point",
    (value) => expect(summarize(findings(`geo: ${value}`))).toEqual(["3:6 post/value-ignored"]),
  );
});

test("a post that is taken back says when; one that expires does not", () => {
  const taken = readFields("retracted: 2026-04-01T00:00:00Z");
  expect([taken.retracted, taken.expires]).toEqual([Date.UTC(2026, 3, 1), Date.UTC(2026, 3, 1)]);
  const expiring = readFields("expires: 2026-04-01T00:00:00Z");
  expect([expiring.retracted, expiring.expires]).toEqual([undefined, Date.UTC(2026, 3, 1)]);
});

test("retracted: true takes a post out of every feed at any time, since its last known change", () => {
  for (const [lines, since] of [
    ["retracted: true", "2026-03-01T09:30:00Z"],
    ["Retracted: yes", "2026-03-01T09:30:00Z"],
    ["retracted: true\nexpires: 2027-01-01T00:00:00Z", "2026-03-01T09:30:00Z"],
    ["retracted: true\nupdated: 2026-03-05T00:00:00Z", "2026-03-05T00:00:00Z"],
  ] as const) {
    const post = readFields(lines);
    expect(post.retracted).toBe(Date.parse(since));
    for (const now of [post.date - 1, post.date, post.date + 1, Date.parse("2026-12-31")])
      expect(postStatus(post, now)).not.toBe("published");
  }
  expect(readFields("retracted: false")).not.toHaveProperty("expires");
});

test("attachments carry alt, caption and credit of pictures", () => {
  const { post } = read(
    "---\ntitle: T\ndate: 2026-03-01T09:30:00Z\nattachments:\n  - { src: a.jpg, alt: A boat, caption: At dawn, credit: Sari }\n---\n",
  );
  expect(post?.attachments).toEqual([{ src: "a.jpg", alt: "A boat", caption: "At dawn", credit: "Sari" }]);
});
