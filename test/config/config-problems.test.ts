import { afterEach, expect, test, vi } from "vitest";
import { resolveConfig } from "../../src/config/resolve-config.ts";
import type { UserConfig } from "../../src/model/config.ts";

afterEach(() => vi.unstubAllEnvs());

/** Everything that is said about a configuration. */
function saidOf(config: unknown): string {
  const { diagnostics } = resolveConfig(config as UserConfig, { root: "/srv/kabar" });
  expect(diagnostics.length).toBeGreaterThan(0);
  return JSON.stringify(diagnostics);
}

const site = { url: "https://kabar.example/", title: "Kabar" };
const secret = "geheim-4711";

test.each<[string, unknown]>([
  ["a URL", { site: { ...site, url: `https://sari:${secret}@kabar.example/` } }],
  ["a URL whose password has a slash", { site: { ...site, url: `https://sari:${secret}/x@kabar.example/` } }],
  ["a URL in a list", { site, websub: { hubs: { first: `https://sari:${secret}@hub.example/` } } }],
  ["a list in place of a text", { site: { ...site, title: [`https://sari:${secret}@kabar.example/`] } }],
  ["a list in a list", { site: { ...site, title: [[[`ftp://${secret}@kabar.example/`]]] } }],
  ["a group in a group", { site: { ...site, title: { a: { b: `https://x:${secret}@kabar.example/` } } } }],
  ["a query", { site: { ...site, title: [`https://hub.example/?mode=a&token=${secret}`] } }],
  ["a query of a plain value", { site: { ...site, url: `ftp://kabar.example/?sig=${secret}#x` } }],
  ["a value under a telling key", { site, publish: { target: { type: "ftp", password: secret } } }],
  ["a list under a telling key", { site, publish: { target: { type: "ftp", apiKeys: [secret] } } }],
  ["a value under a telling key, in a list", { site: { ...site, title: [{ accessToken: secret }] } }],
])("F78: no message shows the secret in %s", (_, config) => {
  expect(saidOf(config)).not.toContain(secret);
});

test("F78: what the environment holds as a secret shows nowhere, wherever the configuration puts it", () => {
  vi.stubEnv("KABAR_TOKEN", "plain-words-4711");
  for (const title of [
    7,
    ["plain-words-4711"],
    { a: "x plain-words-4711 y" },
    { a: ["plain%2Dwords", "plain-words-4711"] },
  ])
    expect(saidOf({ site: { ...site, title } })).not.toContain("words-4711");
  expect(saidOf({ site, publish: { target: "plain-words-4711" } })).not.toContain("words-4711");
  // Not even its beginning, where a long value is cut.
  const long = { site, publish: { target: `${"a".repeat(52)}plain-words-4711` } };
  expect(saidOf(long)).not.toContain("plain");
});

test("what is no secret stays as its writer would recognise it", () => {
  expect(saidOf({ site: { ...site, title: ["https://kabar.example/a?b", "c"] } })).toContain(
    'a list ([\\\\\\"https://kabar.example/a?b'.replaceAll("\\\\", ""),
  );
});
