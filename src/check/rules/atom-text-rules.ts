// Out goes the group of rules about the text and content of Atom (RFC 4287, sections 3.1 and 4.1.3).
import { rule, specs } from "./rule.ts";

const at = (section: string) => `${specs.atom}#section-${section}`;

export const atomTextRules = {
  "atom/text-type": rule(
    "error",
    "A text type that does not exist",
    "Text is `text`, `html` or `xhtml`; readers do not know others.",
    'Write `type="html"` for escaped HTML.',
    at("3.1"),
    ["InvalidTextType"],
  ),
  "atom/div-missing": rule(
    "error",
    "XHTML without its div",
    "XHTML text is one `div` in the XHTML namespace.",
    'Put the content into `<div xmlns="http://www.w3.org/1999/xhtml">`.',
    at("3.1.1.3"),
    ["MissingXhtmlDiv"],
  ),
  "atom/not-inline": rule(
    "warning",
    "Escaped markup in XHTML",
    "Readers show the tags as text.",
    'Write elements, or `type="html"`.',
    at("3.1.1.3"),
    ["NotInline"],
  ),
  "atom/not-escaped": rule(
    "error",
    "Elements where escaped text was promised",
    '`mode="escaped"` is from a draft and does not fit what stands there.',
    'Remove `mode` and write `type="xhtml"` or escaped HTML.',
    at("3.1"),
    ["NotEscaped"],
  ),
  "atom/undeclared-html": rule(
    "warning",
    "HTML in text that says it is plain",
    "Readers show the tags.",
    'Add `type="html"`.',
    at("3.1.1.1"),
    ["ContainsUndeclaredHTML"],
  ),
  "atom/type-missing": rule(
    "hint",
    "Content elsewhere without a type",
    "Readers cannot tell whether they can show it.",
    'Add `type`, such as `type="video/mp4"`.',
    at("4.1.3.2"),
    ["MissingTypeAttr"],
  ),
  "atom/fragment": rule(
    "warning",
    "A fragment that says it is a whole page",
    "`text/html` and `application/xhtml+xml` are types of whole documents.",
    'Write `type="html"` or `type="xhtml"`.',
    at("4.1.3.3"),
    ["HtmlFragment"],
  ),
};
