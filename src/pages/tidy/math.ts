import { type Document, type Element, isTag, type ParentNode } from "domhandler";
import { removeElement } from "domutils";
import { classesOf, elementsUnder } from "../dom.ts";
import { allText, makeElement, replaceWith } from "./nodes.ts";

export type MathForm = "tex" | "mathml";

const outerClasses: ReadonlySet<string> = new Set([
  "katex",
  "katex-display",
  "mathjax",
  "mathjax_display",
  "mathjax_svg",
  "mathjax_chtml",
]);

/** What MathJax draws beside the script that holds a formula's source. */
const drawings: ReadonlySet<string> = new Set([
  "mathjax",
  "mathjax_preview",
  "mathjax_display",
  "mathjax_svg",
  "mathjax_svg_display",
  "mathjax_chtml",
  "mjxc-display",
  "mjx-chtml",
]);

/** Writes each formula once: renderers put MathML, its source and a drawing of it side by side. */
export function tidyMath(document: Document, form: MathForm): void {
  const scripts = elementsUnder(document).filter(
    ({ name, attribs }) => name === "script" && /^math\//i.test(attribs.type ?? ""),
  );
  for (const script of scripts) tidyScript(script);
  for (const math of elementsUnder(document).filter(({ name }) => name === "math")) tidyFormula(math, form);
}

/** MathJax 2 keeps the source in a script; drawings before it go. */
function tidyScript(script: Element): void {
  const isDisplay = /mode\s{0,9}=\s{0,9}display/i.test((script.attribs.type ?? "").slice(0, 200));
  for (let before = script.prev; before !== null && isTag(before) && isDrawing(before); before = script.prev)
    removeElement(before);
  replaceWith(script, writeTex(allText(script).trim(), isDisplay));
}

function isDrawing(element: Element): boolean {
  return classesOf(element).some((name) => drawings.has(name));
}

function tidyFormula(math: Element, form: MathForm): void {
  const annotation = elementsUnder(math).find(
    ({ name }) => name === "annotation" || name === "annotation-xml",
  );
  const tex =
    annotation?.name === "annotation" && /tex/i.test(annotation.attribs.encoding ?? "")
      ? allText(annotation).trim()
      : "";
  const outer = outermost(math);
  const isDisplay =
    math.attribs.display === "block" ||
    outer.attribs.display === "true" ||
    classesOf(outer).some((name) => name.endsWith("display"));
  if (form === "tex" || math.namespace !== "http://www.w3.org/1998/Math/MathML") {
    const alternative = math.attribs.alttext ?? "";
    replaceWith(
      outer,
      writeTex(tex !== "" ? tex : alternative !== "" ? alternative : readSigns(math), isDisplay),
    );
    return;
  }
  for (const element of elementsUnder(math))
    if (element.name.startsWith("annotation")) removeElement(element);
  if (outer !== math) replaceWith(outer, math);
  if (isDisplay) math.attribs.display = "block";
}

/** The box of the renderer that holds the MathML and the drawing. */
function outermost(math: Element): Element {
  let outer = math;
  let at: ParentNode | null = math.parent;
  for (let steps = 0; at !== null && isTag(at) && steps < 6; steps += 1) {
    if (at.name === "mjx-container" || classesOf(at).some((name) => outerClasses.has(name))) outer = at;
    at = at.parent;
  }
  return outer;
}

function readSigns(math: Element): string {
  return allText(math).replace(/\s+/g, " ").trim();
}

function writeTex(tex: string, isDisplay: boolean): Element {
  const code = makeElement("code", {}, tex);
  return isDisplay ? makeElement("pre", {}, [code]) : code;
}
