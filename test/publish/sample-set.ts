import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { createGuardedFetch } from "../../src/net/guarded-fetch.ts";
import { NotificationQueue } from "../../src/publish/notify/queue.ts";
import { comparePublishOrder, makeSetFile, type SetFile } from "../../src/publish/plan/file-set.ts";
import type { PublishInput, PublishTools } from "../../src/publish/publish.ts";
import { openCommand } from "../../src/publish/targets/command.ts";
import type { Target } from "../../src/publish/targets/target.ts";

export interface SamplePost {
  readonly id: string;
  readonly title: string;
  readonly url?: string;
  readonly date?: number;
  readonly content?: string;
}

export const day = 24 * 3_600_000;
export const newYear = Date.UTC(2026, 0, 1);

/** `n` posts, newest first, a day apart. */
export function samplePosts(n: number, more: Partial<SamplePost> = {}): SamplePost[] {
  return Array.from({ length: n }, (_, at) => samplePost(n - at, more));
}

export function samplePost(number: number, more: Partial<SamplePost> = {}): SamplePost {
  return {
    id: `tag:kabar.example,2026:post-${number}`,
    title: `Post ${number}`,
    url: `https://kabar.example/post-${number}/`,
    date: newYear + number * day,
    content: `<p>This is the text of post number ${number}, long enough to tell it from any other post.</p>`,
    ...more,
  };
}

const escapeXml = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

export interface SampleOptions {
  readonly siteUrl?: string;
  readonly hubs?: readonly string[];
  readonly limit?: number;
}

/** A JSON Feed, shown in three places and as RSS, beside a page, an archive, an asset and a sitemap. */
export function sampleSet(posts: readonly SamplePost[], options: SampleOptions = {}): SetFile[] {
  const { siteUrl = "https://kabar.example/", hubs = [], limit = 50 } = options;
  const shown = posts.slice(0, limit);
  const json = (path: string, some: readonly SamplePost[]) =>
    JSON.stringify({
      version: "https://jsonfeed.org/version/1.1",
      title: "Kabar",
      feed_url: `${siteUrl}${path}`,
      hubs: hubs.map((url) => ({ type: "WebSub", url })),
      items: some.map(({ id, url, title, date, content }) => ({
        id,
        url,
        title,
        date_published: date === undefined ? undefined : new Date(date).toISOString(),
        content_html: content,
      })),
    });
  const rss = [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Kabar</title>`,
    `<atom:link rel="self" href="${siteUrl}rss.xml"/>`,
    ...hubs.map((hub) => `<atom:link rel="hub" href="${escapeXml(hub)}"/>`),
    ...shown.map(
      ({ id, url, title, date, content }) =>
        `<item><guid isPermaLink="false">${escapeXml(id)}</guid><link>${escapeXml(url ?? "")}</link><title>${escapeXml(title)}</title><pubDate>${new Date(date ?? 0).toUTCString()}</pubDate><description>${escapeXml(content ?? "")}</description></item>`,
    ),
    "</channel></rss>",
  ].join("\n");
  const bytes = (text: string) => new TextEncoder().encode(text);
  const newest = posts[0]?.title ?? "nothing";
  return [
    { path: "rss.xml", bytes: bytes(rss), mediaType: "application/rss+xml" },
    { path: "feed.json", bytes: bytes(json("feed.json", shown)), mediaType: "application/feed+json" },
    {
      path: "tags/a/feed.json",
      bytes: bytes(
        json(
          "tags/a/feed.json",
          shown.filter(({ title }) => /[13579]$/.test(title)),
        ),
      ),
      mediaType: "application/feed+json",
    },
    {
      path: "archive/2026-01/feed.json",
      bytes: bytes(json("archive/2026-01/feed.json", posts.slice(-2))),
      mediaType: "application/feed+json",
    },
    { path: "index.html", bytes: bytes(`<h1>Feeds</h1><p>${newest}</p>`), mediaType: "text/html" },
    {
      path: "media/cover.svg",
      bytes: bytes(`<svg><title>${newest}</title></svg>`),
      mediaType: "image/svg+xml",
    },
    { path: "news-sitemap.xml", bytes: bytes(`<urlset>${newest}</urlset>`), mediaType: "application/xml" },
  ]
    .map(makeSetFile)
    .sort(comparePublishOrder);
}

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A folder that goes away after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "feedwright-test-"));
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A server on the loopback address that goes away after the test; its origin ends without a slash. */
export async function serve(handler: RequestListener): Promise<string> {
  const server: Server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A static web server for a folder. */
export function serveFolder(folder: string): Promise<string> {
  return serve((request, answer) => {
    try {
      const path = new URL(request.url ?? "/", "http://127.0.0.1").pathname;
      const body = readFileSync(join(folder, decodeURIComponent(path)));
      const type = path.endsWith(".json") ? "application/feed+json" : "application/rss+xml";
      answer
        .writeHead(200, { "content-type": type, etag: '"e"', "last-modified": new Date(0).toUTCString() })
        .end(body);
    } catch {
      answer.writeHead(404).end();
    }
  });
}

/** A clock that does not wait, and counts how long it would have. */
export function makeClock(start = newYear) {
  const clock = {
    waited: 0,
    now: () => start + clock.waited,
    sleep: async (ms: number) => {
      clock.waited += ms;
    },
    random: () => 0.5,
  };
  return clock;
}

export function sampleInput(files: readonly SetFile[], more: Partial<PublishInput> = {}): PublishInput {
  return {
    files,
    edition: { source: 0, built: newYear },
    siteUrl: "https://kabar.example/",
    limit: 50,
    posts: [],
    limits: { maxNew: 50, maxBytes: 2_097_152, maxRemoved: 256 },
    services: { hubs: [] },
    verify: false,
    ...more,
  };
}

export function sampleTools(target: Target, more: Partial<PublishTools> = {}): PublishTools {
  const fetch = createGuardedFetch({ allowedHosts: "any", allowPrivate: true, retries: 0, timeoutMs: 2000 });
  return {
    target,
    fetchSite: fetch,
    fetchServices: fetch,
    clock: makeClock(),
    queue: new NotificationQueue(join(temporaryFolder(), "outbox")),
    secrets: [],
    ...more,
  };
}

/** Every file below a folder with its text, by path; state of the program's own left out. */
export function readTree(folder: string): Record<string, string> {
  const tree: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name)
      .slice(folder.length + 1)
      .replaceAll("\\", "/");
    if (!path.startsWith(".feedwright/")) tree[path] = readFileSync(join(folder, path), "utf8");
  }
  return tree;
}

/** What a set looks like in a folder. */
export function treeOf(files: readonly SetFile[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file.path, new TextDecoder().decode(file.read())]));
}

/** A target whose program is this script, told the folder in its first argument; what is public is read over HTTP. */
export function openProgram(
  script: string,
  folder: string,
  site: Pick<Parameters<typeof openCommand>[0], "siteUrl" | "fetchSite" | "files">,
): ReturnType<typeof openCommand> {
  return openCommand({
    run: [process.execPath, "-e", script, folder],
    root: tmpdir(),
    timeoutMs: 10_000,
    environment: process.env,
    remember: true,
    ...site,
  });
}
