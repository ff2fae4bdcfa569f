import type { Config } from "../../model/config.ts";
import { type Diagnostic, positionAt } from "../../model/diagnostic.ts";
import type { Post } from "../../model/post.ts";
import { defineProblem, diagnose, type Problem } from "../../model/problem.ts";
import { type Asset, assetPath, findLocalFile, listPlaces } from "../media/local-files.ts";
import { findIllegal, legalize } from "./characters.ts";
import type { MediaReference } from "./clean-attributes.ts";
import { findFirstHeading } from "./first-heading.ts";
import { largestBody } from "./html-rules.ts";
import type { PostLinks } from "./post-links.ts";
import { readField } from "./templates/expressions.ts";
import { removedTemplates } from "./templates/left-out.ts";
import { mayHaveTemplates } from "./templates/syntax.ts";

const illegalCharacter = defineProblem("post/illegal-character", {
  severity: "warning",
  title: "A character that no feed can carry",
  why: "One such character makes a whole feed unreadable, so readers get the text without it.",
  fix: "Delete the character; editors show it at the column the message names.",
  spec: "https://www.w3.org/TR/xml/#charsets",
});

const missingImage = defineProblem("post/image-missing", {
  severity: "warning",
  title: "A file shown in the text that is not there",
  many: "{count} files that posts show are not there",
  why: "Readers see a broken picture, or nothing, in its place.",
  fix: "Correct the path, or put the file beside the post or below `assets.dir`.",
});

const removedMdx = defineProblem("post/mdx-left-out", {
  severity: "warning",
  title: "MDX that feeds cannot show",
  many: "MDX that feeds cannot show is left out of {posts}",
  why: "Components run only on the site. Readers of the feed see the text without them.",
  fix: "Say in Markdown or HTML what feed readers should see.",
});

const unclosedMdx = defineProblem("post/mdx-unclosed", {
  severity: "error",
  title: "MDX whose end is missing",
  why: "All text after it would be lost to readers, so the post cannot go into a feed.",
  fix: "Close the element or the brace that the message names.",
});

const missingPost = defineProblem("post/link-missing", {
  severity: "warning",
  title: "A link to a post that is not there",
  why: "Readers who follow the link find no page, or get its text without the link.",
  fix: "Correct the name of the file in the link.",
});

const repeatedTitle = defineProblem("post/title-repeated", {
  severity: "hint",
  title: "A text that begins with its title",
  why: "Readers show the title above the text, and here they show it twice.",
  fix: "Delete the heading, or the title in the front matter: then the heading is the title.",
});

const tooLarge = defineProblem("post/too-large", {
  severity: "error",
  title: "A body that becomes too much HTML",
  why: "A few kilobytes that refer again and again to a long address become hundreds of megabytes, which no reader can load.",
  fix: "Shorten the addresses, or split the post.",
});

const failedRendering = defineProblem("post/render-failed", {
  severity: "error",
  title: "A body that could not be rendered",
  why: "Readers would get a post without its text, so it cannot go into a feed.",
  fix: "Correct what the message names; it comes from `markdown.render` or a plug-in.",
});

const tooNested = defineProblem("post/too-nested", {
  severity: "error",
  title: "Lists or quotes nested too deeply",
  why: "The deepest text is lost to readers.",
  fix: "Take lists or quotes out of one another.",
});

const removedHtml = defineProblem("post/unsafe-html", {
  severity: "warning",
  title: "HTML that feeds cannot carry",
  many: "HTML that feeds cannot carry is left out of {posts}",
  why: "Readers remove scripts, forms and styles, and some refuse the whole entry. They see the post without them.",
  fix: "Take the element or attribute out, or link to the page instead: readers remove it anyway.",
});

/** The decoded text after the front matter, and the line of the file where it begins, from 1. */
export interface PostBody {
  readonly text: string;
  readonly line: number;
}

// Heavy; and asking the module loader again for every post costs more than asking a variable.
let markdown: Promise<typeof import("./markdown.ts")> | undefined;

function loadMarkdown(): Promise<typeof import("./markdown.ts")> {
  markdown ??= import("./markdown.ts");
  return markdown;
}

/** Files that a link may not pull into the output: sources of posts and of the project, drafts among them. */
const sourceFile = /\.(?:md|markdown|mdx|html?|[cm]?[jt]sx?|json|ya?ml|toml)(?:[?#]|$)/i;

/** Renders one body, and gathers what is wrong with it. */
export class BodyRenderer {
  readonly diagnostics: Diagnostic[] = [];
  /** Absolute paths where local files were looked for, whether they exist or not. */
  readonly places: string[] = [];
  readonly #post: Post;
  readonly #body: PostBody;
  readonly #config: Config;
  readonly #file: string;
  readonly #links: PostLinks;

  constructor(post: Post, body: PostBody, config: Config, file: string, links: PostLinks) {
    this.#post = post;
    this.#body = body;
    this.#config = config;
    this.#file = file;
    this.#links = links;
  }

  /** Whether braces are MDX: in files of that name, and where the site says so of all. */
  get #isMdx(): boolean {
    const { markup } = this.#post;
    return markup === "mdx" || (markup === "markdown" && this.#config.markdown.extensions.includes("mdx"));
  }

  /** Gives the body without the characters that no feed can carry. */
  takeText(): string {
    const { text, line } = this.#body;
    const legal = legalize(text);
    // What is not legal is changed.
    const illegal = legal === text ? undefined : findIllegal(text);
    if (illegal !== undefined) {
      const at = positionAt(text, illegal.offset);
      const name = `U+${illegal.code.toString(16).toUpperCase().padStart(4, "0")}`;
      this.#report(illegalCharacter, `The text has the control character ${name}; it is left out`, {
        at: { line: at.line + line - 1, column: at.column },
        hint: "Delete the character: XML forbids it, and one of them stops a whole feed.",
      });
    }
    return legal;
  }

  /** Gives the body without the heading that is the post's title. A heading that repeats the title stays. */
  takeHeading(text: string): string {
    const { title, titleSource, markup } = this.#post;
    const heading = markup === "html" ? undefined : findFirstHeading(text);
    if (heading === undefined) return text;
    if (titleSource === "heading") return text.slice(0, heading.start) + text.slice(heading.end);
    if (heading.text.toLowerCase() === title.toLowerCase())
      this.#report(repeatedTitle, "The text begins with the title once more", {
        at: { line: this.#lineAt(text, heading.start), column: 1 },
        hint: "Delete the heading, or the `title` in the front matter: readers show the title above the text.",
      });
    return text;
  }

  /** Gives HTML that is not yet clean; empty when the body cannot be rendered. */
  async renderText(text: string): Promise<string> {
    const { markup, file, extra } = this.#post;
    try {
      const source = await (this.#isMdx ? this.#takeMdx(text) : this.#takeTemplates(text));
      if (markup === "html") return source;
      const { render } = this.#config.markdown;
      if (render !== undefined) {
        const html: unknown = render(source, { file, data: extra });
        if (typeof html === "string") return html;
        throw new TypeError(`markdown.render gave ${html === null ? "null" : typeof html}, not a string`);
      }
      const { renderMarkdown } = await loadMarkdown();
      const rendered = renderMarkdown(source, { file, isMdx: this.#isMdx, links: this.#links }, this.#config);
      const { html, tooDeep, embedded } = rendered;
      if (html === undefined) return this.refuseLarge();
      this.#reportEmbedded(embedded);
      if (tooDeep)
        this.#report(tooNested, "Lists or quotes are nested more than 100 levels deep", {
          hint: "Nest them less deeply: what is deeper is lost.",
        });
      return html;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#report(failedRendering, `The text could not be rendered: ${legalize(reason).slice(0, 300)}`, {
        at: { line: this.#body.line, column: 1 },
        hint: "Look at `markdown.plugins` and `markdown.render` in the configuration, or at unusual markup in the post.",
      });
      return "";
    }
  }

  /** A body that would become too much is left out, and the post with it. */
  refuseLarge(): string {
    const { text } = this.#body;
    const message = `The text has ${text.length} characters and becomes more than ${largestBody} characters of HTML`;
    const hint = "Look for references to one long address, and write them less often.";
    this.#report(tooLarge, message, { at: { line: this.#body.line, column: 1 }, hint });
    return "";
  }

  async #takeTemplates(text: string): Promise<string> {
    if (!mayHaveTemplates(text)) return text;
    const { resolveTemplates } = await import("./templates/resolve-templates.ts");
    const { text: plain, leftOut } = resolveTemplates(text, this.#post, this.#config, this.#links);
    const places = [...leftOut].map(([what, offset]) => ({ what, line: this.#lineAt(text, offset) }));
    const [first] = places;
    if (first !== undefined) {
      const names = places.map(({ what, line }) => `${what} (line ${line})`);
      this.#report(removedTemplates, `Feeds show the text without its templates: ${listNames(names)}`, {
        at: { line: first.line, column: 1 },
        hint: "Text between tags stays, unless a condition or a loop decides about it. Put into Markdown what readers must see.",
      });
    }
    return plain;
  }

  #lineAt(text: string, offset: number): number {
    return positionAt(text, offset).line + this.#body.line - 1;
  }

  #reportEmbedded(embedded: readonly string[]): void {
    if (embedded.length === 0) return;
    const names = [...new Set(embedded)].map((target) => `![[${legalize(target).slice(0, 60)}]]`);
    this.#report(removedTemplates, `Feeds show the text without embedded notes: ${listNames(names)}`, {
      at: { line: this.#body.line, column: 1 },
      hint: "Write a link, [[Note]], where readers should find the note.",
    });
  }

  reportMissingPosts(): void {
    for (const path of this.#links.missing) {
      const shown = legalize(path).slice(0, 100);
      this.#report(missingPost, `The text links to the post "${shown}", which is not there`, {
        hint: "Correct the file's name, or write the page's whole URL.",
      });
    }
  }

  async #takeMdx(text: string): Promise<string> {
    const { stripMdx } = await import("./mdx.ts");
    const { text: plain, removed } = stripMdx(text, (key) => readField(this.#post, key));
    const [first] = removed;
    const unclosed = removed.find((part) => part.unclosed);
    const lineOf = (line: number): { line: number; column: number } => ({
      line: line + this.#body.line - 1,
      column: 1,
    });
    if (unclosed !== undefined)
      this.#report(unclosedMdx, `MDX ${unclosed.what}`, {
        at: lineOf(unclosed.line),
        hint: "Close it, or write \\{ or \\< where the character itself is meant.",
      });
    if (first !== undefined) {
      const names = removed.map(({ what, line }) => `${what} (line ${lineOf(line).line})`);
      this.#report(removedMdx, `Feeds show the text without its MDX parts: ${listNames(names)}`, {
        at: lineOf(first.line),
        hint: "Text between component tags stays. Put into Markdown what readers must see.",
      });
    }
    return plain;
  }

  reportRemoved(removed: ReadonlySet<string>, text: string): void {
    const [first] = removed;
    if (first === undefined) return;
    const offset = text
      .toLowerCase()
      .indexOf(first.replace(/^<(.+)>$/, "<$1").replace(/^the \w+ "?|"$/g, ""));
    const at = offset === -1 ? undefined : positionAt(text, offset);
    this.#report(removedHtml, `Left out of the feeds: ${listNames([...removed])}`, {
      ...(at !== undefined && { at: { line: at.line + this.#body.line - 1, column: at.column } }),
      hint: "Readers do not run scripts, forms or styles. Say it in text, or link to the page.",
    });
  }

  /** Looks up the files that the text shows or links to. */
  async findShownFiles(references: readonly MediaReference[]): Promise<Asset[]> {
    const { assets } = this.#config;
    if (!assets.copy && assets.dir === undefined) return [];
    const found: Asset[] = [];
    const seen = new Set<string>();
    for (const { written, url, use } of references) {
      if (seen.has(written) || (use === "link" && (!assets.copy || sourceFile.test(written)))) continue;
      seen.add(written);
      this.places.push(...listPlaces(written, this.#post, this.#config));
      const answer = await findLocalFile(written, this.#post, this.#config);
      if ("problem" in answer) {
        if (use === "media")
          this.#report(missingImage, `The text shows the file "${written}", which ${answer.problem}`, {
            hint: "Put the file beside the post or below `assets.dir`, or write its whole URL.",
          });
      } else if (assets.copy) {
        const path = assetPath(url, this.#config);
        if (path !== undefined) found.push({ file: answer.found.path, path });
      }
    }
    return found;
  }

  #report(
    problem: Problem,
    message: string,
    details: { at?: { line: number; column: number }; hint: string },
  ): void {
    this.diagnostics.push(diagnose(problem, this.#file, message, details));
  }
}

function listNames(names: readonly string[]): string {
  return names.length > 8 ? `${names.slice(0, 8).join(", ")} and ${names.length - 8} more` : names.join(", ");
}
