import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { makePage } from "../../src/formats/page/page.ts";
import { describeInBrowser, takePicture, visit } from "./browser.ts";
import { headOf, mixedFeeds, siteFeedHead, siteIn, somePosts } from "./sites.ts";

const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

interface AxeFinding {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe-core finds, best practices and WCAG 2.2 AA included. */
async function findBarriers(page: Page): Promise<string[]> {
  // The page's policy lets no other script in; evaluation by the debugger is not subject to it.
  await page.evaluate((await import("node:fs")).readFileSync(axePath, "utf8"));
  const found = (await page.evaluate(
    "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })",
  )) as { violations: AxeFinding[] };
  return found.violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id} (${impact}): ${html} ${failureSummary}`),
  );
}

const openAll = (page: Page) =>
  page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");

/** Wider than the window means that a phone scrolls sideways. */
const overflow = (page: Page): Promise<unknown> =>
  page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");

describeInBrowser("the landing page in Chromium", () => {
  test("every feed has a copy button that copies its public address and says so", async () => {
    const { page, complaints } = await visit(makePage(mixedFeeds, somePosts(3), siteIn("en")), "index.html");
    await openAll(page);
    const expectCopied = async (label: string, url: string) => {
      await page.getByRole("button", { name: label, exact: true }).click();
      // The line still shows the address before until this one is said.
      await expect.poll(() => page.getByRole("status").textContent()).toBe(`Copied: ${url}`);
      expect(await page.evaluate("navigator.clipboard.readText()")).toBe(url);
    };
    await expectCopied("Copy address: Teluk & Bukit, RSS", "https://example.org/rss.xml");
    await expectCopied("Copy address: Teluk & Bukit, Atom", "https://example.org/atom.xml");
    await expectCopied("Copy address: Teluk & Bukit, JSON Feed", "https://example.org/feed.json");
    await expectCopied("Copy address: ferry, RSS", "https://example.org/tags/ferry/rss.xml");
    expect(await page.getByRole("button").count()).toBe(3 + mixedFeeds.length - 1);
    expect(complaints).toEqual([]);
  });

  test("copying works where the browser keeps the clipboard to itself", async () => {
    const { page } = await visit(makePage(mixedFeeds, [], siteIn("en")), "index.html");
    await page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))");
    await page.getByRole("button", { name: "Copy address: Teluk & Bukit, RSS" }).click();
    await expect.poll(() => page.getByRole("status").textContent()).toContain("rss.xml");
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe("https://example.org/rss.xml");
  });

  test("copying works by keyboard, and the focus stays on the button", async () => {
    const { page } = await visit(makePage(mixedFeeds, [], siteIn("en")), "index.html");
    const button = page.getByRole("button", { name: "Copy address: Teluk & Bukit, RSS" });
    await button.focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByRole("status").textContent()).toContain("Copied");
    expect(await button.evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true);
  });

  test("asks nobody but its own site for anything", async () => {
    const { requests, complaints } = await visit(
      makePage(mixedFeeds, somePosts(10), siteIn("en", { icon: "https://cdn.example.net/icon.png" })),
      "index.html",
    );
    expect(requests).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test("works without a script: addresses, reader links and lists are there", async () => {
    const { page } = await visit(makePage(mixedFeeds, somePosts(3), siteIn("en")), "index.html", {
      javaScriptEnabled: false,
    });
    await expect(page.getByText("https://example.org/atom.xml", { exact: true }).isVisible()).resolves.toBe(
      true,
    );
    await page.getByText("Tags (2)").click();
    await expect(page.getByText("ferry").isVisible()).resolves.toBe(true);
    expect(await page.getByRole("link", { name: "Feedly" }).first().getAttribute("href")).toBe(
      "https://feedly.com/i/subscription/feed%2Fhttps%3A%2F%2Fexample.org%2Frss.xml",
    );
    expect(await page.getByRole("button").count()).toBe(0);
  });

  test("where the page has no room for reader links, the script makes them", async () => {
    const feeds = [siteFeedHead(), ...Array.from({ length: 60 }, (_, i) => headOf("tag", `tag ${i} & more`))];
    const { page } = await visit(makePage(feeds, [], siteIn("en")), "index.html");
    await openAll(page);
    const row = page.locator(".feeds > li", { hasText: "tag 7 & more" });
    const url = "https://example.org/tags/tag-7-%26-more/rss.xml";
    expect(await row.getByRole("link", { name: "Inoreader" }).getAttribute("href")).toBe(
      `https://www.inoreader.com/?add_feed=${encodeURIComponent(url)}`,
    );
    expect(await row.getByRole("link", { name: "App on this device" }).getAttribute("href")).toBe(
      `feed:${url}`,
    );
  });

  test("200 feeds in the shortest form have buttons and reader links too, and stand in nobody's way", async () => {
    const feeds = [siteFeedHead(), ...Array.from({ length: 200 }, (_, i) => headOf("tag", `tag ${i}`))];
    const { page } = await visit(makePage(feeds, somePosts(10), siteIn("en")), "index.html", {
      viewport: { width: 360, height: 800 },
    });
    expect(await page.locator(".feeds > li").count()).toBe(200);
    await openAll(page);
    await page.getByRole("button", { name: "Copy address: tag 199", exact: true }).click();
    await expect
      .poll(() => page.evaluate("navigator.clipboard.readText()"))
      .toBe("https://example.org/tags/tag-199/rss.xml");
    expect(await findBarriers(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await page.setViewportSize({ width: 900, height: 800 });
    await takePicture(page, "200-feeds");
  });

  const hostile = [
    '<img src=x onerror="alert(1)">',
    "</script><script>alert(2)</script>",
    "</title><script>alert(3)</script>",
    '" onmouseover="alert(4)',
    "' autofocus onfocus='alert(5)",
    "<!--<script>alert(6)//-->",
    "{{constructor.constructor('alert(7)')()}}",
    "</style><svg onload=alert(8)>",
    "\u202Egnp.exe\u0000\uFFFE]]>",
    "javascript:alert(9)",
  ];

  test("titles, names and addresses that attack run nothing and stay text", async () => {
    const feeds = hostile.map((title, i) =>
      headOf("tag", `t${i}`, { title, description: title, language: title }),
    );
    const posts = somePosts(hostile.length, (i) => ({ title: hostile[i] ?? "", language: "en" }));
    const attack = hostile.join(" ");
    const { page, dialogs, complaints, requests } = await visit(
      makePage(
        [siteFeedHead({ title: attack }), ...feeds],
        [
          ...posts.slice(0, 9),
          ...somePosts(1, () => ({ url: "javascript:alert(10)", title: "bad address" })),
        ],
        siteIn("en", {
          title: attack,
          description: attack,
          copyright: attack,
          icon: "https://cdn.example.net/icon.png",
        }),
      ),
      "index.html",
    );
    await openAll(page);
    for (const button of await page.getByRole("button").all()) await button.click();
    await page.mouse.move(200, 200);
    expect(dialogs).toEqual([]);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
    expect(await page.evaluate("document.querySelectorAll('script').length")).toBe(2);
    expect(
      await page.evaluate("document.querySelectorAll('img, svg, [onmouseover], [onfocus]').length"),
    ).toBe(0);
    expect(await page.getByText("bad address").count()).toBe(0);
    expect(await page.locator(".post a").first().textContent()).toBe(hostile[0]);
    const data = await page.evaluate(
      "document.querySelector('script[type=\"application/ld+json\"]').textContent",
    );
    expect(JSON.parse(String(data)).mainEntity.itemListElement[1].item.headline).toBe(hostile[1]);
  });

  test("its policy stops a script that got in all the same", async () => {
    const [file] = makePage(mixedFeeds, [], siteIn("en"));
    const content = String(file?.content).replace(
      "<main>",
      "<main><script>alert(1)</script><img src=x onerror=alert(2)>",
    );
    const { dialogs, complaints } = await visit(
      [{ path: "index.html", mediaType: "text/html", content }],
      "index.html",
    );
    expect(dialogs).toEqual([]);
    expect(complaints.join()).toContain("Content Security Policy");
  });

  describe.each(["light", "dark"] as const)("in %s colours", (colorScheme) => {
    test.each([
      ["a phone", 360],
      ["a desk", 1280],
    ])("nothing stands in anybody's way on %s, and nothing overflows", async (name, width) => {
      const posts = somePosts(10, (i) =>
        i === 2 ? { title: "قهوة الميناء في الصباح", language: "ar" } : {},
      );
      const { page } = await visit(makePage(mixedFeeds, posts, siteIn("en")), "index.html", {
        colorScheme,
        viewport: { width, height: 800 },
      });
      expect(await findBarriers(page)).toEqual([]);
      await takePicture(page, `${name.replace(/^a /, "")}-${colorScheme}`);
      await openAll(page);
      expect(await findBarriers(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await takePicture(page, `${name.replace(/^a /, "")}-${colorScheme}-open`);
    });
  });

  test.each([360, 1280])(
    "Arabic reads from right to left, addresses from left to right (%i pixels)",
    async (width) => {
      const config = siteIn("ar", { title: "أخبار الميناء", description: "ملاحظات من الخليج" });
      const feeds = [
        siteFeedHead({ title: "أخبار الميناء", language: "ar" }),
        headOf("tag", "قهوة", { language: "ar" }),
        headOf("tag", "harbour", { language: "en" }),
      ];
      const posts = somePosts(3, (i) => (i === 1 ? {} : { title: "قهوة الميناء", language: "ar" }));
      const { page } = await visit(makePage(feeds, posts, config), "index.html", {
        viewport: { width, height: 800 },
      });
      await openAll(page);
      const { x = 0, width: wide = 0 } = (await page.locator("h2").first().boundingBox()) ?? {};
      const text = await page.evaluate(
        "(() => { const r = document.createRange(); r.selectNodeContents(document.querySelector('h2')); const b = r.getBoundingClientRect(); return { left: b.left, right: b.right }; })()",
      );
      expect((text as { right: number }).right).toBeCloseTo(x + wide, 0);
      expect((text as { left: number }).left).toBeGreaterThan(x + 1);
      const style = (selector: string) =>
        page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).direction`);
      expect(await style("html")).toBe("rtl");
      expect(await style("code")).toBe("ltr");
      expect(await style('.post a[lang="en"]')).toBe("ltr");
      const start = async (selector: string) => {
        const box = await page.evaluate(
          `(() => { const r = document.createRange(); r.selectNodeContents(document.querySelector(${JSON.stringify(selector)})); return r.getBoundingClientRect().right; })()`,
        );
        return Math.round(Number(box));
      };
      // An English title begins where the Arabic ones do: in one column at the right.
      expect(await start('.post a[lang="en"]')).toBe(await start(".post a:not([lang])"));
      expect(await findBarriers(page)).toEqual([]);
      expect(await overflow(page)).toBe(0);
      await takePicture(page, `arabic-${width}`);
    },
  );

  test("long words and addresses break instead of widening the page", async () => {
    const long = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen".repeat(3);
    const feeds = [siteFeedHead({ title: long }), headOf("tag", long)];
    const { page } = await visit(
      makePage(
        feeds,
        somePosts(2, () => ({ title: long })),
        siteIn("de", { title: long }),
      ),
      "index.html",
      { viewport: { width: 320, height: 700 } },
    );
    await openAll(page);
    expect(await overflow(page)).toBe(0);
  });
});
