import { dirname, join, relative, sep } from "node:path";
import type { Config } from "../../model/config.ts";
import type { Post } from "../../model/post.ts";
import { linkNamesOf, type PostFinder, type PostLookup } from "../post-finder.ts";
import { slugifyHeading } from "./characters.ts";
import { isLocalReference, mayNamePost } from "./web-address.ts";

/** A link to a post by its file; `@/` is Zola's sign for the folder of posts. */
const postAddress = /^(?:@\/)?[^?#{|]*\.(?:md|markdown|mdx|mkd|mdown)(?=[?#]|$)/i;
/** Pelican's `{filename}x.md`, with bars in its old form. */
const markedAddress = /^(?:\{(\w+)\}|\|(\w+)\|)(.*)$/s;

/** Links from one post to others that are named by their files. */
export class PostLinks {
  /** Everything that was asked about other posts. */
  readonly lookups = new Map<string, PostLookup>();
  /** Files that links name and that are no posts. */
  readonly missing = new Set<string>();
  readonly #post: Post;
  readonly #config: Config;
  readonly #finder: PostFinder | undefined;

  constructor(post: Post, config: Config, finder: PostFinder | undefined) {
    this.#post = post;
    this.#config = config;
    this.#finder = finder;
  }

  /** Gives the address that is meant by one in HTML: another where it names a post by its file. */
  rewrite(written: string): string {
    if (!mayNamePost(written)) return written;
    const address = decode(written.trim());
    const marked = markedAddress.exec(address);
    if (marked !== null)
      return this.#readMark((marked[1] ?? marked[2] ?? "").toLowerCase(), marked[3] ?? "") ?? written;
    if (!postAddress.test(address) || !isLocalReference(address)) return written;
    const rooted = address.replace(/^@(?=\/)/, "");
    return this.#find(rooted) ?? written;
  }

  /** The permalink of the post that a tag or a wiki link names, with or without its folders and ending. */
  byName(target: string, language?: string): string | undefined {
    const [path, fragment] = splitFragment(target.replace(/^@(?=\/)/, ""));
    return this.#answer(path, fragment, this.#findByName(path, language));
  }

  /** The same for what may be no link at all: nothing is missing where there is no such post. */
  peekName(target: string): string | undefined {
    const [path, fragment] = splitFragment(target);
    const url = path === "" ? undefined : this.#findByName(path, undefined);
    return url === undefined ? undefined : url + this.#writeFragment(fragment);
  }

  /** What Pelican's marks stand for; undefined for a word that is none. */
  #readMark(mark: string, rest: string): string | undefined {
    const { site } = this.#config;
    const below = new URL(site.url).pathname;
    const slug = slugifyHeading(rest);
    if (mark === "filename") return this.#find(rest);
    if (mark === "attach") return rest.replace(/^\//, below);
    if (mark === "static") {
      const folder = rest.startsWith("/") ? "" : `${dirname(this.#post.file)}/`;
      return below + join(folder, rest).split(sep).join("/").replace(/^\//, "");
    }
    if (mark === "index") return `${below}index.html`;
    return mark === "category" || mark === "tag" || mark === "author"
      ? `${below}${mark}/${slug}.html`
      : undefined;
  }

  #find(address: string): string | undefined {
    const [path, fragment] = splitFragment(address);
    const place = this.#placesOf(path).find((file) => this.#ask("urlOf", file) !== "");
    if (place !== undefined) return this.#answer(path, fragment, this.#ask("urlOf", place));
    // What begins with `/` may be meant from a folder that only the generator knows.
    return this.#answer(path, fragment, path.startsWith("/") ? this.#findByName(path, undefined) : undefined);
  }

  #answer(path: string, fragment: string, url: string | undefined): string | undefined {
    if (this.#finder === undefined) return undefined;
    if (url !== undefined) return url + this.#writeFragment(fragment);
    this.missing.add(path);
    return undefined;
  }

  #findByName(path: string, language: string | undefined): string | undefined {
    const [name = ""] = linkNamesOf(path);
    const names = language === undefined ? [name] : [`${name}.${language.toLowerCase()}`, name];
    for (const wanted of names) {
      const files = this.#ask("filesNamed", wanted).split("\n");
      const fitting = files.filter((file) => file !== "" && endsAs(file, path));
      const [best] = fitting.sort((a, b) => this.#compare(a, b));
      if (best !== undefined) return this.#ask("urlOf", best);
    }
    return undefined;
  }

  /** Paths below the posts folder that a path may mean: from the post, from the posts folder, and from any folder around that. */
  #placesOf(path: string): string[] {
    const { root, posts } = this.#config;
    const folder = join(posts.dir, dirname(this.#post.file));
    const above = relative(root, posts.dir).split(sep);
    const roots = above.map((_, index) => join(root, ...above.slice(0, index)));
    const all = path.startsWith("/") ? [posts.dir, ...roots] : [folder, posts.dir, ...roots];
    const below = all.map((from) => relative(posts.dir, join(from, path)).split(sep).join("/"));
    return [...new Set(below.filter((place) => place !== "" && !place.startsWith("..")))];
  }

  #ask(ask: keyof PostFinder, about: string): string {
    const key = `${ask} ${about}`;
    const known = this.lookups.get(key);
    if (known !== undefined) return known.answer;
    const answer = this.#finder?.[ask](about) ?? "";
    this.lookups.set(key, { ask, about, answer });
    return answer;
  }

  /** A name in several folders is the nearest post's. */
  #compare(a: string, b: string): number {
    const own = dirname(this.#post.file);
    const isFar = (file: string): number => (dirname(file) === own ? 0 : file.split("/").length);
    return isFar(a) - isFar(b) || (a < b ? -1 : 1);
  }

  /** Quartz makes ids of headings in lower case; names of blocks are no ids. */
  #writeFragment(fragment: string): string {
    if (fragment.startsWith("#^")) return "";
    const isQuartz = this.#config.slugs === "quartz" && fragment.startsWith("#");
    return isQuartz ? `#${slugifyHeading(fragment.slice(1))}` : fragment.replaceAll(" ", "%20");
  }
}

function splitFragment(address: string): [path: string, fragment: string] {
  const at = address.search(/[#?]/);
  return at === -1 ? [address, ""] : [address.slice(0, at), address.slice(at)];
}

function decode(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** Whether a file has a name that is written with some of its folders. */
function endsAs(file: string, path: string): boolean {
  const wanted = dirname(path)
    .replace(/^[./]+/, "")
    .toLowerCase();
  return (
    wanted === "" ||
    `/${dirname(file).toLowerCase()}/`.endsWith(`/${wanted}/`) ||
    `/${file.toLowerCase()}`.includes(`/${wanted}/`)
  );
}
