import { type Code, diagnose } from "../../model/codes.ts";
import type { Config } from "../../model/config.ts";
import { type Diagnostic, positionAt } from "../../model/diagnostic.ts";
import type { Post } from "../../model/post.ts";
import { type Asset, assetPath, findLocalFile, listPlaces } from "../media/local-files.ts";
import { findIllegal, legalize } from "./characters.ts";
import type { MediaReference } from "./clean-attributes.ts";

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
  /** Where local files were looked for, absolute, whether they are there or not. */
  readonly places: string[] = [];
  private readonly post: Post;
  private readonly body: PostBody;
  private readonly config: Config;
  private readonly file: string;

  constructor(post: Post, body: PostBody, config: Config, file: string) {
    this.post = post;
    this.body = body;
    this.config = config;
    this.file = file;
  }

  /** Gives the body without the characters that no feed can carry. */
  takeText(): string {
    const { text, line } = this.body;
    const legal = legalize(text);
    // What is not legal is changed.
    const illegal = legal === text ? undefined : findIllegal(text);
    if (illegal !== undefined) {
      const at = positionAt(text, illegal.offset);
      const name = `U+${illegal.code.toString(16).toUpperCase().padStart(4, "0")}`;
      this.report("post/illegal-character", `The text holds the control character ${name}; it is left out`, {
        at: { line: at.line + line - 1, column: at.column },
        hint: "Delete the character: XML forbids it, and one of them stops a whole feed.",
      });
    }
    return legal;
  }

  /** Gives HTML that is not yet clean; empty when the body cannot be rendered. */
  async renderText(text: string): Promise<string> {
    const { markup, file, extra } = this.post;
    if (markup === "html") return text;
    try {
      const source = markup === "mdx" ? await this.takeMdx(text) : text;
      const { render } = this.config.markdown;
      if (render !== undefined) {
        const html: unknown = render(source, { file, data: extra });
        if (typeof html === "string") return html;
        throw new TypeError(`markdown.render gave ${html === null ? "null" : typeof html}, not a string`);
      }
      const { renderMarkdown } = await loadMarkdown();
      const { html, tooDeep } = renderMarkdown(source, file, this.config);
      if (tooDeep)
        this.report("post/too-nested", "Lists or quotes are nested more than 100 levels deep", {
          hint: "Nest them less deeply: what stands deeper is lost.",
        });
      return html;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.report("post/render-failed", `The text could not be rendered: ${legalize(reason).slice(0, 300)}`, {
        at: { line: this.body.line, column: 1 },
        hint: "Look at `markdown.plugins` and `markdown.render` in the configuration, or at unusual markup in the post.",
      });
      return "";
    }
  }

  private async takeMdx(text: string): Promise<string> {
    const { stripMdx } = await import("./mdx.ts");
    const { text: plain, removed } = stripMdx(text);
    const [first] = removed;
    const unclosed = removed.find((part) => part.unclosed);
    const lineOf = (line: number): { line: number; column: number } => ({
      line: line + this.body.line - 1,
      column: 1,
    });
    if (unclosed !== undefined)
      this.report("post/mdx-unclosed", `MDX ${unclosed.what}`, {
        at: lineOf(unclosed.line),
        hint: "Close it, or write \\{ or \\< where the character itself is meant.",
      });
    if (first !== undefined) {
      const names = removed.map(({ what, line }) => `${what} (line ${lineOf(line).line})`);
      this.report("post/mdx-left-out", `Feeds show the text without its MDX parts: ${listNames(names)}`, {
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
    this.report("post/unsafe-html", `Left out of the feeds: ${listNames([...removed])}`, {
      ...(at !== undefined && { at: { line: at.line + this.body.line - 1, column: at.column } }),
      hint: "Readers do not run scripts, forms or styles. Say it in text, or link to the page.",
    });
  }

  /** Looks up the files that the text shows or links to. */
  async findShownFiles(references: readonly MediaReference[]): Promise<Asset[]> {
    const { assets } = this.config;
    if (!assets.copy && assets.dir === undefined) return [];
    const found: Asset[] = [];
    const seen = new Set<string>();
    for (const { written, url, use } of references) {
      if (seen.has(written) || (use === "link" && (!assets.copy || sourceFile.test(written)))) continue;
      seen.add(written);
      this.places.push(...listPlaces(written, this.post, this.config));
      const answer = await findLocalFile(written, this.post, this.config);
      if ("problem" in answer) {
        if (use === "media")
          this.report("post/image-missing", `The text shows the file "${written}", which ${answer.problem}`, {
            hint: "Put the file beside the post or below `assets.dir`, or write its whole URL.",
          });
      } else if (assets.copy) {
        const path = assetPath(url, this.config);
        if (path !== undefined) found.push({ file: answer.found.path, path });
      }
    }
    return found;
  }

  private report(
    code: Code,
    message: string,
    details: { at?: { line: number; column: number }; hint: string },
  ): void {
    this.diagnostics.push(diagnose(code, this.file, message, details));
  }
}

function listNames(names: readonly string[]): string {
  return names.length > 8 ? `${names.slice(0, 8).join(", ")} and ${names.length - 8} more` : names.join(", ");
}
