import {
  type AnyNode,
  type ChildNode,
  type Document,
  type Element,
  isTag,
  isText,
  type ParentNode,
  Text,
} from "domhandler";
import { appendChild, removeElement } from "domutils";
import { classesOf, elementsUnder, hasClass } from "../dom.ts";
import { allText, makeElement, replaceWith, unwrap } from "./nodes.ts";

const lineNumbers: ReadonlySet<string> = new Set(
  (
    "gutter linenos linenodiv lineno lnt ln line-number line-numbers line-numbers-rows linenumber rouge-gutter blob-num " +
    "hljs-ln-numbers line-numbers-wrapper code-line-numbers"
  ).split(" "),
);

const shownElements: ReadonlySet<string> = new Set("img iframe video audio svg hr object embed".split(" "));

/** Inline elements that mean something within code; highlighters' spans do not. */
const meaningful: ReadonlySet<string> = new Set(
  "a b strong em i mark sub sup kbd var del ins u s".split(" "),
);

/** Makes of every piece of highlighted code one `<pre>`, with lines and without numbers, labels and buttons. */
export function tidyCode(document: Document): void {
  for (const table of elementsUnder(document).filter(({ name }) => name === "table")) tidyCodeTable(table);
  const pieces = elementsUnder(document, ({ name }) => name !== "pre").filter(({ name }) => name === "pre");
  for (const pre of pieces) tidyPre(pre);
  for (const code of elementsUnder(document).filter(({ name }) => name === "code"))
    for (const span of elementsUnder(code).filter(({ name }) => name === "span")) unwrap(span);
}

/** A table that holds line numbers beside code is no table. */
function tidyCodeTable(table: Element): void {
  const isInPre = hasAncestor(table, "pre");
  const cells = elementsUnder(table, (element) => element === table || !/^t[dh]$/.test(element.name)).filter(
    ({ name }) => /^t[dh]$/.test(name),
  );
  const shown = cells.filter(
    (cell) => !hasClass(cell, lineNumbers) && cell.attribs["data-line-number"] === undefined,
  );
  if (isInPre) {
    const lines = shown.map((cell) => makeElement("div", {}, [...cell.children]));
    replaceWith(table, makeElement("div", {}, lines));
    return;
  }
  const pieces = shown.filter((cell) => allText(cell).trim() !== "").map(onlyPre);
  const code = pieces.filter((pre) => pre !== undefined && !/^[\d\s]*$/.test(allText(pre)));
  const isCode = cells.length >= 1 && pieces.length > 0 && pieces.every((pre) => pre !== undefined);
  if (!isCode || (cells.length === 1 && !/highlight|rouge|codehilite|code/i.test(nearClasses(table)))) return;
  if (code.length === 1) replaceWith(table, code[0] as Element);
  else if (code.length > 1)
    replaceWith(
      table,
      makeElement(
        "pre",
        {},
        code.map((pre) => makeElement("div", {}, [...(pre as Element).children])),
      ),
    );
}

function nearClasses(element: Element): string {
  const { parent } = element;
  return [element, parent]
    .map((one) => (one !== null && isTag(one) ? classesOf(one).join(" ") : ""))
    .join(" ");
}

/** The one `<pre>` that a cell holds and nothing else. */
function onlyPre(cell: Element): Element | undefined {
  const pieces = elementsUnder(cell, ({ name }) => name !== "pre").filter(({ name }) => name === "pre");
  const [pre] = pieces;
  return pieces.length === 1 && pre !== undefined && allText(pre).trim() === allText(cell).trim()
    ? pre
    : undefined;
}

function hasAncestor(element: Element, name: string): boolean {
  for (let at: ParentNode | null = element.parent; at !== null; at = at.parent)
    if (isTag(at) && at.name === name) return true;
  return false;
}

function tidyPre(pre: Element): void {
  const code = elementsUnder(pre).find(({ name }) => name === "code");
  const language = findLanguage(code ?? pre);
  const lines = new LineWriter();
  for (const child of pre.children) lines.read(child);
  const content = lines.finish();
  for (const child of [...pre.children]) removeElement(child);
  const wasNamed = isNamedCode(pre);
  for (let { parent } = pre; isFigureOf(parent, pre); { parent } = pre) replaceWith(parent, pre);
  // The box around a figure that went is near now.
  const isCode = code !== undefined || language !== undefined || wasNamed || isNamedCode(pre);
  const attribs: Record<string, string> = language === undefined ? {} : { class: `language-${language}` };
  for (const node of isCode ? [makeElement("code", attribs, content)] : content) appendChild(pre, node);
}

function isNamedCode(pre: Element): boolean {
  return /highlight|codehilite/.test(nearClasses(pre));
}

/** Whether a figure holds a piece of code and nothing else. */
function isFigureOf(parent: ParentNode | null, pre: Element): parent is Element {
  if (parent === null || !isTag(parent) || parent.name !== "figure") return false;
  return parent.children.every(
    (child) => child === pre || (allText(child).trim() === "" && !(isTag(child) && showsSomething(child))),
  );
}

function showsSomething(element: Element): boolean {
  return (
    shownElements.has(element.name) || elementsUnder(element).some(({ name }) => shownElements.has(name))
  );
}

/** Languages are named on the code, on its `<pre>` or on a box around. */
function findLanguage(code: Element): string | undefined {
  let at: ParentNode | null = code;
  for (let steps = 0; at !== null && isTag(at) && steps < 5; steps += 1) {
    const named = classesOf(at).flatMap(
      (name) => /^(?:language|lang|highlight-source|brush:?)-?([a-z0-9+#._-]{1,30})$/.exec(name)?.[1] ?? [],
    );
    const found = at.attribs["data-lang"] ?? at.attribs["data-language"] ?? named[0] ?? hexoLanguage(at);
    if (found !== undefined)
      return /^[\w+#.-]{1,30}$/.test(found) && !/^(?:text|plaintext|plain|none|fallback)$/.test(found)
        ? found
        : undefined;
    at = at.parent;
  }
  return undefined;
}

/** Hexo writes `<figure class="highlight js">`. */
function hexoLanguage(element: Element): string | undefined {
  const [first, second] = classesOf(element);
  return element.name === "figure" && first === "highlight" ? second : undefined;
}

/** Collects what a piece of code shows: text with line ends, and the few elements that mean something. */
class LineWriter {
  readonly #nodes: ChildNode[] = [];
  #text = "";
  /** Whether nothing, or a line end, is what was written last. */
  #isAtStart = true;

  read(node: AnyNode): void {
    if (isText(node)) this.#write(node.data);
    else if (!isTag(node) || node.name === "button" || hasClass(node, lineNumbers)) return;
    else if (node.name === "br") this.#write("\n");
    else if (meaningful.has(node.name)) this.#keep(node);
    else if (/^(?:div|p|li|tr|figure|table|tbody|ol|ul)$/.test(node.name)) this.#readLine(node);
    else for (const child of node.children) this.read(child);
  }

  finish(): ChildNode[] {
    this.#endText();
    const last = this.#nodes.at(-1);
    if (last !== undefined && isText(last)) last.data = last.data.replace(/\n+$/, "");
    const first = this.#nodes[0];
    if (first !== undefined && isText(first)) first.data = first.data.replace(/^\n+/, "");
    return this.#nodes.filter((node) => !isText(node) || node.data !== "");
  }

  #readLine(element: Element): void {
    if (!this.#isAtStart) this.#write("\n");
    const before = this.#nodes.length;
    const length = this.#text.length;
    for (const child of element.children) this.read(child);
    const isEmpty = this.#nodes.length === before && this.#text.length === length;
    if (isEmpty || !this.#isAtStart) this.#write("\n");
  }

  #keep(element: Element): void {
    const inner = new LineWriter();
    for (const child of element.children) inner.read(child);
    inner.#endText();
    this.#endText();
    this.#nodes.push(makeElement(element.name, { ...element.attribs }, inner.#nodes));
    this.#isAtStart = false;
  }

  #write(text: string): void {
    this.#text += text;
    if (text !== "") this.#isAtStart = text.endsWith("\n");
  }

  #endText(): void {
    if (this.#text !== "") this.#nodes.push(new Text(this.#text));
    this.#text = "";
  }
}
