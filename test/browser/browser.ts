import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, describe, onTestFinished, test } from "vitest";
import type { OutputFile } from "../../src/model/plan.ts";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const isThere = existsSync(executablePath);

/** Tests that need Chromium: skipped with a line where it is missing, failing where CI says that it has to be there. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (isThere) describe(name, tests);
  else if (process.env.CI === "true") {
    test(name, () => {
      throw new Error(`Chromium is not at ${executablePath}; install it, or name another place in CHROMIUM.`);
    });
  } else {
    process.stdout.write(`skipped: ${name} (no Chromium at ${executablePath})\n`);
    describe.skip(name, tests);
  }
}

let browser: Browser | undefined;
afterAll(async () => browser?.close());

async function startBrowser(): Promise<Browser> {
  browser ??= await chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return browser;
}

/** A browser page, and everything it asked for or complained about since it was opened. */
export interface Visit {
  readonly page: Page;
  /** Of the server, without a slash at its end. */
  readonly origin: string;
  /** URLs asked for, the document's own aside. */
  readonly requests: string[];
  readonly complaints: string[];
  readonly dialogs: string[];
}

/** Serves the documents and opens one of them. */
export async function visit(
  documents: readonly OutputFile[],
  path: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const origin = await serve(documents);
  const context = await (await startBrowser()).newContext({
    viewport: { width: 1280, height: 900 },
    permissions: options.javaScriptEnabled === false ? [] : ["clipboard-read", "clipboard-write"],
    ...options,
  });
  const page = await context.newPage();
  onTestFinished(async () => context.close());
  const seen: Visit = { page, origin, requests: [], complaints: [], dialogs: [] };
  const address = `${origin}/${path}`;
  page.on("request", (request) => {
    if (request.url() !== address) seen.requests.push(request.url());
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) seen.complaints.push(message.text());
  });
  page.on("pageerror", (error) => seen.complaints.push(String(error)));
  page.on("dialog", async (dialog) => {
    seen.dialogs.push(dialog.message());
    await dialog.dismiss();
  });
  await page.goto(address, { waitUntil: "load" });
  return seen;
}

async function serve(documents: readonly OutputFile[]): Promise<string> {
  const byPath = new Map(documents.map((one) => [`/${one.path}`, one]));
  const server = createServer((request, response) => {
    const found = byPath.get(new URL(request.url ?? "/", "http://localhost").pathname);
    if (found === undefined) response.writeHead(request.url === "/icon.png" ? 204 : 404).end();
    else response.writeHead(200, { "content-type": `${found.mediaType}; charset=utf-8` }).end(found.content);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Keeps a picture where SCREENSHOTS names a folder; people look at them, tests do not. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder === undefined) return;
  mkdirSync(dirname(`${folder}/${name}`), { recursive: true });
  // Not page.screenshot: in a document that is no HTML it waits for ever.
  const session = await page.context().newCDPSession(page);
  const { cssContentSize } = await session.send("Page.getLayoutMetrics");
  const picture = await session.send("Page.captureScreenshot", {
    captureBeyondViewport: true,
    clip: { ...cssContentSize, scale: 1 },
  });
  writeFileSync(`${folder}/${name}.png`, Buffer.from(picture.data, "base64"));
}
