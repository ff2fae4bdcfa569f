// In come a page's path and an address of the site; out goes the address as the page links to it.

/** Relative below the site, so that the page works wherever the folder is served; anything else stays as it is. */
export function relativeTo(pagePath: string, url: string, siteUrl: string): string {
  if (!url.startsWith(siteUrl)) return url;
  const up = "../".repeat(pagePath.split("/").length - 1);
  const path = up + url.slice(siteUrl.length);
  // RFC 3986, section 4.2: a colon in the first segment would be taken for a scheme.
  return path === "" || /^[^/?#]*:/.test(path) ? `./${path}` : path;
}
