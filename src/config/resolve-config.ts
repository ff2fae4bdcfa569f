import { basename, isAbsolute, relative, resolve, sep } from "node:path";
import * as v from "valibot";
import type { Config, CustomFeed, Podcast, PublishConfig } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { isBound } from "../model/namespaces.ts";
import type { Author } from "../model/post.ts";
import { diagnose } from "../model/problem.ts";
import { applyPreset } from "./apply-preset.ts";
import {
  type ConfigProblem,
  describeIssue,
  describeValue,
  describeWrong,
  nameKey,
  unreadable,
} from "./config-problems.ts";
import { type Finder, findInData, findInProgram, type KeyPath, parseData } from "./find-key.ts";
import { type CheckedConfig, configSchema } from "./schema.ts";

/** Where a configuration comes from. */
export interface ConfigPlace {
  /** The project root, absolute. */
  readonly root: string;
  /** The configuration file, absolute; absent when everything came from flags or code. */
  readonly file?: string;
  /** The text of that file, for lines and columns. */
  readonly source?: string;
  /** The flags that replaced values, by key path such as `site.url`. */
  readonly flags?: Readonly<Record<string, string>>;
}

/**
 * Checks and completes a configuration. Pure: it reads nothing but its arguments, and never throws.
 * Gives `config`, or `diagnostics` with every problem.
 */
export function resolveConfig(
  user: unknown,
  place: ConfigPlace,
): { config?: Config; diagnostics: Diagnostic[] } {
  const checked = checkSafely(user);
  if (checked === undefined) {
    const message = "A value of the configuration throws when it is read";
    return { diagnostics: [diagnose(unreadable, shownPath(place), message)] };
  }
  const find = finderFor(place);
  const report = ({ path, problem, message, hint }: ConfigProblem): Diagnostic => {
    const flag = place.flags?.[path.join(".")];
    if (flag !== undefined) return diagnose(problem, "command line", `${flag}: ${message}`, { hint });
    return diagnose(problem, shownPath(place), message, { at: find(path), hint });
  };
  if (!checked.success) return { diagnostics: checked.issues.map((issue) => report(describeIssue(issue))) };
  const problems: ConfigProblem[] = [];
  const config = complete(checked.output, place, problems);
  return problems.length > 0 ? { diagnostics: problems.map(report) } : { config, diagnostics: [] };
}

/** Undefined when a getter or a proxy throws. */
function checkSafely(user: unknown) {
  try {
    return v.safeParse(configSchema, applyPreset(user));
  } catch {
    return undefined;
  }
}

/** The configuration's path in messages, from the project root. */
export function shownPath(place: Pick<ConfigPlace, "root" | "file">): string {
  if (place.file === undefined) return "command line";
  const path = relative(place.root, place.file);
  return path.startsWith("..") || isAbsolute(path) ? basename(place.file) : path.split(sep).join("/");
}

function finderFor({ file, source }: ConfigPlace): Finder {
  if (file === undefined || source === undefined) return () => undefined;
  const data = /\.(json|ya?ml)$/i.exec(file);
  if (data === null) return findInProgram(source);
  let finder: Finder | undefined;
  return (path) => {
    finder ??= findInData(source, parseData(source, data[1]?.toLowerCase() === "json" ? "json" : "yaml"));
    return finder(path);
  };
}

function complete(checked: CheckedConfig, place: ConfigPlace, problems: ConfigProblem[]): Config {
  const { root, file } = place;
  const { site, posts, assets, feeds } = checked;
  const dir = insideRoot(root, posts.dir, ["posts", "dir"], problems);
  const out = resolve(root, checked.out);
  checkOut(out, checked.out, dir, root, problems);
  const assetsDir = assets.dir && insideRoot(root, assets.dir, ["assets", "dir"], problems);
  const absolute = (path: string) => new URL(path, site.url).href;
  const { custom, ...podcast } = completePodcasts(checked, problems);
  checkElements(feeds, problems);
  return {
    ...checked,
    ...podcast,
    feeds: {
      ...feeds,
      custom,
      ...(feeds.blogroll !== undefined && { blogroll: absolute(feeds.blogroll) }),
    },
    root,
    ...(file !== undefined && { file }),
    site: {
      ...site,
      authors: completeAuthors(site.authors, absolute),
      ...(site.image !== undefined && { image: absolute(site.image) }),
      ...(site.icon !== undefined && { icon: absolute(site.icon) }),
    },
    posts: { ...posts, dir },
    out,
    assets: { ...(assetsDir !== undefined && { dir: assetsDir }), copy: assets.copy },
    publish: completePublish(checked.publish, { root, out, posts: dir }, problems),
  };
}

/** Checks the prefixes of `feeds.elements`. What a function gives is checked with each post. */
function checkElements({ elements, namespaces }: CheckedConfig["feeds"], problems: ConfigProblem[]): void {
  if (typeof elements === "function") return;
  const unbound = Object.keys(elements).find((name) => !isBound(name, namespaces));
  if (unbound === undefined) return;
  const prefix = unbound.slice(0, unbound.indexOf(":"));
  problems.push(
    describeWrong(
      ["feeds", "elements", unbound],
      `feeds.elements has "${unbound}", but the prefix ${prefix} has no URI`,
      `Write feeds.namespaces: { ${prefix}: "https://example.org/ns" } with the vocabulary's URI.`,
    ),
  );
}

/** Completes the site's show and those of custom feeds, and reports what Apple Podcasts would refuse. */
function completePodcasts(
  { podcast, feeds, site }: CheckedConfig,
  problems: ConfigProblem[],
): { podcast?: Podcast; custom: readonly CustomFeed[] } {
  const withImage = (show: Podcast): Podcast => ({ ...show, image: new URL(show.image, site.url).href });
  if (podcast) checkDescription(site.description, ["site", "description"], problems);
  const custom = feeds.custom.map((feed, index): CustomFeed => {
    const key = ["feeds", "custom", index];
    const isApples = feed.profile === "apple-podcasts";
    if (isApples && !feed.podcast && !podcast)
      problems.push(
        describeWrong(
          [...key, "profile"],
          `${nameKey(key)}.profile is "apple-podcasts", but no podcast is described`,
          "Write podcast: { image, category, explicit } beside it.",
        ),
      );
    // With this profile and without its own show, a feed is another selection of the site's show.
    const show = feed.podcast ?? (isApples ? podcast : undefined);
    if (show === undefined) return feed;
    if (feed.formats && !feed.formats.includes("rss"))
      problems.push(
        describeValue([...key, "formats"], feed.formats, 'a list with "rss", which podcast apps read'),
      );
    const where = feed.description === undefined ? ["site", "description"] : [...key, "description"];
    checkDescription(feed.description ?? site.description, where, problems);
    return { ...feed, podcast: withImage(show) };
  });
  return { custom, ...(podcast && { podcast: withImage(podcast) }) };
}

/** Bytes of a show's description that Apple Podcasts accepts. */
const longestDescription = 4000;

function checkDescription(description: string, path: KeyPath, problems: ConfigProblem[]): void {
  const bytes = Buffer.byteLength(description);
  if (bytes > 0 && bytes <= longestDescription) return;
  const message =
    bytes === 0
      ? `${nameKey(path)} is missing, and a podcast needs one`
      : `${nameKey(path)} has ${bytes} bytes; Apple Podcasts accepts ${longestDescription}`;
  if (problems.some((problem) => problem.message === message)) return;
  problems.push(
    describeWrong(path, message, `Write what the show is about, in 1 to ${longestDescription} bytes.`),
  );
}

function completePublish(
  publish: PublishConfig,
  place: { root: string; out: string; posts: string },
  problems: ConfigProblem[],
): PublishConfig {
  const { target } = publish;
  if (target?.type !== "directory") return publish;
  const path = resolve(place.root, target.path);
  if ([place.out, place.posts].some((folder) => holds(path, folder) || holds(folder, path)))
    problems.push(
      describeValue(
        ["publish", "target", "path"],
        target.path,
        'a folder apart from the posts and the output folder, such as "../site/public"',
      ),
    );
  return { ...publish, target: { ...target, path } };
}

/** Without a prototype: posts look up authors by any word, `constructor` included. */
function completeAuthors(
  authors: Readonly<Record<string, Author>>,
  absolute: (path: string) => string,
): Record<string, Author> {
  const completed: Record<string, Author> = Object.create(null);
  for (const [key, author] of Object.entries(authors))
    completed[key] = author.avatar === undefined ? author : { ...author, avatar: absolute(author.avatar) };
  return completed;
}

function insideRoot(root: string, path: string, key: string[], problems: ConfigProblem[]): string {
  const absolute = resolve(root, path);
  if (!holds(root, absolute))
    problems.push(
      describeValue(
        key,
        path,
        `a folder inside the project, such as "${key[0] === "posts" ? "posts" : "public"}"`,
      ),
    );
  return absolute;
}

function checkOut(
  out: string,
  written: string,
  posts: string,
  root: string,
  problems: ConfigProblem[],
): void {
  // The output folder is passed over where the posts are looked for.
  if (holds(out, root) || holds(out, posts) || (holds(posts, out) && posts !== root))
    problems.push(
      describeValue(["out"], written, 'a folder apart from the project root and the posts, such as "dist"'),
    );
}

/** True when `inner` is `outer` or below it. */
function holds(outer: string, inner: string): boolean {
  const path = relative(outer, inner);
  return path === "" || !(path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path));
}
