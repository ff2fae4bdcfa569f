// In come references to files and URLs; out must go facts read from the files, or an error that says how to mend it.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Config } from "../../../src/model/config.ts";
import type { AttachmentReference, Post } from "../../../src/model/post.ts";
import type { FieldLocator } from "../../../src/posts/media/attachment-reader.ts";
import { type RenderedPost, renderPost } from "../../../src/posts/render-post.ts";
import { png } from "../../support/pictures.ts";
import { makeConfig, makePost } from "../post-fixture.ts";

let home = "";
let root = "";
let config: Config;

/** Silent MPEG-1 layer III frames: 128 kbit/s, 44.1 kHz, 417 bytes and 1152 samples each. */
function mp3(frames: number): Buffer {
  const frame = Buffer.alloc(417);
  frame.writeUInt32BE(0xfffb9064);
  return Buffer.concat(Array.from({ length: frames }, () => frame));
}

/** One second of 8-bit mono silence for each 8000 samples. */
function wav(samples: number): Buffer {
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + samples, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36);
  head.writeUInt32LE(samples, 40);
  return Buffer.concat([head, Buffer.alloc(samples, 128)]);
}

function put(path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "feedwright-"));
  root = join(home, "site");
  put("posts/2026/talk.mp3", mp3(100));
  put("posts/2026/tone.wav", wav(16_000));
  put("posts/2026/named-wrong.mp3", wav(8000));
  put("posts/2026/my photo.png", png(640, 480));
  put("posts/2026/drawing.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>');
  put("posts/2026/notes.pdf", "%PDF-1.4\n");
  put("posts/2026/thing", "?");
  put("posts/2026/empty.mp3", "");
  put("posts/2026/broken.png", "not an image");
  put("posts/2026/other.md", "# Another post");
  put("public/img/cover.png", png(1200, 800));
  put(".env", "SECRET=1");
  writeFileSync(join(home, "outside.png"), png(1, 1));
  symlinkSync(join(home, "outside.png"), join(root, "posts/2026/way-out.png"));
  symlinkSync(join(root, "public/img/cover.png"), join(root, "posts/2026/way-in.png"));
  execFileSync("mkfifo", [join(root, "posts/2026/pipe.mp3")]);
  config = makeConfig(root, { assets: { dir: join(root, "public"), copy: false } });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function render(
  changes: Partial<Post>,
  text = "",
  use = config,
  locate?: FieldLocator,
): Promise<RenderedPost> {
  return renderPost(makePost(changes), { text, line: 1 }, use, locate);
}
async function attach(...attachments: AttachmentReference[]): Promise<RenderedPost> {
  return render({ attachments });
}

describe("F44, rule 17, rule 18: facts come from the file", () => {
  test("a sound has its true size, type and length", async () => {
    const { content, diagnostics } = await attach({ src: "talk.mp3", title: "Talk" }, { src: "tone.wav" });
    expect(diagnostics).toEqual([]);
    expect(content.attachments).toMatchObject([
      {
        url: "https://example.org/hello/talk.mp3",
        type: "audio/mpeg",
        length: 41_700,
        title: "Talk",
        file: "posts/2026/talk.mp3",
      },
      { type: "audio/wav", length: 16_044, duration: 2 },
    ]);
    expect(content.attachments[0]?.duration).toBeCloseTo((100 * 1152) / 44_100, 1);
  });

  test("an image has its dimensions, and what front matter says about it", async () => {
    const image = { src: "my photo.png", alt: "A", caption: "B", credit: "C" };
    expect((await render({ image })).content.image).toEqual({
      url: "https://example.org/hello/my%20photo.png",
      type: "image/png",
      length: 45,
      width: 640,
      height: 480,
      alt: "A",
      caption: "B",
      credit: "C",
      file: "posts/2026/my photo.png",
    });
    expect((await render({ image: { src: "drawing.svg" } })).content.image).toMatchObject({
      type: "image/svg+xml",
      width: 30,
      height: 20,
    });
  });

  test("a file below assets.dir has the site's URL, whichever way it is named", async () => {
    for (const src of ["/img/cover.png", "img/cover.png", "../../public/img/cover.png", "way-in.png"])
      expect((await render({ image: { src } })).content.image).toMatchObject({
        url: "https://example.org/img/cover.png",
        width: 1200,
      });
  });

  test("a site below a path keeps it", async () => {
    const below = { ...config, site: { ...config.site, url: "https://example.org/blog/" } };
    for (const src of ["/img/cover.png", "/blog/img/cover.png"])
      expect((await render({ image: { src } }, "", below)).content.image?.url).toBe(
        "https://example.org/blog/img/cover.png",
      );
  });

  test("types of ordinary spelling are put right, and a name that lies is told on", async () => {
    const right = await attach({ src: "talk.mp3", type: "audio/mp3", length: 41_700 });
    expect(right.diagnostics).toEqual([]);
    expect(right.content.attachments[0]?.type).toBe("audio/mpeg");
    const wrong = await attach({ src: "named-wrong.mp3" }, { src: "talk.mp3", type: "video/mp4", length: 5 });
    expect(wrong.content.attachments.map(({ type, length }) => [type, length])).toEqual([
      ["audio/wav", 8044],
      ["audio/mpeg", 41_700],
    ]);
    expect(wrong.diagnostics.map(({ code, severity }) => [code, severity])).toEqual(
      Array(3).fill(["post/attachment-mismatch", "warning"]),
    );
  });

  test("files that cannot be parsed keep the type of their name", async () => {
    const { content, diagnostics } = await attach(
      { src: "empty.mp3" },
      { src: "broken.png" },
      { src: "notes.pdf" },
    );
    expect(diagnostics).toEqual([]);
    expect(
      content.attachments.map(({ type, length, duration, width }) => [type, length, duration, width]),
    ).toEqual([
      ["audio/mpeg", 0, undefined, undefined],
      ["image/png", 12, undefined, undefined],
      ["application/pdf", 9, undefined, undefined],
    ]);
  });
});

describe("what stands elsewhere is never fetched", () => {
  test("facts come from front matter, the type also from the name", async () => {
    const { content, diagnostics } = await attach(
      { src: "https://cdn.example/a%20b.mp3?x=1", length: 5, duration: 6 },
      { src: "https://cdn.example/play", type: "Audio/MP3" },
    );
    expect(content.attachments).toEqual([
      { url: "https://cdn.example/a%20b.mp3?x=1", type: "audio/mpeg", length: 5, duration: 6 },
      { url: "https://cdn.example/play", type: "audio/mpeg" },
    ]);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ["post/attachment-length", "hint"],
    ]);
  });

  test("an unknown type is a warning that asks for `type:`; an image without one stays out with a warning", async () => {
    const { content, diagnostics } = await render({
      attachments: [{ src: "https://cdn.example/play" }, { src: "thing" }],
      image: { src: "https://cdn.example/photo" },
    });
    expect(content).toMatchObject({ attachments: [] });
    expect(content.image).toBeUndefined();
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`).sort()).toEqual([
      "warning post/attachment-type",
      "warning post/attachment-type",
      "warning post/image-type",
    ]);
    expect(diagnostics.find(({ code }) => code === "post/attachment-type")?.hint).toContain("`type:");
  });

  test.each(["javascript:alert(1)", "file:///etc/passwd", "data:image/png;base64,AA==", "https://"])(
    "%s is no web address",
    async (src) => {
      const { content, diagnostics } = await attach({ src });
      expect(content.attachments).toEqual([]);
      expect(diagnostics).toMatchObject([{ code: "post/attachment-missing", severity: "error" }]);
    },
  );
});

describe("files that do not count", () => {
  test.each([
    ["gone.mp3", "is not there"],
    ["/2026/talk.mp3", "is not there"],
    ["../../../outside.png", "is outside the project"],
    ["way-out.png", "is outside the project"],
    ["..%2f..%2f..%2foutside.png", "is outside the project"],
    ["pipe.mp3", "is not a plain file"],
    ["../2026", "is not a plain file"],
    ["../../.env", "is a hidden file"],
    ["a\0.mp3", "is not a file name"],
    ["%00.mp3", "is not a file name"],
    ["", "is not a file name"],
  ])("%j is an error at the front matter's line: it %s", async (src, reason) => {
    const at = { line: 3, column: 8 };
    const locate: FieldLocator = (field, index) => (field === "attachments" && index === 0 ? at : undefined);
    const { content, diagnostics } = await render({ attachments: [{ src }] }, "", config, locate);
    expect(content.attachments).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: "post/attachment-missing", severity: "error", ...at }]);
    expect(diagnostics[0]?.message).toContain(reason);
    expect(diagnostics[0]?.hint).toContain("beside the post, or below public/");
  });
});

describe("assets.copy", () => {
  const text =
    '![a](my%20photo.png) ![b](/img/cover.png) [c](notes.pdf) [d](other.md) [e](/about/) ![f](gone.png) <img srcset="drawing.svg 2x, https://x.example/y.png 1x"> ![g](../../.env)';

  test("names the files that the post shows, attaches or links to, and warns of missing pictures", async () => {
    const copying = { ...config, assets: { ...config.assets, copy: true } };
    const attachments = [{ src: "talk.mp3" }, { src: "/img/cover.png" }];
    const { assets, diagnostics } = await render({ attachments }, text, copying);
    const paths = assets.map(({ file, path }) => [file.slice(root.length + 1), path]);
    expect(paths.sort()).toEqual([
      ["posts/2026/drawing.svg", "hello/drawing.svg"],
      ["posts/2026/my photo.png", "hello/my photo.png"],
      ["posts/2026/notes.pdf", "hello/notes.pdf"],
      ["posts/2026/talk.mp3", "hello/talk.mp3"],
      ["public/img/cover.png", "img/cover.png"],
    ]);
    expect(diagnostics.map(({ code, message }) => [code, message.split('"')[1]])).toEqual([
      ["post/image-missing", "gone.png"],
      ["post/image-missing", "../../.env"],
    ]);
  });

  test("without it nothing is copied, and without a folder of assets nothing is looked for", async () => {
    expect((await render({}, text)).assets).toEqual([]);
    const { assets, diagnostics } = await render({}, text, makeConfig(root));
    expect([assets, diagnostics]).toEqual([[], []]);
  });
});
