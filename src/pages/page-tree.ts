import render from "dom-serializer";
import type { AnyNode, Document, Element } from "domhandler";
import { isTag } from "domhandler";
import { Parser, type Token } from "parse5";
import { adapter, type Htmlparser2TreeAdapterMap } from "parse5-htmlparser2-tree-adapter";

/** Elements open at once, as in browsers; the tags of deeper ones are passed over and their text stays. */
const deepestNesting = 512;

/**
 * Open `<b>`, `<i>`, `<a>` and their like. A parser opens them again in every later paragraph, so that without a bound
 * a small page can grow to billions of elements.
 */
const mostFormatting = 16;

/** Characters of a page that are read; what follows is left out. */
const longestPage = 16_000_000;

export interface PageTree {
  readonly document: Document;
  readonly body: Element;
  /** False when the page was longer than what is read. */
  readonly complete: boolean;
}

type Handler = Htmlparser2TreeAdapterMap;

/** parse5's parser with bounds on depth. End tags of passed-over elements are passed over as well. */
class BoundedParser extends Parser<Handler> {
  readonly #ignored = new Map<string, number>();

  override onStartTag(token: Token.TagToken): void {
    if (this.#isTooDeep(token)) this.#ignored.set(token.tagName, (this.#ignored.get(token.tagName) ?? 0) + 1);
    else super.onStartTag(token);
  }

  override onEndTag(token: Token.TagToken): void {
    const ignored = this.#ignored.get(token.tagName) ?? 0;
    if (ignored > 0) this.#ignored.set(token.tagName, ignored - 1);
    else super.onEndTag(token);
  }

  #isTooDeep({ tagName, selfClosing }: Token.TagToken): boolean {
    if (selfClosing || neverNested.has(tagName)) return false;
    if (this.openElements.stackTop >= deepestNesting) return true;
    if (!formatting.has(tagName)) return false;
    let open = 0;
    for (let entry = this.activeFormattingElements.newest; entry !== null; entry = entry.older) {
      open += 1;
      if (open >= mostFormatting) return true;
    }
    return false;
  }
}

/** Void elements, and those whose content the tokenizer reads as text. */
const neverNested: ReadonlySet<string> = new Set(
  (
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr " +
    "script style textarea title xmp iframe noembed noframes plaintext html head body"
  ).split(" "),
);

const formatting: ReadonlySet<string> = new Set(
  "a b big code em font i nobr s small strike strong tt u".split(" "),
);

/** Parses a page to the HTML specification. Total: every input gives a tree, in time linear to its length. */
export function parsePage(page: Uint8Array | string): PageTree {
  const text = typeof page === "string" ? page : decodePage(page);
  const parser = new BoundedParser({ treeAdapter: adapter, scriptingEnabled: false });
  parser.tokenizer.write(text.slice(0, longestPage), true);
  const document = parser.document;
  const root = document.children.find(isTag);
  const body = root?.children.filter(isTag).find(({ name }) => name === "body" || name === "frameset");
  return { document, body: body ?? (root as Element), complete: text.length <= longestPage };
}

/** Parses a piece of a page, as if it were in `<body>`. */
export function parseFragment(html: string): Document {
  const parser = BoundedParser.getFragmentParser(null, { treeAdapter: adapter, scriptingEnabled: false });
  parser.tokenizer.write(html.slice(0, longestPage), true);
  return parser.getFragment() as Document;
}

export function serializeNodes(nodes: AnyNode | AnyNode[]): string {
  return render(nodes, { encodeEntities: "utf8", emptyAttrs: true });
}

/** Decodes a page by its byte order mark, else by its `<meta charset>`, else as UTF-8. */
function decodePage(bytes: Uint8Array): string {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 1024));
  const mark = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : undefined;
  const named = /<meta[^>]{0,200}charset\s{0,9}=\s{0,9}["']?([\w-]{1,40})/i.exec(head)?.[1];
  try {
    return new TextDecoder(mark ?? named ?? "utf-8").decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
