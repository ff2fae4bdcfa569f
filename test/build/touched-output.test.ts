import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { Site } from "../../src/site/site.ts";
import { makeSite, post, readTree } from "../support/site.ts";

const now = Date.parse("2026-11-23T09:00:00Z");

const deeds: Record<string, (path: string) => void> = {
  deleted: (path) => rmSync(path),
  cut: (path) => writeFileSync(path, ""),
  overwritten: (path) => writeFileSync(path, "mine"),
  lengthened: (path) => appendFileSync(path, " "),
};

test.each(
  Object.keys(deeds).flatMap((deed) => [
    [deed, "between an update and the moment when it is saved"] as const,
    [deed, "between builds"] as const,
    [deed, "before an update of everything"] as const,
  ]),
)("F89: a document that was %s %s is written again", async (deed, when) => {
  for (const name of ["rss.xml", "tags/x/feed.json", "index.html"]) {
    const made = makeSite({ "posts/a.md": post({ tags: ["x"] }) }, { feeds: { tags: true }, page: true });
    const path = join(made.config.out, name);
    const site = new Site(made.config, { saveLater: true });
    const result = await site.update(now);
    const whole = readTree(made.config.out);
    expect(Object.keys(whole)).toContain(name);
    if (when !== "between builds") deeds[deed]?.(path);
    if (when === "before an update of everything") await site.update(now);
    else site.save(result);
    site.close();
    if (when === "between builds") deeds[deed]?.(path);
    if (when !== "before an update of everything")
      expect((await build(made.config, { now })).files.written).toEqual([name]);
    expect(readTree(made.config.out)).toEqual(whole);
  }
});
