// A document is checked where it is served: a server of our own says what each test needs.
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { checkUrl } from "../../src/check/check-url.ts";
import { channel } from "./rules/examples/documents.ts";

const now = Date.UTC(2026, 10, 23, 9);
const plain = channel("");

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A feed whose self link is where it is served. */
function feedAt(base: string, path = "/rss.xml", padding = ""): string {
  return plain
    .replace(/(<atom:link[^>]*href=")[^"]*/, `$1${base}${path}`)
    .replace("</channel>", `${padding}</channel>`);
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  headers: Record<string, string>,
  body: string,
): void {
  const sound = {
    "content-type": "application/rss+xml",
    etag: '"1"',
    "cache-control": "max-age=900",
    ...headers,
  };
  const kept = Object.fromEntries(Object.entries(sound).filter(([, value]) => value !== ""));
  if (kept.etag !== undefined && request.headers["if-none-match"] === kept.etag)
    response.writeHead(304).end();
  else if (kept["content-encoding"] === "gzip") response.writeHead(200, kept).end(gzipSync(body));
  else response.writeHead(200, kept).end(body);
}

async function codesFor(
  headers: Record<string, string>,
  body = (base: string) => feedAt(base),
): Promise<string[]> {
  let base = "";
  base = await serve((request, response) => answer(request, response, headers, body(base)));
  const { findings } = await checkUrl(`${base}/rss.xml`, { now, allowPrivate: true });
  return findings.map(({ code }) => code);
}

const long = `<!--${"x".repeat(3000)}-->`;

test("a feed that is served well has nothing said of it", async () => {
  expect(await codesFor({})).toEqual([]);
  expect(await codesFor({ "content-encoding": "gzip" }, (base) => feedAt(base, "/rss.xml", long))).toEqual(
    [],
  );
});

test.each([
  ["http/media-type", { "content-type": "text/html" }],
  ["http/media-type", { "content-type": "" }],
  ["xml/charset-conflict", { "content-type": "application/rss+xml; charset=iso-8859-1" }],
  ["http/validators", { etag: "" }],
  ["http/last-modified", { "last-modified": "Wed, 21 Oct 2099 07:28:00 GMT" }],
  ["http/last-modified", { "last-modified": "yesterday" }],
  ["http/not-modified", { etag: "", "last-modified": "Wed, 21 Oct 2015 07:28:00 GMT" }],
  ["http/cache", { "cache-control": "" }],
  ["http/cache", { "cache-control": "no-store" }],
  ["http/cache", { "cache-control": "public, max-age=604800" }],
])("%s: %o", async (code, headers) => {
  expect(await codesFor(headers)).toContain(code);
});

test.each<Record<string, string>>([
  { "cache-control": "no-cache" },
  { "cache-control": "", expires: "Wed, 21 Oct 2026 07:28:00 GMT" },
])("%o is a cache lifetime", async (headers) => {
  expect(await codesFor(headers)).toEqual([]);
});

test("http/compression: a long feed that is sent as it is", async () => {
  expect(await codesFor({}, (base) => feedAt(base, "/rss.xml", long))).toEqual(["http/compression"]);
});

test("http/charset: JSON in another charset", async () => {
  const json = (base: string) =>
    JSON.stringify({
      version: "https://jsonfeed.org/version/1.1",
      title: "T",
      home_page_url: base,
      feed_url: `${base}/rss.xml`,
      language: "en",
      items: [],
    });
  expect(await codesFor({ "content-type": "application/feed+json" }, json)).toEqual([]);
  expect(await codesFor({ "content-type": "application/feed+json; charset=latin1" }, json)).toContain(
    "http/charset",
  );
});

test("the self link has to be the address, before or after redirects", async () => {
  expect(await codesFor({}, () => feedAt("https://elsewhere.example"))).toEqual(["atom/self-mismatch"]);
  let base = "";
  base = await serve((request, response) => {
    if (request.url === "/old.xml") response.writeHead(301, { location: "/rss.xml" }).end();
    else if (request.url === "/way.xml") response.writeHead(302, { location: "/way2.xml" }).end();
    else answer(request, response, {}, feedAt(base, request.url === "/way2.xml" ? "/way.xml" : "/rss.xml"));
  });
  const codes = async (path: string) =>
    (await checkUrl(base + path, { now, allowPrivate: true })).findings.map(({ code }) => code);
  expect(await codes("/old.xml")).toEqual(["http/moved"]);
  expect(await codes("/way.xml")).toEqual(["http/redirect"]);
});

test("http/status: an answer that is not 200 is not looked into", async () => {
  const base = await serve((_, response) =>
    response.writeHead(410, { "content-type": "text/html" }).end("<p>Gone"),
  );
  const { findings } = await checkUrl(`${base}/rss.xml`, { now, allowPrivate: true });
  expect(findings).toMatchObject([
    { code: "http/status", severity: "error", message: "The address answers 410." },
  ]);
});

test("http/unreachable: no answer, too much of one, or redirects without end", async () => {
  const base = await serve((request, response) => {
    if (request.url === "/long") response.end(Buffer.alloc(16 * 1024 * 1024));
    else if (request.url === "/loop") response.writeHead(302, { location: "/loop" }).end();
  });
  const codes = async (path: string) =>
    (await checkUrl(base + path, { now, allowPrivate: true, timeoutMs: 1500 })).findings.map(
      ({ code }) => code,
    );
  expect(await codes("/long")).toEqual(["http/unreachable"]);
  expect(await codes("/loop")).toEqual(["http/unreachable"]);
  expect(await codes("/silent")).toEqual(["http/unreachable"]);
});

test("F76: private addresses are not asked unless that is allowed", async () => {
  let asked = 0;
  const base = await serve((_, response) => {
    asked += 1;
    response.end();
  });
  await expect(checkUrl(`${base}/rss.xml`, { now })).rejects.toMatchObject({
    code: "network",
    hint: expect.stringContaining("--allow-private"),
  });
  await expect(checkUrl("http://user:secret@site.example/", { now })).rejects.toMatchObject({
    code: "network",
  });
  expect(asked).toBe(0);
});

test("a query is not repeated in findings: it may hold a token", async () => {
  const base = await serve((request, response) => {
    if (request.url?.startsWith("/rss.xml")) answer(request, response, {}, feedAt(base));
    else response.writeHead(404).end();
  });
  for (const [path, code] of [
    ["/rss.xml?token=secret", "atom/self-mismatch"],
    ["/none?token=secret", "http/status"],
  ]) {
    const { findings } = await checkUrl(base + path, { now, allowPrivate: true });
    expect(findings.map((one) => one.code)).toEqual([code]);
    expect(JSON.stringify(findings)).not.toContain("secret");
  }
});
