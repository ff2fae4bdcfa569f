import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { parse as parseToml } from "smol-toml";
import { describe, expect, onTestFinished, test } from "vitest";
import { makeHeaders } from "../../src/formats/site/headers.ts";
import { makeFolder, writeFiles } from "../support/site.ts";
import { readSnippets } from "./snippets.ts";

const pieces = readSnippets("docs/hosting.md");
const piece = (language: string, start: RegExp): string =>
  pieces.find((one) => one.language === language && start.test(one.code))?.code ?? "";

const documents: Readonly<Record<string, string>> = {
  "rss.xml": "application/rss+xml; charset=utf-8",
  "tags/kopi/rss.xml": "application/rss+xml; charset=utf-8",
  "atom.xml": "application/atom+xml; charset=utf-8",
  "feed.json": "application/feed+json",
  "feeds.opml": "text/x-opml; charset=utf-8",
};
const has = (program: string): boolean => spawnSync(program, ["version"]).error === undefined;

/** Whether a server's test is left out: said aloud here, and never with CI=true, where its absence fails the test. */
function isMissing(program: string): boolean {
  if (has(program) || process.env.CI === "true") return false;
  process.stdout.write(`skipped: what docs/hosting.md says of ${program} (it is not installed)\n`);
  return true;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** The site to serve, and a folder beside it for the server's own files. */
function makeRoot(): { root: string; state: string } {
  const folder = makeFolder();
  const root = join(folder, "site");
  const state = join(folder, "state");
  mkdirSync(state);
  writeFiles(
    root,
    Object.fromEntries(Object.keys(documents).map((path) => [path, `content ${path} `.repeat(200)])),
  );
  return { root, state };
}

async function askUntilUp(url: string, headers: Record<string, string> = {}): Promise<Response> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await fetch(url, { headers });
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function checkAnswers(origin: string, types = documents): Promise<void> {
  for (const [path, type] of Object.entries(types)) {
    const answer = await askUntilUp(`${origin}/${path}`);
    expect([path, answer.status, answer.headers.get("content-type")]).toEqual([path, 200, type]);
    const etag = answer.headers.get("etag") ?? "";
    expect(etag).not.toBe("");
    expect((await askUntilUp(`${origin}/${path}`, { "if-none-match": etag })).status).toBe(304);
  }
  const json = await askUntilUp(`${origin}/feed.json`);
  expect(json.headers.get("access-control-allow-origin")).toBe("*");
  expect(json.headers.get("cache-control")).toBe("public, max-age=900");
  const rss = await askUntilUp(`${origin}/rss.xml`, { "accept-encoding": "gzip" });
  expect(rss.headers.get("content-encoding")).toBe("gzip");
  expect(rss.headers.get("cache-control")).toBe("public, max-age=900");
}

describe("servers", () => {
  test.skipIf(isMissing("nginx"))("nginx sends what docs/hosting.md says", async () => {
    const { root, state } = makeRoot();
    const port = await freePort();
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    const text = `daemon off; master_process off; pid ${state}/pid; error_log ${state}/error.log; events { }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${state}/${name};`).join("\n  ")}
  server {
    listen 127.0.0.1:${port};
    root ${root};
    ${piece("nginx", /^gzip/)}
  }
}`;
    writeFileSync(join(state, "nginx.conf"), text);
    const child = spawn("nginx", ["-p", state, "-c", join(state, "nginx.conf")]);
    let said = "";
    child.stderr.on("data", (part) => {
      said += part;
    });
    onTestFinished(() => {
      child.kill("SIGTERM");
    });
    // The type with which Chromium applies the style of a feed.
    const xml = "application/xml; charset=utf-8";
    const types = { ...documents, "rss.xml": xml, "tags/kopi/rss.xml": xml, "atom.xml": xml };
    await checkAnswers(`http://127.0.0.1:${port}`, types);
    expect(said + readFileSync(join(state, "error.log"), "utf8")).not.toContain("duplicate MIME type");
  });

  test.skipIf(isMissing("caddy"))("Caddy sends what docs/hosting.md says", async () => {
    const { root, state } = makeRoot();
    const port = await freePort();
    const site = piece("text", /^example\.org \{/)
      .replace("example.org {", `http://127.0.0.1:${port} {`)
      .replace("/srv/example.org", root);
    writeFileSync(join(state, "Caddyfile"), `{\n\tadmin off\n\tauto_https off\n}\n${site}`);
    const child = spawn("caddy", ["run", "--adapter", "caddyfile", "--config", join(state, "Caddyfile")], {
      stdio: "ignore",
      env: { ...process.env, HOME: state, XDG_DATA_HOME: state, XDG_CONFIG_HOME: state },
    });
    onTestFinished(() => {
      child.kill("SIGTERM");
    });
    await checkAnswers(`http://127.0.0.1:${port}`);
  });
});

test("rule 24: the `_headers` in the document are those that a build writes", () => {
  const files = ["rss.xml", "tags/a/rss.xml", "tags/b/rss.xml"].map((path) => ({
    path,
    mediaType: "application/rss+xml",
  }));
  expect(makeHeaders(files, "https://example.org/").content).toBe(piece("text", /^\/rss/m));
});

test("the pieces for Netlify and Vercel give each format its type", () => {
  const netlify = parseToml(piece("toml", /headers/)) as {
    headers: { for: string; values: Record<string, string> }[];
  };
  const vercel = JSON.parse(piece("json", /source/)) as {
    headers: { source: string; headers: { key: string; value: string }[] }[];
  };
  for (const path of ["rss.xml", "atom.xml", "feed.json"]) {
    expect(netlify.headers.find((one) => one.for === `/${path}`)?.values["Content-Type"]).toBe(
      documents[path],
    );
    for (const asked of [`/${path}`, `/tags/kopi/${path}`]) {
      const rules = vercel.headers.filter(({ source }) => new RegExp(`^${source}$`).test(asked));
      expect(
        rules
          .flatMap(({ headers }) => headers.filter(({ key }) => key === "Content-Type"))
          .map(({ value }) => value),
      ).toEqual([documents[path]]);
    }
  }
});
