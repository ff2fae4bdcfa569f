import { decodeHTML } from "entities";
import { Parser } from "htmlparser2";
import { defineProblem, type Problem } from "../../model/problem.ts";
import { specs } from "../rules/specs.ts";
import {
  faultOfStyle,
  isKnownElement,
  isSafeAttribute,
  isSafeElement,
  isSafeMathElement,
} from "./html-names.ts";

/** Receives a finding at `index` of the HTML. */
export type HtmlReport = (code: Problem, index: number, message: string) => void;

type NodeReport = (problem: Problem, message: string) => void;

const addressAttributes: ReadonlySet<string> = new Set([
  "href",
  "src",
  "poster",
  "cite",
  "action",
  "longdesc",
  "background",
]);
const runsCode =
  /^[\s\u0000-\u001f]*(?:j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t|vbscript|livescript|mocha)\s*:/i;
const entity = /&([a-z][a-z0-9]{1,30});/gi;

export const unknownHtml = defineProblem("html/unknown", {
  severity: "warning",
  title: "Not HTML",
  why: "Readers drop or show what they do not know.",
  fix: "Use elements and entities of HTML, and escape `&` and `<` in text.",
  spec: specs.html,
});

/** Checks HTML. `resolvable` says that relative addresses have a base. Linear in the length of `html`. */
export function checkHtml(html: string, resolvable: boolean, report: HtmlReport): void {
  if (!/[<&]/.test(html)) return;
  for (const match of html.matchAll(entity)) {
    if (decodeHTML(match[0]) === match[0]) {
      report(unknownHtml, match.index, `\`${match[0]}\` is not an entity of HTML.`);
    }
  }
  const open = /<[a-z/!][^<>]*$/i.exec(html.slice(-2_000));
  if (open) report(unknownHtml, html.length - open[0].length, "The HTML ends inside a tag.");
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const index = parser.startIndex;
        const reportHere: NodeReport = (problem, message) => report(problem, index, message);
        checkElementName(name, reportHere);
        for (const attribute in attributes)
          checkHtmlAttribute(name, attribute, attributes[attribute] ?? "", resolvable, reportHere);
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.write(html);
  parser.end();
}

const plaintextElement = defineProblem("html/plaintext", {
  severity: "error",
  title: "An element that swallows the rest of the page",
  why: "Everything behind `<plaintext>` is shown as text, including the entries of other feeds.",
  fix: "Write `<pre>`.",
  spec: specs.html,
});

export const unsafeElement = defineProblem("html/unsafe-element", {
  severity: "warning",
  title: "An element that readers remove",
  why: "Scripts, forms, frames and the like could harm people; readers drop them.",
  fix: "Leave it out, or link to the page.",
  spec: `${specs.atom}#section-8.1`,
});

export function checkElementName(name: string, report: NodeReport): void {
  if (isSafeElement(name) || isSafeMathElement(name)) return;
  if (name === "plaintext") report(plaintextElement, "<plaintext> cannot be closed.");
  if (isKnownElement(name)) report(unsafeElement, `Readers remove <${name}>.`);
  else report(unknownHtml, `<${name}> is not an element of HTML.`);
}

const relativeAddress = defineProblem("html/relative", {
  severity: "warning",
  title: "A relative address in HTML",
  why: "Readers have no page to resolve it against, so images and links break.",
  fix: "Write the whole address.",
  spec: `${specs.profile}#element-channel-item-description`,
});

const unsafeStyle = defineProblem("html/unsafe-style", {
  severity: "warning",
  title: "A style that readers remove",
  why: "Positions, behaviours and addresses in styles can cover or track; readers drop the style.",
  fix: "Leave the style out.",
  spec: `${specs.atom}#section-8.1`,
});

const unsafeAddress = defineProblem("html/unsafe-address", {
  severity: "warning",
  title: "An address that runs code",
  why: "Readers remove `javascript:` and the like.",
  fix: "Link to a page.",
  spec: `${specs.atom}#section-8.1`,
});

export const unsafeAttribute = defineProblem("html/unsafe-attribute", {
  severity: "warning",
  title: "An attribute that readers remove",
  why: "Event handlers and the like could harm people; readers drop them.",
  fix: "Leave it out.",
  spec: `${specs.atom}#section-8.1`,
});

export function checkHtmlAttribute(
  element: string,
  name: string,
  value: string,
  resolvable: boolean,
  report: NodeReport,
): void {
  if (name === "style") {
    const fault = faultOfStyle(value);
    if (fault) report(unsafeStyle, `Readers remove the style \`${fault.slice(0, 80)}\` of <${element}>.`);
  } else if (isSafeElement(element) && !isSafeAttribute(name)) {
    report(unsafeAttribute, `Readers remove the attribute ${name} of <${element}>.`);
  }
  if (addressAttributes.has(name) && runsCode.test(value)) {
    report(unsafeAddress, `${name} of <${element}> runs code: "${value.trim().slice(0, 60)}".`);
  } else if (!resolvable && (addressAttributes.has(name) || name === "srcset") && isRelative(name, value)) {
    report(relativeAddress, `${name} of <${element}> is relative: "${value.trim().slice(0, 120)}".`);
  }
}

function isRelative(name: string, value: string): boolean {
  const addresses =
    name === "srcset" ? value.split(/,\s+/).map((part) => part.trim().split(/\s+/, 1)[0] ?? "") : [value];
  return addresses.some((address) => {
    const text = address.trim();
    return text !== "" && !text.startsWith("#") && !/^[a-z][a-z0-9+.-]*:/i.test(text);
  });
}
