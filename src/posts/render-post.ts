import { join, relative, sep } from "node:path";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Post, PostContent } from "../model/post.ts";
import { BodyRenderer, type PostBody } from "./body/body-renderer.ts";
import { escapeHtmlText } from "./body/characters.ts";
import type { CleanHtml } from "./body/clean-html.ts";
import { compileHtmlRules, type HtmlRules } from "./body/html-rules.ts";
import { makeElements } from "./body/make-elements.ts";
import { PostLinks } from "./body/post-links.ts";
import { summarize } from "./body/summary.ts";
import { PageAddress } from "./body/web-address.ts";
import { renderPlainMarkdown } from "./fast/plain-markdown.ts";
import type { FieldLocator } from "./media/attachment-reader.ts";
import { resolveAttachments } from "./media/attachments.ts";
import type { Asset } from "./media/local-files.ts";
import { reviewEpisode } from "./media/review-episode.ts";
import type { PostFinder, PostLookup } from "./post-finder.ts";

export interface RenderedPost {
  readonly content: PostContent;
  readonly diagnostics: readonly Diagnostic[];
  /** Local files to copy; empty unless `assets.copy` is on. */
  readonly assets: readonly Asset[];
  /** Absolute paths where the local files that it names were looked for, whether they exist or not. */
  readonly places: readonly string[];
  /** What was asked about other posts, for links to them. */
  readonly lookups: readonly PostLookup[];
}

/**
 * Renders one post. Never throws: what is wrong with a post is in the diagnostics; `content` has what could be rendered.
 * @param finder knows the other posts; without it, links to their files stay as they are
 * @param locate says where a field of the front matter is, for diagnostics about attachments
 */
export async function renderPost(
  post: Post,
  body: PostBody,
  config: Config,
  locate?: FieldLocator,
  finder?: PostFinder,
): Promise<RenderedPost> {
  const file = relative(config.root, join(config.posts.dir, post.file)).split(sep).join("/");
  const links = new PostLinks(post, config, finder);
  const renderer = new BodyRenderer(post, body, config, file, links);
  const whole = renderer.takeText();
  const text = renderer.takeHeading(whole);
  const cleaned = renderFast(post, text, config) ?? (await renderFully(renderer, post, text, config, links));
  renderer.reportRemoved(cleaned.removed, whole);
  renderer.reportMissingPosts();
  const named = await resolveAttachments(post, file, config, locate);
  const shown = await renderer.findShownFiles(cleaned.references);
  const { description, language, correction } = post;
  const note = correction === undefined ? "" : `<aside><p>${escapeHtmlText(correction)}</p></aside>`;
  const { elements: make, namespaces } = config.feeds;
  const made = typeof make === "function" ? makeElements(make, post, file, namespaces) : undefined;
  const content: PostContent = {
    html: `${cleaned.html.trim()}\n${note}`.trim(),
    summary: summarize({ description, html: cleaned.html, more: cleaned.more, language }),
    attachments: named.attachments,
    ...(named.image !== undefined && { image: named.image }),
    ...(named.episode !== undefined && { episode: named.episode }),
    ...(made && { elements: made.elements }),
    ...(config.feeds.sourceMarkdown && post.markup !== "html" && { markdown: whole.trim() }),
  };
  const review = reviewEpisode(post, content, config, locate);
  const own = made?.diagnostics ?? [];
  const diagnostics = [...renderer.diagnostics, ...named.diagnostics, ...review, ...own];
  const places = [...new Set([...named.places, ...renderer.places])];
  const assets = uniteAssets([...named.assets, ...shown]);
  return { content, diagnostics, assets, places, lookups: [...links.lookups.values()] };
}

/** The short way to the same HTML, for posts in plain Markdown; undefined for others. */
function renderFast(post: Post, text: string, config: Config): CleanHtml | undefined {
  const { plugins, render, extensions } = config.markdown;
  if (post.markup !== "markdown" || plugins.length > 0 || render !== undefined) return undefined;
  let base: URL | undefined;
  const baseUrl = () => {
    base ??= baseOf(post, config);
    return base;
  };
  return renderPlainMarkdown(text, baseUrl, extensions);
}

async function renderFully(
  renderer: BodyRenderer,
  post: Post,
  text: string,
  config: Config,
  links: PostLinks,
): Promise<CleanHtml> {
  const { cleanHtml } = await loadCleaner();
  const base = baseOf(post, config);
  const html = await renderer.renderText(text);
  const cleaned = cleanHtml(html, base, rulesFor(config), (address) => links.rewrite(address));
  return cleaned.isCut ? { ...cleaned, html: renderer.refuseLarge() } : cleaned;
}

// Heavy; and asking the module loader again for every post costs more than asking a variable.
let cleaner: Promise<typeof import("./body/clean-html.ts")> | undefined;

function loadCleaner(): Promise<typeof import("./body/clean-html.ts")> {
  cleaner ??= import("./body/clean-html.ts");
  return cleaner;
}

const compiled = new WeakMap<Config, HtmlRules>();

function rulesFor(config: Config): HtmlRules {
  let rules = compiled.get(config);
  if (rules === undefined) {
    rules = compileHtmlRules(config.markdown.allow);
    compiled.set(config, rules);
  }
  return rules;
}

function baseOf(post: Post, config: Config): URL {
  // Not URL.canParse: in Node 20 it refuses some URLs once V8 has optimised it.
  try {
    return new PageAddress(post.url, config.site.url);
  } catch {
    return new URL(config.site.url);
  }
}

function uniteAssets(assets: readonly Asset[]): Asset[] {
  return [...new Map(assets.map((asset) => [asset.path, asset])).values()];
}
