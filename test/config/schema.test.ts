import { describe, expect, test } from "vitest";
import { resolveConfig } from "../../src/config/load-config.ts";

const site = { url: "https://kabar.example/", title: "Kabar" };
const resolve = (more: object) => resolveConfig({ site, ...more }, { root: "/kabar" });
const hints = (more: object) => resolve(more).diagnostics.map(({ message, hint }) => `${message} ${hint}`);

describe("the landing page", () => {
  test("is on by default, and off when the site says so", () => {
    expect(resolve({}).config?.page).toEqual({ path: "index.html" });
    expect(resolve({ page: true }).config?.page).toEqual({ path: "index.html" });
    expect(resolve({ page: false }).config?.page).toBe(false);
  });

  test("takes another place and another writer", () => {
    const render = () => "<p>ours</p>";
    expect(resolve({ page: { path: "subscribe/index.html", render } }).config?.page).toEqual({
      path: "subscribe/index.html",
      render,
    });
    expect(resolve({ page: {} }).config?.page).toEqual({ path: "index.html" });
  });

  test.each(["../index.html", "/index.html", "a//b.html", "a/../b.html", "./index.html", "index.php", "", 7])(
    "the path %j is an error at its key",
    (path) => {
      expect(hints({ page: { path } }).join()).toMatch(/page\.path/);
    },
  );

  test("what is neither true, false nor a group is an error", () => {
    expect(hints({ page: "yes" }).join()).toMatch(/page.*true, false, or \{ path, render \}/);
    expect(hints({ page: { render: "<p>" } }).join()).toMatch(/page\.render.*function/);
    expect(hints({ page: { title: "x" } }).join()).toMatch(/title/);
  });
});

test.each(["opml", "menu", "links", "stylesheet"])("feeds.%s is true or false", (key) => {
  const feeds = (value: unknown) => resolve({ feeds: { [key]: value } });
  expect(feeds(true).config?.feeds).toMatchObject({ [key]: true });
  expect(feeds(false).config?.feeds).toMatchObject({ [key]: false });
  expect(feeds("yes").diagnostics[0]?.message).toContain(`feeds.${key}`);
});

test.each(["sitemap", "headers"])("%s is true or false", (key) => {
  expect(resolve({ [key]: true }).config).toMatchObject({ [key]: true });
  expect(resolve({ [key]: 1 }).diagnostics[0]?.message).toContain(key);
});
