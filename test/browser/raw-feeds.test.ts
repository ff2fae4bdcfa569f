import { Feed } from "feed";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { atom1 } from "../../src/formats/atom.ts";
import { rss2 } from "../../src/formats/rss.ts";
import { makeStylesheet, stylesheetHref } from "../../src/formats/site/stylesheet.ts";
import type { OutputFile } from "../../src/model/plan.ts";
import { describeInBrowser, takePicture, visit } from "./browser.ts";

function makeFeeds(language: string, folder: string): OutputFile[] {
  const feed = new Feed({
    id: "https://example.org/",
    title: "Teluk & Bukit",
    description: "Notes from the bay",
    link: "https://example.org/",
    language,
    stylesheet: stylesheetHref(folder),
    feedLinks: { rss: `https://example.org/${folder}rss.xml`, atom: `https://example.org/${folder}atom.xml` },
    updated: new Date("2026-11-22T03:00:00Z"),
  });
  for (const [id, title] of ["The harbour at dawn", "<script>alert(1)</script>", "قهوة الميناء"].entries())
    feed.addItem({
      id: `https://example.org/${id}/`,
      link: `https://example.org/${id}/`,
      title,
      date: new Date("2026-11-22T03:00:00Z"),
      description: "A summary",
      content: "<p>The <b>body</b></p><script>alert(2)</script><img src=x onerror=alert(3)>",
    });
  return [
    { path: `${folder}rss.xml`, mediaType: "application/rss+xml", content: rss2(feed) },
    { path: `${folder}atom.xml`, mediaType: "application/atom+xml", content: atom1(feed) },
    makeStylesheet(language),
  ];
}

const asXml = (files: OutputFile[]): OutputFile[] =>
  files.map((file) => (file.path.endsWith(".xml") ? { ...file, mediaType: "application/xml" } : file));

/** The text that is to be seen, and where it stands. */
const shownText = (page: Page): Promise<string> =>
  page.evaluate(
    "[...document.querySelectorAll('*')].filter((one) => getComputedStyle(one).display !== 'none' && one.children.length === 0 && one.getClientRects().length > 0).map((one) => one.textContent).join('\\n')",
  );
const note = (page: Page): Promise<string> =>
  page.evaluate("getComputedStyle(document.documentElement, '::before').content");

describeInBrowser("raw feeds in Chromium", () => {
  test.each([
    ["rss.xml", ""],
    ["atom.xml", ""],
    ["rss.xml", "tags/kopi/"],
    ["atom.xml", "tags/kopi/"],
  ])("%s in the folder '%s' shows its style, what it is, and no markup", async (name, folder) => {
    const files = asXml(makeFeeds("en", folder));
    const { page, dialogs, requests, origin } = await visit(files, folder + name);
    expect(requests).toEqual([`${origin}/feeds.css`]);
    expect(await note(page)).toContain("This is a feed");
    const text = await shownText(page);
    expect(text).toContain("Teluk & Bukit");
    expect(text).toContain("The harbour at dawn");
    expect(text).toContain("A summary");
    expect(text).not.toMatch(/<b>|alert\(2\)/);
    expect(dialogs).toEqual([]);
    await takePicture(page, `raw-${folder === "" ? "" : "tag-"}${name}`);
  });

  test.each(["rss.xml", "atom.xml"])("%s is read in Arabic and on a phone", async (name) => {
    const { page } = await visit(asXml(makeFeeds("ar", "")), name, {
      viewport: { width: 360, height: 740 },
      colorScheme: "dark",
    });
    expect(await note(page)).toContain("هذه خلاصة");
    expect(await page.evaluate("getComputedStyle(document.documentElement, '::before').direction")).toBe(
      "rtl",
    );
    expect(
      await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"),
    ).toBe(0);
    await takePicture(page, `raw-arabic-${name}`);
  });

  test.each([
    ["rss.xml", "application/rss+xml"],
    ["atom.xml", "application/atom+xml"],
  ])("%s as %s runs nothing; Chromium shows its source", async (name) => {
    const { page, dialogs, requests } = await visit(makeFeeds("en", ""), name);
    expect(dialogs).toEqual([]);
    // docs/hosting.md tells this: a new Chromium that applies the style here makes the page better and that text wrong.
    expect(await page.evaluate("document.contentType")).toBe("text/plain");
    expect(requests).toEqual([]);
  });
});
