import { expect, test } from "vitest";
import { parse } from "yaml";
import { resolveConfig } from "../../src/config/load-config.ts";
import { configSchema } from "../../src/config/schema.ts";
import { listKeys } from "./schema-keys.ts";
import { codesIn, readDocument, readRows } from "./snippets.ts";

/** Groups that are the same in several places have rows once. */
const isRepeated = (key: string): boolean =>
  /^feeds\.(?:authors|sections|languages)\.|^feeds\.custom\[\]\.podcast\./.test(key);
const keys = listKeys(configSchema).filter(({ key }) => !isRepeated(key));
/** Key, type, default, example, what it is for. */
const rows = readRows(readDocument("docs/configuration.md"))
  .filter((cells) => cells.length === 5)
  .map(([key = "", type = "", fallback = "", example = ""]) => ({
    key: codesIn(key)[0] ?? "",
    type,
    fallback,
    example: codesIn(example)[0],
  }));
const isGroup = (key: string): boolean =>
  keys.some((other) => other.key.startsWith(`${key}.`) || other.key.startsWith(`${key}[].`));
/** Groups that may also be a single value have a row of their own. */
const leaves = keys.filter(
  ({ key, fallback }) => !isGroup(key) || (fallback !== undefined && typeof fallback !== "object"),
);

test("every key of the configuration has a row", () => {
  const written = rows.map(({ key }) => key);
  expect(leaves.map(({ key }) => key).filter((key) => !written.includes(key))).toEqual([]);
});

test("no row names an unknown key, and none appears twice", () => {
  const known = keys.map(({ key }) => key);
  const written = rows.map(({ key }) => key);
  expect(written.filter((key) => !known.includes(key))).toEqual([]);
  expect(written.filter((key, index) => written.indexOf(key) !== index)).toEqual([]);
});

test("every row gives the type and the default of its key", () => {
  const wrong = rows.filter(({ key, type, fallback }) => {
    const is = keys.find((one) => one.key === key)?.fallback;
    if (type === "") return true;
    // Words around it say where the value comes from instead.
    const written = /^`([^`]+)`$/.exec(fallback)?.[1];
    if (is === undefined || (typeof is === "object" && Object.keys(is as object).length === 0))
      return written !== undefined && written !== "[]" && written !== "{}";
    return written === undefined || JSON.stringify(parse(written)) !== JSON.stringify(is);
  });
  expect(wrong).toEqual([]);
});

/** What has to stand beside a key so that its group is whole. */
const beside: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  site: { url: "https://example.org/", title: "Example", description: "An example." },
  "site.authors.<key>": { name: "Sari Wulandari" },
  "permalinks[]": { pattern: "/:slug/" },
  "feeds.custom[]": { name: "sports" },
  "feeds.custom[].where.field": { key: "series" },
  "feeds.maxBytes": { bytes: 1_000_000 },
  podcast: { image: "/show.jpg", category: "Technology", explicit: false },
  "podcast.owner": { email: "radio@example.org" },
  "podcast.persons[]": { name: "Sari Wulandari" },
  "podcast.funding[]": { url: "https://example.org/support/", text: "Support the show" },
  "podcast.license": { name: "House rules", url: "https://example.org/licence/" },
  "podcast.txt[]": { text: "verify-me-123" },
  news: { publication: "Kabar Pesisir" },
  "check.ignore[]": { code: "html/relative", file: "posts/old.md", reason: "imported" },
  "publish.indexnow": { key: "0123456789abcdef" },
};
const targets: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  path: { type: "directory" },
  remote: { type: "git", branch: "gh-pages" },
  branch: { type: "git" },
  prefix: { type: "git", branch: "gh-pages" },
  author: { type: "git", branch: "gh-pages" },
  message: { type: "git", branch: "gh-pages" },
  bucket: { type: "s3" },
  region: { type: "s3", bucket: "example-feeds" },
  endpoint: { type: "s3", bucket: "example-feeds" },
  cacheControl: { type: "s3", bucket: "example-feeds" },
  run: { type: "command" },
  timeout: { type: "command", run: ["true"] },
  remember: { type: "command", run: ["true"] },
  type: { path: "../elsewhere" },
};

test.each(rows.filter(({ example }) => example !== undefined).map(({ key, example }) => [key, example]))(
  "the example of %s is taken: %s",
  (key = "", example = "") => {
    const { diagnostics } = resolveConfig(put(key, parse(example)), { root: "/site" });
    expect(diagnostics.map(({ message }) => message)).toEqual([]);
  },
);

test("a key without an example is a function or needs none", () => {
  const bare = rows.filter(({ example, type }) => example === undefined && !type.includes("function"));
  expect(bare.map(({ key }) => key)).toEqual([]);
});

/** A whole configuration around one value. */
function put(path: string, value: unknown): Record<string, unknown> {
  const whole: Record<string, unknown> = { site: { ...beside.site } };
  let at: Record<string, unknown> = whole;
  let walked = "";
  const parts = path.split(".");
  for (const [index, part] of parts.entries()) {
    const isList = part.endsWith("[]");
    const name = part === "<key>" ? "sari" : part.replace("[]", "");
    walked = walked === "" ? part : `${walked}.${part}`;
    if (index === parts.length - 1) {
      at[name] = value;
      break;
    }
    const target = walked === "publish.target" ? targets[parts.at(-1) ?? ""] : undefined;
    const next = { ...(at[name] as object | undefined), ...(target ?? beside[walked]) };
    at[name] = isList ? [next] : next;
    at = next as Record<string, unknown>;
  }
  return whole;
}
