import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test, vi } from "vitest";
import { createGuardedFetch, type FetchGuard, showUrl } from "../../src/net/guarded-fetch.ts";

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(handler: RequestListener, make: (handler: RequestListener) => Server = createServer) {
  const server = make(handler);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const waits: number[] = [];
const fastClock = {
  now: () => Date.now(),
  sleep: async (ms: number) => void waits.push(ms),
  random: () => 0.5,
};

function fetcher(hosts: readonly string[] | "any", more: Partial<FetchGuard> = {}) {
  waits.length = 0;
  return createGuardedFetch({ allowedHosts: hosts, allowPrivate: true, clock: fastClock, ...more });
}

test("an allowed host answers with status, headers and bytes", async () => {
  const host = await listen((_, answer) => answer.writeHead(201, { etag: '"x"' }).end("hello"));
  const got = await fetcher([host])(`http://${host}/a?b#c`);
  expect(got.status).toBe(201);
  expect(got.headers.get("etag")).toBe('"x"');
  expect(Buffer.from(got.body).toString()).toBe("hello");
  expect(got).toMatchObject({ tries: 1, redirects: [] });
});

test("requests go only to configured hosts", async () => {
  const seen = vi.fn();
  const host = await listen((_, answer) => {
    seen();
    answer.end();
  });
  await expect(fetcher(["example.org"])(`http://${host}/`)).rejects.toThrow(
    /not one of the configured hosts/,
  );
  await expect(fetcher([host.replace(/\d+$/, "1")])(`http://${host}/`)).rejects.toThrow(
    /not one of the configured hosts/,
  );
  expect(seen).not.toHaveBeenCalled();
});

test.each(["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "data:text/plain,x", "no url"])(
  "%s is refused",
  async (url) => {
    await expect(fetcher("any")(url)).rejects.toMatchObject({ code: "network" });
  },
);

test.each([
  "http://HOST/",
  "http://2130706433:PORT/",
  "http://0x7f.1:PORT/",
  "http://[::ffff:127.0.0.1]:PORT/",
  "http://localhost.:PORT/",
])("F77: %s is refused without --allow-private", async (pattern) => {
  const seen = vi.fn();
  const host = await listen((_, answer) => {
    seen();
    answer.end();
  });
  const url = pattern.replace("HOST", host).replace("PORT", host.split(":")[1] ?? "");
  await expect(fetcher("any", { allowPrivate: false })(url)).rejects.toThrow(/private address/);
  expect(seen).not.toHaveBeenCalled();
});

test("F76: a name that leads to a private address is refused on the connection", async () => {
  const seen = vi.fn();
  const host = await listen((_, answer) => {
    seen();
    answer.end();
  });
  const get = fetcher("any", {
    allowPrivate: false,
    retries: 0,
    resolve: async () => [{ address: "127.0.0.1", family: 4 }],
  });
  await expect(get(`http://rebind.example:${host.split(":")[1]}/`)).rejects.toThrow(/private address/);
  expect(seen).not.toHaveBeenCalled();
});

test("an allowed name is looked up and reached", async () => {
  const host = await listen((request, answer) => answer.end(request.headers.host));
  const name = `kabar.example:${host.split(":")[1]}`;
  const get = fetcher([name], {
    resolve: async () => [
      { address: "::1", family: 6 },
      { address: "127.0.0.1", family: 4 },
    ],
  });
  expect(Buffer.from((await get(`http://${name}/`)).body).toString()).toBe(name);
});

test("F76: a redirect out of the allowed hosts is not followed", async () => {
  const seen = vi.fn();
  const other = await listen((_, answer) => {
    seen();
    answer.end();
  });
  const host = await listen((_, answer) => answer.writeHead(302, { location: `http://${other}/` }).end());
  await expect(fetcher([host])(`http://${host}/`)).rejects.toThrow(/not one of the configured hosts/);
  expect(seen).not.toHaveBeenCalled();
});

test("F76: headers that could be secrets do not cross to another origin, and stay within one", async () => {
  const got: Record<string, string | string[] | undefined>[] = [];
  const other = await listen((request, answer) => {
    got.push(request.headers);
    answer.end("there");
  });
  const host = await listen((request, answer) => {
    got.push(request.headers);
    answer.writeHead(302, { location: request.url === "/" ? "/next" : `http://${other}/` }).end();
  });
  const headers = { Authorization: "Bearer canary", "x-api-key": "canary", accept: "text/plain" };
  const answer = await fetcher([host, other])(`http://${host}/`, { headers });
  expect(got.map((each) => each.authorization)).toEqual(["Bearer canary", "Bearer canary", undefined]);
  expect(got.map((each) => each["x-api-key"])).toEqual(["canary", "canary", undefined]);
  expect(got[2]?.accept).toBe("text/plain");
  expect(answer.redirects.map((each) => each.status)).toEqual([302, 302]);
});

test("a redirect loop ends", async () => {
  const host = await listen((_, answer) => answer.writeHead(301, { location: "/" }).end());
  await expect(fetcher([host])(`http://${host}/`)).rejects.toThrow(/more than 5 redirects/);
});

test("303 after POST becomes GET without its body; 307 keeps both", async () => {
  const got: string[] = [];
  const host = await listen(async (request, answer) => {
    let body = "";
    for await (const piece of request) body += String(piece);
    got.push(`${request.method} ${request.url} ${body}`);
    if (request.url === "/303" || request.url === "/307")
      answer.writeHead(Number(request.url.slice(1)), { location: "/end" });
    answer.end();
  });
  await fetcher([host])(`http://${host}/303`, { method: "POST", body: "a=1" });
  await fetcher([host])(`http://${host}/307`, { method: "POST", body: "a=1" });
  expect(got).toEqual(["POST /303 a=1", "GET /end ", "POST /307 a=1", "POST /end a=1"]);
});

test("F76: a body is capped, also when it is small on the wire", async () => {
  const host = await listen((request, answer) => {
    if (request.url === "/gzip")
      answer.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(1 << 20)));
    else answer.end(Buffer.alloc(70_000));
  });
  const get = fetcher([host], { maxBytes: 65_536 });
  await expect(get(`http://${host}/`)).rejects.toThrow(/larger than 65536 bytes/);
  await expect(get(`http://${host}/gzip`)).rejects.toThrow(/larger than 65536 bytes/);
  await expect(fetcher([host])(`http://${host}/gzip`)).resolves.toMatchObject({ status: 200 });
});

test("F74: 429 and 5xx are tried again, and Retry-After is obeyed", async () => {
  const statuses = [429, 503, 200];
  const host = await listen((_, answer) =>
    answer.writeHead(statuses.shift() ?? 500, { "retry-after": "3" }).end(),
  );
  const got = await fetcher([host])(`http://${host}/`);
  expect(got).toMatchObject({ status: 200, tries: 3 });
  expect(waits).toEqual([3000, 3000]);
});

test("F74: a Retry-After beyond the time limit is handed to the caller instead of waited for", async () => {
  const host = await listen((_, answer) => answer.writeHead(429, { "retry-after": "86400" }).end());
  const got = await fetcher([host])(`http://${host}/`);
  expect(got).toMatchObject({ status: 429, tries: 1 });
  expect(waits).toEqual([]);
});

test("F74: a server that never answers meets the time limit", async () => {
  const host = await listen(() => {});
  const before = Date.now();
  await expect(fetcher([host], { timeoutMs: 150 })(`http://${host}/`)).rejects.toThrow(
    /no answer within 0.15 s/,
  );
  expect(Date.now() - before).toBeLessThan(2000);
});

test("F74: a server that sends one byte at a time meets the same limit", async () => {
  const host = await listen((_, answer) => {
    const drip = setInterval(() => answer.write("x"), 20);
    answer.on("close", () => clearInterval(drip));
  });
  await expect(fetcher([host], { timeoutMs: 200 })(`http://${host}/`)).rejects.toThrow(/no answer within/);
});

test("a broken connection is tried again", async () => {
  let times = 0;
  const host = await listen((request, answer) => {
    times += 1;
    if (times < 3) request.socket.destroy();
    else answer.end("ok");
  });
  expect(await fetcher([host])(`http://${host}/`)).toMatchObject({ status: 200, tries: 3 });
});

test("F81: an untrusted certificate is an error, whatever the environment says", async () => {
  const seen = vi.fn();
  const host = await listen(
    (_, answer) => {
      seen();
      answer.end();
    },
    (handler) => createTlsServer({ key, cert }, handler),
  );
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
  try {
    await expect(fetcher([host])(`https://${host}/`)).rejects.toThrow(/certificate or TLS is not valid/);
  } finally {
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  }
  expect(seen).not.toHaveBeenCalled();
});

test("F78: no message carries a query, a password or a header", async () => {
  const get = fetcher("any", { retries: 0 });
  for (const url of [
    "http://127.0.0.1:1/p?token=canary-1",
    "http://user:canary-1@127.0.0.1:1/",
    "nonsense canary-1",
  ]) {
    const error = await get(url, { headers: { authorization: "canary-1" } }).catch(
      (thrown: unknown) => thrown,
    );
    expect(
      JSON.stringify([error, String(error), String((error as Error).cause), (error as Error).stack]),
    ).not.toContain("canary");
  }
  expect(showUrl("https://a.example/p?q=1#f")).toBe("https://a.example/p");
});

/** A key and a self-signed certificate for 127.0.0.1, made for this test alone. */
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgVwl+or5Hr4TPR+Lw
B3Bkyr4je9b/PWh6/FwWRsdabvChRANCAATyITNrOxEj3uqsLCI/0RZ+2S3EFlPO
Xaz5JM5D0G6YruS3zDaVYRTo26PQ2hmjWOtzFJx5FqP55VZo9Wwv8zVG
-----END PRIVATE KEY-----`;
const cert = `-----BEGIN CERTIFICATE-----
MIIBkDCCATagAwIBAgIUH5Pddfq6OyTeV7rISGPHq6wsLgMwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzEyMzM0NVoYDzIxMjYxMDMw
MTIzMzQ1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATyITNrOxEj3uqsLCI/0RZ+2S3EFlPOXaz5JM5D0G6YruS3zDaVYRTo
26PQ2hmjWOtzFJx5FqP55VZo9Wwv8zVGo2QwYjAdBgNVHQ4EFgQUgfRHigrFcgFf
7W4P2zlce08W5JgwHwYDVR0jBBgwFoAUgfRHigrFcgFf7W4P2zlce08W5JgwDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUC
IBXYsqybLDgmhSGZ7mC4iM9bu3qo81nhFoF9aC0mShPeAiEA4SunITfGwAif3M5s
i6jXBf1K+hacM6Oj9+apXx1X9Ok=
-----END CERTIFICATE-----`;
