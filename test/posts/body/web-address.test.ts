import { expect, test } from "vitest";
import {
  PageAddress,
  resolveLink,
  resolveMedia,
  resolveSrcset,
} from "../../../src/posts/body/web-address.ts";

test("on a site in a folder, a path from the root is below the site, with and without the folder's name", () => {
  const base = new PageAddress("https://u.example/repo/a/", "https://u.example/repo/");
  const image = "https://u.example/repo/images/a.png";
  expect(resolveMedia("/images/a.png", base)).toBe(image);
  expect(resolveMedia("/repo/images/a.png", base)).toBe(image);
  expect(resolveMedia(" /images/a.png ", base)).toBe(image);
  expect(resolveMedia("../images/a.png", base)).toBe(image);
  expect(resolveSrcset("/images/a.png 2x", base)).toBe(`${image} 2x`);
  expect(resolveLink("/b/?q=1#c", base)).toBe("https://u.example/repo/b/?q=1#c");
  expect(resolveLink("/repo", base)).toBe("https://u.example/repo");
  expect(resolveLink("/repository/", base)).toBe("https://u.example/repo/repository/");
  expect(resolveLink("/../x", base)).toBe("https://u.example/repo/x");
  expect(resolveLink("//cdn.example/x", base)).toBe("https://cdn.example/x");
  expect(resolveLink("https://u.example/other/", base)).toBe("https://u.example/other/");
  expect(resolveLink("#here", base)).toBe("https://u.example/repo/a/#here");
});

test("on a site of its own, a path from the root is what it says", () => {
  const base = new PageAddress("https://u.example/a/", "https://u.example/");
  expect(resolveLink("/b/", base)).toBe("https://u.example/b/");
});
