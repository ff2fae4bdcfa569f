// In come episodes with their files; out must come the files' facts, and what Apple Podcasts would refuse.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Config, Podcast } from "../../../src/model/config.ts";
import type { Post } from "../../../src/model/post.ts";
import { checkShowImages, findImageFault } from "../../../src/posts/media/review-episode.ts";
import { type RenderedPost, renderPost } from "../../../src/posts/render-post.ts";
import { png } from "../../support/pictures.ts";
import { makeConfig, makePost } from "../post-fixture.ts";

let root = "";
let config: Config;
const show: Podcast = {
  image: "https://example.org/show.png",
  category: [{ name: "News" }],
  explicit: false,
};
const audio = { src: "https://cdn.example/1.mp3", type: "audio/mpeg", length: 9 };

function put(path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "feedwright-"));
  put("posts/2026/1.vtt", "WEBVTT\n");
  put("posts/2026/1.json", '{"version":"1.2.0","chapters":[]}');
  put("posts/2026/square.png", png(1400, 1400));
  put("posts/2026/wide.png", png(1600, 900));
  put("public/show.png", png(600, 600));
  config = { ...makeConfig(root, { assets: { dir: join(root, "public"), copy: false } }), podcast: show };
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function render(changes: Partial<Post>, use = config): Promise<RenderedPost> {
  const locate = (field: string) => ({ line: field === "episode" ? 4 : 9, column: 1 });
  return renderPost(makePost(changes), { text: "Hello.", line: 1 }, use, locate);
}
const codes = ({ diagnostics }: RenderedPost): string[] => diagnostics.map(({ code }) => code);

describe("an episode", () => {
  test("its files are found as attachments are, with types of their own", async () => {
    const { content, diagnostics } = await render({
      attachments: [audio],
      episode: {
        transcripts: [{ src: "1.vtt", language: "id" }],
        chapters: { src: "1.json" },
        image: "square.png",
      },
    });
    expect(diagnostics).toEqual([]);
    expect(content.episode).toMatchObject({
      transcripts: [{ url: "https://example.org/hello/1.vtt", type: "text/vtt", language: "id" }],
      chapters: { url: "https://example.org/hello/1.json", type: "application/json+chapters" },
      image: { url: "https://example.org/hello/square.png", type: "image/png", width: 1400 },
    });
  });

  test("the post's image stands for it where Apple would take it, and only there", async () => {
    const imageOf = async (src: string) =>
      (await render({ attachments: [audio], episode: {}, image: { src } })).content.episode?.image?.url;
    expect(await imageOf("square.png")).toBe("https://example.org/hello/square.png");
    expect(await imageOf("wide.png")).toBeUndefined();
    expect(await imageOf("https://cdn.example/unknown.png")).toBeUndefined();
  });

  test("without a file that plays it is a warning on its post", async () => {
    const { diagnostics } = await render({ episode: { season: 1 } });
    expect(diagnostics).toMatchObject([
      { code: "podcast/enclosure", severity: "warning", file: "posts/2026/hello.md", line: 4 },
    ]);
    const ogg = { src: "https://cdn.example/1.ogg", type: "audio/ogg", length: 9 };
    const wrong = await render({ episode: {}, attachments: [ogg] });
    expect(wrong.diagnostics[0]?.message).toContain("has audio/ogg only");
  });

  test("without a title it is an error; a picture or a transcript that apps refuse is a warning", async () => {
    expect(codes(await render({ title: "", attachments: [audio], episode: {} }))).toEqual(["podcast/title"]);
    const rendered = await render({
      attachments: [audio],
      episode: { image: "wide.png", transcripts: [{ src: "http://cdn.example/1.vtt" }] },
    });
    expect(codes(rendered)).toEqual(["podcast/image", "podcast/insecure"]);
    expect(rendered.diagnostics[0]?.message).toContain("1600 by 900 pixels, not square");
  });

  test("a file that is not there is a warning", async () => {
    const rendered = await render({ attachments: [audio], episode: { chapters: { src: "none.json" } } });
    expect(codes(rendered)).toEqual(["post/file-missing"]);
  });

  test("posts that are no episodes, and sites without a podcast, are asked nothing", async () => {
    expect(codes(await render({}))).toEqual([]);
    const { podcast: _, ...plain } = config;
    expect(codes(await render({ episode: { season: 1 } }, plain))).toEqual([]);
  });
});

describe("a show's picture", () => {
  test("is looked at where it is a file of the project", async () => {
    const [found, ...more] = await checkShowImages(config);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ code: "podcast/image", severity: "warning" });
    expect(found?.message).toContain("https://example.org/show.png; it is 600 pixels wide");
    const elsewhere = { ...config, podcast: { ...show, image: "https://cdn.example/show.png" } };
    expect(await checkShowImages(elsewhere)).toEqual([]);
    const missing = { ...config, podcast: { ...show, image: "https://example.org/%zz.png" } };
    expect(await checkShowImages(missing)).toEqual([]);
  });

  test.each([
    ["image/webp", 2000, 2000, "it is image/webp"],
    ["image/png", 1400, 1401, "it is 1400 by 1401 pixels, not square"],
    ["image/png", 1399, 1399, "it is 1399 pixels wide"],
    ["image/jpeg", 3001, 3001, "it is 3001 pixels wide"],
    ["image/jpeg", 1400, 1400, undefined],
    ["image/png", 3000, 3000, undefined],
  ])("%s of %i by %i pixels: %s", (type, width, height, fault) => {
    expect(findImageFault({ type, width, height })).toBe(fault);
  });
});
