import type { Config } from "../../../model/config.ts";
import type { Post } from "../../../model/post.ts";
import { escapeHtmlText } from "../characters.ts";
import type { PostLinks } from "../post-links.ts";
import { unknownAddress } from "../web-address.ts";
import { readArguments } from "./arguments.ts";
import { evaluate } from "./expressions.ts";
import { unescapeShortcodes, unwrapRaw } from "./opaque-blocks.ts";
import { guessedSyntax, type TemplateSyntax, templateSyntaxes } from "./syntax.ts";
import { hidingTags, silentTags, type TagOutput, writeTemplateTag, writtenAround } from "./tags.ts";
import { tokenize } from "./tokenize.ts";
import type { TemplateBlock, TemplateTag, TemplateToken } from "./tokens.ts";

export interface ResolvedTemplates {
  readonly text: string;
  /** What was left out, each kind once, by where it stands first. */
  readonly leftOut: ReadonlyMap<string, number>;
}

/** Resolves what can be known without running anything, hides what is hidden, and leaves the rest out. Code stays as it is. */
export function resolveTemplates(
  text: string,
  post: Post,
  config: Config,
  links: PostLinks,
): ResolvedTemplates {
  return new Resolver(text, post, config, links).run();
}

/** The language of a post's templates: front matter may say that it has none. */
function chooseSyntax({ extra, markup }: Post, { markdown }: Config): TemplateSyntax {
  const engine = extra.templateEngineOverride;
  const isOff =
    extra.disableNunjucks === true ||
    extra.render_with_liquid === false ||
    engine === false ||
    engine === "md" ||
    engine === "html";
  if (isOff) return templateSyntaxes.keep;
  if (markup === "mdx") return templateSyntaxes.mdx;
  return markdown.templates === undefined ? guessedSyntax : templateSyntaxes[markdown.templates];
}

class Resolver {
  readonly #post: Post;
  readonly #config: Config;
  readonly #links: PostLinks;
  readonly #syntax: TemplateSyntax;
  readonly #tokens: TemplateToken[];
  readonly #ends: ReadonlyMap<number, number>;
  readonly #leftOut = new Map<string, number>();
  /** Paired tags whose end is still to come. */
  readonly #paired = new Set<number>();
  readonly #out = new RecentText();

  constructor(text: string, post: Post, config: Config, links: PostLinks) {
    const { extensions } = config.markdown;
    this.#post = post;
    this.#config = config;
    this.#links = links;
    this.#syntax = chooseSyntax(post, config);
    this.#tokens = tokenize(text, {
      syntax: this.#syntax,
      isHtml: post.markup === "html",
      hasIndented: post.markup === "markdown" && !extensions.includes("mdx"),
      hasPercentComments: extensions.includes("wiki-links"),
    });
    this.#ends = pairTags(this.#tokens);
  }

  run(): ResolvedTemplates {
    for (let index = 0; index < this.#tokens.length; index += 1) {
      const token = this.#tokens[index] as TemplateToken;
      if (token.kind === "tag") index = this.#writeTag(token, index);
      else this.#write(token);
    }
    return { text: this.#out.all(), leftOut: this.#leftOut };
  }

  #write(token: Exclude<TemplateToken, TemplateTag>): void {
    switch (token.kind) {
      case "text":
        this.#out.write(token.text);
        break;
      case "code":
        this.#out.write(
          this.#syntax.hasShortcodes ? unescapeShortcodes(unwrapRaw(token.text)) : unwrapRaw(token.text),
        );
        break;
      case "block":
        this.#writeBlock(token);
        break;
      case "attributes":
        this.#writeAttributes(token.text);
        break;
      case "expression":
        this.#writeExpression(token.text, token.at);
        break;
    }
  }

  #writeBlock({ name, rest, content }: TemplateBlock): void {
    if (name === "comment") return;
    if (name === "raw" || name === "verbatim") this.#out.write(content);
    else {
      const language = readArguments(rest).named.get("lang") ?? readArguments(rest).values[0] ?? "";
      const isName = /^[\w+#.-]{1,40}$/.test(language);
      const code = escapeHtmlText(
        unwrapRaw(content)
          .replace(/^[ \t]*\n/, "")
          .trimEnd(),
      );
      const form = isName ? ` class="language-${language}"` : "";
      this.#writeApart(`<pre><code${form}>${code}\n</code></pre>`);
    }
  }

  /** Gives the index of the token that was dealt with last. */
  #writeTag(tag: TemplateTag, index: number): number {
    const end = this.#ends.get(index);
    if (hidingTags.has(tag.name) && end !== undefined) {
      this.#leaveOut(tag);
      return end;
    }
    if (tag.isEnd) {
      if (this.#paired.delete(index)) this.#writeApart(writtenAround(tag.name)?.[1] ?? "");
      return index;
    }
    const context = { post: this.#post, config: this.#config, links: this.#links };
    const output = writeTemplateTag(tag, readArguments(tag.rest), context);
    if (output !== undefined) this.#writeOutput(output);
    else if (writtenAround(tag.name) !== undefined && end !== undefined) {
      this.#writeApart(writtenAround(tag.name)?.[0] ?? "");
      this.#paired.add(end);
    } else if (!silentTags.has(tag.name)) this.#leaveOut(tag);
    return index;
  }

  #writeOutput({ html, isBlock }: TagOutput): void {
    if (isBlock) this.#writeApart(html ?? "");
    else this.#out.write(html === undefined ? unknownAddress : html);
  }

  /** Writes a block that Markdown is not to join with what stands around it. */
  #writeApart(html: string): void {
    if (html === "") return;
    this.#out.write(`\n\n${html}\n\n`);
  }

  #writeExpression(text: string, at: number): void {
    const value = evaluate(text, this.#post, this.#config);
    if (value !== undefined) this.#out.write(value);
    else {
      this.#count("{{ \u2026 }}", at);
      if (isInAddress(this.#out.recent)) this.#out.write(unknownAddress);
    }
  }

  #leaveOut({ family, name, at }: TemplateTag): void {
    this.#count(family === "tag" ? `{% ${name} %}` : `{{< ${name} >}}`, at);
    if (isInAddress(this.#out.recent)) this.#out.write(unknownAddress);
  }

  #count(what: string, at: number): void {
    if (!this.#leftOut.has(what)) this.#leftOut.set(what, at);
  }

  /** An id belongs to the heading in the line above; a list that becomes a table of contents goes with its sign. */
  #writeAttributes(attributes: string): void {
    const { recent } = this.#out;
    if (!/(?:^|\n)[ \t>]{0,99}$/.test(recent)) return;
    const start = recent.lastIndexOf("\n", recent.length - 2) + 1;
    const above = recent.slice(start);
    const id = /#([\w:.-]{1,100})/.exec(attributes)?.[1];
    if (/^toc\b/.test(attributes) && /^\s*(?:[-*+]|\d+\.)\s/.test(above))
      this.#out.recent = recent.slice(0, start);
    else if (id !== undefined && /^#{1,6} /.test(above))
      this.#out.recent = `${recent.slice(0, start)}${above.trimEnd()} {#${id}}`;
    else this.#out.recent = recent.replace(/\n[ \t]{0,99}$/, "");
  }
}

/** Text that grows, of which only the end may still be changed. */
class RecentText {
  readonly #done: string[] = [];
  recent = "";

  write(text: string): void {
    this.recent += text;
    if (this.recent.length < 4000) return;
    this.#done.push(this.recent.slice(0, -1000));
    this.recent = this.recent.slice(-1000);
  }

  all(): string {
    return this.#done.join("") + this.recent;
  }
}

/** Whether the last that was written is the beginning of an address, in Markdown or in HTML. */
function isInAddress(out: string): boolean {
  return /(?:\]\(<?|[\s"'](?:href|src|srcset|poster)=["']?|\]:[ \t]*<?)[^\s"'()<>]*$/i.test(out.slice(-500));
}

/** The token of the tag that ends each tag, by index. A tag without an end has none. */
function pairTags(tokens: readonly TemplateToken[]): Map<number, number> {
  const ends = new Map<number, number>();
  const open = new Map<string, number[]>();
  const all: number[] = [];
  tokens.forEach((token, index) => {
    if (token.kind !== "tag") return;
    const key = `${token.family} ${token.name}`;
    if (!token.isEnd) {
      const same = open.get(key);
      if (same === undefined) open.set(key, [index]);
      else same.push(index);
      all.push(index);
    } else if (token.name === "") {
      // Tera ends whatever began last.
      let last = all.pop();
      while (last !== undefined && ends.has(last)) last = all.pop();
      if (last !== undefined) ends.set(last, index);
    } else {
      const start = open.get(key)?.pop();
      if (start !== undefined) ends.set(start, index);
    }
  });
  return ends;
}
