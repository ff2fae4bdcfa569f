import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { expect, test } from "vitest";
import { digestOf } from "../../../src/publish/plan/file-set.ts";
import { serve, temporaryFolder } from "../sample-set.ts";

/** One file of plain JavaScript starts in no time; the moments to be killed in are the publish's own. */
async function bundleChild(): Promise<string> {
  const outDir = temporaryFolder();
  await build({
    configFile: false,
    logLevel: "silent",
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL("./publish-child.ts", import.meta.url)),
      outDir,
      emptyOutDir: false,
      target: "node20",
      rollupOptions: { output: { entryFileNames: "child.mjs" } },
    },
  });
  return join(outDir, "child.mjs");
}

/** Runs one publish in a process of its own; with `killAfter`, kills it that many milliseconds after it begins. */
function runChild(script: string, args: readonly string[], killAfter?: number): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "inherit"] });
    let out = "";
    child.stdout.on("data", (piece: Buffer) => {
      if (out === "" && killAfter !== undefined) setTimeout(() => child.kill("SIGKILL"), killAfter);
      out += piece.toString();
    });
    child.on("close", () => resolve(out));
  });
}

const rounds = Number(process.env.ROUNDS ?? 24);

test("the outbox survives kill -9 at any moment: no notification is lost, none is sent for bytes that were never public", {
  timeout: 60_000 + rounds * 1000,
}, async () => {
  const folder = temporaryFolder();
  const state = temporaryFolder();
  let isOpen = false;
  const origin = await serve((request, answer) => {
    const path = join(folder, new URL(request.url ?? "/", "http://127.0.0.1").pathname);
    if (isOpen && existsSync(path)) answer.end(readFileSync(path));
    else answer.writeHead(404).end();
  });
  const siteUrl = `${origin}/`;
  const told: { topic: string; digest: string }[] = [];
  const hub = await serve(async (request, answer) => {
    let body = "";
    for await (const piece of request) body += String(piece);
    const topic = new URLSearchParams(body).get("hub.url") ?? "";
    told.push({ topic, digest: digestOf(readFileSync(join(folder, new URL(topic).pathname))) });
    setTimeout(() => answer.writeHead(204).end(), 5);
  });
  const waiting = () => readdirSync(join(state, "outbox")).filter((name) => name.endsWith(".json"));
  const script = await bundleChild();
  let killed = 0;
  for (let round = 1; round <= rounds; round++) {
    // A number of posts of its own each round, so that every round has something to tell.
    const out = await runChild(
      script,
      [folder, state, siteUrl, hub, String(round)],
      round === 6 ? 2500 : (round * 17) % 130,
    );
    if (!out.includes("{")) killed += 1;
    if (round === 6) {
      // So far nothing was to be seen in public: nobody was told, and everything waits.
      expect(told).toEqual([]);
      expect(waiting()).toHaveLength(3);
      isOpen = true;
    }
  }
  expect(killed).toBeGreaterThan(rounds / 4);
  const last = await runChild(script, [folder, state, siteUrl, hub, String(rounds)]);
  expect(JSON.parse(last.split("\n")[1] ?? "")).toMatchObject({ pending: [], unproved: [] });
  expect(waiting()).toEqual([]);
  for (const path of ["feed.json", "tags/a/feed.json", "tags/b/feed.json"]) {
    const digest = digestOf(readFileSync(join(folder, path)));
    expect(told).toContainEqual({ topic: `${siteUrl}${path}`, digest });
  }
});
