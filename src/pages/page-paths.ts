/**
 * Where in a site's output folder the page of an address may lie, the likeliest first: `/a/` is `a/index.html`,
 * `/a` is `a.html` or `a/index.html`. Names are tried decoded, as generators write them, in both Unicode forms, and
 * percent-encoded as in the address.
 * @param path the path of an address, below the site's root: `/2026/a-post/`
 * @returns paths with `/` between folders, none that leads out of the folder
 */
export function listPagePaths(path: string): string[] {
  const plain = (path.split(/[?#]/, 1)[0] as string).replace(/^\/+/, "");
  const decoded = decode(plain);
  const forms = [decoded.normalize("NFC"), decoded, decoded.normalize("NFD"), plain, plain.toLowerCase()];
  const names = [...new Set(forms)].filter(isInside);
  return [...new Set(names.flatMap(listFiles))];
}

function listFiles(name: string): string[] {
  if (name === "" || name.endsWith("/")) {
    const folder = name.replace(/\/+$/, "");
    return folder === "" ? ["index.html"] : [`${folder}/index.html`, `${folder}.html`, `${folder}/index.htm`];
  }
  if (/\.x?html?$/i.test(name)) return [name];
  return [`${name}.html`, `${name}/index.html`, name];
}

/** A name with a folder `..`, a drive or a zero could lead to other files. */
function isInside(name: string): boolean {
  return (
    !name.includes("\0") &&
    !name.includes("\\") &&
    !name.split("/").some((part) => part === ".." || part === ".")
  );
}

function decode(path: string): string {
  return path
    .split("/")
    .map((part) => {
      try {
        const text = decodeURIComponent(part);
        // An encoded slash is a letter of the name, which no file can have.
        return text.includes("/") ? part : text;
      } catch {
        return part;
      }
    })
    .join("/");
}
