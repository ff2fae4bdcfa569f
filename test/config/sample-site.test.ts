import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load-config.ts";

test("the sample site's configuration loads, and its folders and images are there", async () => {
  const root = resolve(import.meta.dirname, "../..");
  const config = await loadConfig({ root });
  expect(config.site).toMatchObject({ url: "https://kabarmuara.example/", timeZone: "Asia/Jakarta" });
  const assets = config.assets.dir ?? "";
  for (const url of [config.site.image ?? "", config.site.icon ?? ""])
    expect(existsSync(resolve(assets, new URL(url).pathname.slice(1)))).toBe(true);
  expect(existsSync(config.posts.dir)).toBe(true);
});
