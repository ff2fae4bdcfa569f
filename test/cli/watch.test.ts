import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startProgram } from "../support/program.ts";
import { makeSite, post, siteDefaults, writeFiles } from "../support/site.ts";

/** `watch` as people see it: everything it printed, in order. */
class WatchedScreen {
  readonly child: ReturnType<typeof startProgram>;
  text = "";

  constructor(root: string) {
    this.child = startProgram(["watch"], { cwd: root });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream.on("data", (data) => {
        this.text += data;
      });
  }

  /** Waits until a text is on the screen, and forgets what was there up to its end. */
  async see(wanted: string): Promise<string> {
    const deadline = performance.now() + 20_000;
    while (!this.text.includes(wanted)) {
      if (performance.now() > deadline) throw new Error(`waited in vain for ${wanted}:\n${this.text}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const end = this.text.indexOf("\n", this.text.indexOf(wanted)) + 1;
    const seen = this.text.slice(0, end);
    this.text = this.text.slice(end);
    return seen;
  }

  stop(): Promise<number | null> {
    return new Promise((resolve) => {
      this.child.on("close", resolve);
      this.child.kill("SIGINT");
    });
  }
}

const three = {
  "posts/a.md": post({ title: "A" }),
  "posts/b.md": post({ title: "B" }),
  "posts/c.md": post({ title: "C" }),
};

test("each line has the time of day in front; Ctrl-C ends it, says so and exits with 0", async () => {
  const { root } = makeSite(three);
  const screen = new WatchedScreen(root);
  const seen = await screen.see("watching; stop with Ctrl-C");
  expect(await screen.stop()).toBe(0);
  const lines = `${seen}${screen.text}`.trimEnd().split("\n");
  for (const line of lines) expect(line).toMatch(/^\d\d:\d\d:\d\d {2}\S| {4}\S/);
  expect(lines.map((line) => line.slice(10))).toEqual([
    "Site: 3 posts read: 3 published",
    "  written    dist/atom.xml",
    "  written    dist/feed.json",
    "  written    dist/rss.xml",
    expect.stringMatching(/^ {2}\d+ ms$/),
    "watching; stop with Ctrl-C",
    "stopped",
  ]);
});

test("a configuration that breaks is named with its place and what to write, and it is said when it is well again", async () => {
  const { root } = makeSite(three);
  const config = (more: object) =>
    writeFileSync(
      join(root, "feedwright.config.json"),
      JSON.stringify({ site: { ...siteDefaults, ...more }, page: false, feeds: { stylesheet: false } }),
    );
  const screen = new WatchedScreen(root);
  await screen.see("watching");
  config({ timezone: "UTC" });
  const broken = await screen.see("Did you mean");
  expect(broken.split("\n").map((line) => line.slice(10))).toEqual([
    "problem  feedwright.config.json has a problem",
    expect.stringMatching(/^ {2}feedwright\.config\.json:1:\d+ {2}site has no key "timezone"$/),
    '    Did you mean "timeZone"?',
    "",
  ]);
  config({ timeZone: "UTC" });
  expect(await screen.see("The configuration can be used again.")).toMatch(/^\d\d:\d\d:\d\d {2}fixed {2}/);
  expect(await screen.stop()).toBe(0);
});

test("a broken post is counted once, and shown as build shows it", async () => {
  const { root } = makeSite(three, {}, { sound: false });
  const screen = new WatchedScreen(root);
  await screen.see("watching");
  writeFiles(root, { "posts/b.md": post({ title: "B2", date: "2026-02-30" }) });
  const seen = await screen.see("held at");
  expect(seen.split("\n").map((line) => line.slice(10))).toEqual([
    expect.stringMatching(/^error {2}date: "2026-02-30".+ {2}post\/wrong-date$/),
    "  posts/b.md:3:7",
    '    3 | date: "2026-02-30"',
    "              ^",
    expect.stringMatching(/^ {2}Write a date such as/),
    "",
    "1 error",
    "Site: 3 posts read: 3 published, 1 held at the version that readers have",
    "",
  ]);
  writeFiles(root, { "posts/b.md": post({ title: "B2" }) });
  expect(await screen.see("posts read")).toContain("Site: 3 posts read: 3 published\n");
  expect(await screen.stop()).toBe(0);
});
