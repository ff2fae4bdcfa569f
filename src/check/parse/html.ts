// In comes HTML as it stands in an entry; out goes what readers will remove, misread or cannot resolve in it.
import { decodeHTML } from "entities";
import { Parser } from "htmlparser2";
import type { RuleCode } from "../rules/table.ts";
import { faultOfStyle, isKnownElement, isSafeAttribute, isSafeElement } from "./html-names.ts";

/** Told about a finding at `index` of the HTML. */
export type HtmlReport = (code: RuleCode, index: number, message: string) => void;

const ADDRESSES: ReadonlySet<string> = new Set([
  "href",
  "src",
  "poster",
  "cite",
  "action",
  "longdesc",
  "background",
]);
const RUNS_CODE =
  /^[\s\u0000-\u001f]*(?:j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t|vbscript|livescript|mocha)\s*:/i;
const ENTITY = /&([a-z][a-z0-9]{1,30});/gi;

/** Looks through HTML. `resolvable` says that relative addresses have a base. Linear in the length of `html`. */
export function checkHtml(html: string, resolvable: boolean, report: HtmlReport): void {
  if (!/[<&]/.test(html)) return;
  for (const match of html.matchAll(ENTITY)) {
    if (decodeHTML(match[0]) === match[0]) {
      report("html/unknown", match.index, `\`${match[0]}\` is not an entity of HTML.`);
    }
  }
  const open = /<[a-z/!][^<>]*$/i.exec(html.slice(-2_000));
  if (open) report("html/unknown", html.length - open[0].length, "The HTML ends inside a tag.");
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const index = parser.startIndex;
        checkElementName(name, index, report);
        for (const attribute in attributes) {
          checkHtmlAttribute(name, attribute, attributes[attribute] ?? "", resolvable, (code, message) =>
            report(code, index, message),
          );
        }
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.write(html);
  parser.end();
}

/** Says what is wrong with an element of that name. */
export function checkElementName(name: string, index: number, report: HtmlReport): void {
  if (isSafeElement(name)) return;
  if (name === "plaintext") report("html/plaintext", index, "<plaintext> cannot be closed.");
  if (isKnownElement(name)) report("html/unsafe-element", index, `Readers remove <${name}>.`);
  else report("html/unknown", index, `<${name}> is not an element of HTML.`);
}

/** Says what is wrong with one attribute of an HTML element. */
export function checkHtmlAttribute(
  element: string,
  name: string,
  value: string,
  resolvable: boolean,
  report: (code: RuleCode, message: string) => void,
): void {
  if (name === "style") {
    const fault = faultOfStyle(value);
    if (fault)
      report("html/unsafe-style", `Readers remove the style \`${fault.slice(0, 80)}\` of <${element}>.`);
  } else if (isSafeElement(element) && !isSafeAttribute(name)) {
    report("html/unsafe-attribute", `Readers remove the attribute ${name} of <${element}>.`);
  }
  if (ADDRESSES.has(name) && RUNS_CODE.test(value)) {
    report("html/unsafe-address", `${name} of <${element}> runs code: "${value.trim().slice(0, 60)}".`);
  } else if (!resolvable && (ADDRESSES.has(name) || name === "srcset") && isRelative(name, value)) {
    report("html/relative", `${name} of <${element}> is relative: "${value.trim().slice(0, 120)}".`);
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
