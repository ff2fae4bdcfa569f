// In comes what somebody wrote as configuration, and where; out goes a Config, or every problem found in it.
import { basename, isAbsolute, relative, resolve, sep } from "node:path";
import * as v from "valibot";
import { diagnose } from "../model/codes.ts";
import type { Config, PublishConfig } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Author } from "../model/post.ts";
import { completePodcasts } from "./complete-podcasts.ts";
import { describeIssue, describeProblem, type Problem } from "./describe.ts";
import { type Finder, findInData, findInProgram, parseData } from "./find-key.ts";
import { type CheckedConfig, configSchema } from "./schema.ts";
import { findUnboundElement } from "./vocabulary-schema.ts";

/** Where a configuration stands. */
export interface ConfigPlace {
  /** The project root, absolute. */
  readonly root: string;
  /** The configuration file, absolute; absent when everything came from flags or code. */
  readonly file?: string;
  /** The text of that file, for lines and columns. */
  readonly source?: string;
  /** Key paths that a flag has set, such as `site.url`, with that flag. */
  readonly flags?: Readonly<Record<string, string>>;
}

/**
 * Checks and completes a configuration. Pure: it looks at nothing outside its arguments, and throws for no value.
 * Either `config` is there and `diagnostics` is empty, or the other way round.
 */
export function resolveConfig(
  user: unknown,
  place: ConfigPlace,
): { config?: Config; diagnostics: Diagnostic[] } {
  const checked = checkSafely(user);
  const find = finderFor(place);
  const report = ({ path, code, message, hint }: Problem): Diagnostic => {
    const flag = place.flags?.[path.join(".")];
    const at = flag === undefined ? find(path) : undefined;
    const file = flag !== undefined || place.file === undefined ? "command line" : shownPath(place);
    return diagnose(code, file, flag === undefined ? message : `${flag}: ${message}`, {
      ...(at && { at }),
      hint,
    });
  };
  if (checked === undefined)
    return {
      diagnostics: [
        diagnose(
          "config/unreadable",
          shownPath(place),
          "A value of the configuration throws when it is read",
        ),
      ],
    };
  if (!checked.success) return { diagnostics: checked.issues.map((issue) => report(describeIssue(issue))) };
  const problems: Problem[] = [];
  const config = complete(checked.output, place, problems);
  return problems.length > 0 ? { diagnostics: problems.map(report) } : { config, diagnostics: [] };
}

/** Undefined for what cannot even be looked at: getters and proxies that throw. */
function checkSafely(user: unknown) {
  try {
    return v.safeParse(configSchema, user);
  } catch {
    return undefined;
  }
}

/** The configuration's path as its owner would type it. */
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

function complete(checked: CheckedConfig, place: ConfigPlace, problems: Problem[]): Config {
  const { site, posts, assets } = checked;
  const dir = insideRoot(place.root, posts.dir, ["posts", "dir"], problems);
  const out = resolve(place.root, checked.out);
  checkOut(out, checked.out, dir, place.root, problems);
  const assetsDir =
    assets.dir === undefined ? undefined : insideRoot(place.root, assets.dir, ["assets", "dir"], problems);
  const { custom, ...podcast } = completePodcasts(checked, problems);
  checkElements(checked.feeds, problems);
  const { blogroll } = checked.feeds;
  return {
    ...checked,
    ...podcast,
    feeds: {
      ...checked.feeds,
      custom,
      ...(blogroll !== undefined && { blogroll: new URL(blogroll, site.url).href }),
    },
    root: place.root,
    ...(place.file !== undefined && { file: place.file }),
    site: {
      ...site,
      authors: completeAuthors(site.authors, site.url),
      ...(site.image !== undefined && { image: new URL(site.image, site.url).href }),
      ...(site.icon !== undefined && { icon: new URL(site.icon, site.url).href }),
    },
    posts: { ...posts, dir },
    out,
    assets: { ...(assetsDir !== undefined && { dir: assetsDir }), copy: assets.copy },
    publish: completePublish(checked.publish, { root: place.root, out, posts: dir }, problems),
  };
}

function checkElements({ elements, namespaces }: CheckedConfig["feeds"], problems: Problem[]): void {
  const unbound = findUnboundElement(elements, namespaces);
  if (unbound === undefined) return;
  const prefix = unbound.slice(0, unbound.indexOf(":"));
  problems.push({
    path: ["feeds", "elements", unbound],
    code: "config/wrong-value",
    message: `feeds.elements names "${unbound}", and nothing says what the prefix ${prefix} stands for`,
    hint: `Write feeds.namespaces: { ${prefix}: "https://example.org/ns" } with the vocabulary's URI.`,
  });
}

function completePublish(
  publish: PublishConfig,
  place: { root: string; out: string; posts: string },
  problems: Problem[],
): PublishConfig {
  const { target } = publish;
  if (target?.type !== "directory") return publish;
  const path = resolve(place.root, target.path);
  if ([place.out, place.posts].some((folder) => holds(path, folder) || holds(folder, path)))
    problems.push(
      describeProblem(
        ["publish", "target", "path"],
        target.path,
        'a folder apart from the posts and the output folder, such as "../site/public"',
      ),
    );
  return { ...publish, target: { ...target, path } };
}

/** Without a prototype: posts look authors up by whatever word they hold, `constructor` included. */
function completeAuthors(authors: Record<string, Author>, siteUrl: string): Record<string, Author> {
  const completed: Record<string, Author> = Object.create(null);
  for (const [key, author] of Object.entries(authors)) {
    completed[key] =
      author.avatar === undefined ? author : { ...author, avatar: new URL(author.avatar, siteUrl).href };
  }
  return completed;
}

function insideRoot(root: string, path: string, key: string[], problems: Problem[]): string {
  const absolute = resolve(root, path);
  if (!holds(root, absolute))
    problems.push(
      describeProblem(
        key,
        path,
        `a folder inside the project, such as "${key[0] === "posts" ? "posts" : "public"}"`,
      ),
    );
  return absolute;
}

function checkOut(out: string, written: string, posts: string, root: string, problems: Problem[]): void {
  if (holds(out, root) || holds(out, posts) || holds(posts, out))
    problems.push(
      describeProblem(["out"], written, 'a folder apart from the project root and the posts, such as "dist"'),
    );
}

/** True when `inner` is `outer` or lies below it. */
function holds(outer: string, inner: string): boolean {
  const path = relative(outer, inner);
  return path === "" || !(path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path));
}
