// Out goes the group of rules about HTML in entries.
import { rule, specs } from "./rule.ts";

export const htmlRules = {
  "html/relative": rule(
    "warning",
    "A relative address in HTML",
    "Readers have no page to resolve it against, so images and links break.",
    "Write the whole address.",
    `${specs.profile}#element-channel-item-description`,
    ["ContainsRelRef"],
  ),
  "html/unsafe-element": rule(
    "warning",
    "An element that readers remove",
    "Scripts, forms, frames and the like could harm people; readers drop them.",
    "Leave it out, or link to the page.",
    `${specs.atom}#section-8.1`,
    ["SecurityRisk"],
  ),
  "html/plaintext": rule(
    "error",
    "An element that swallows the rest of the page",
    "Everything behind `<plaintext>` is shown as text, including the entries of other feeds.",
    "Write `<pre>`.",
    specs.html,
    ["FatalSecurityRisk", "SecurityRisk"],
  ),
  "html/unsafe-attribute": rule(
    "warning",
    "An attribute that readers remove",
    "Event handlers and the like could harm people; readers drop them.",
    "Leave it out.",
    `${specs.atom}#section-8.1`,
    ["SecurityRiskAttr"],
  ),
  "html/unsafe-style": rule(
    "warning",
    "A style that readers remove",
    "Positions, behaviours and addresses in styles can cover or track; readers drop the style.",
    "Leave the style out.",
    `${specs.atom}#section-8.1`,
    ["DangerousStyleAttr"],
  ),
  "html/unsafe-address": rule(
    "warning",
    "An address that runs code",
    "Readers remove `javascript:` and the like.",
    "Link to a page.",
    `${specs.atom}#section-8.1`,
    ["SecurityRiskAttr"],
  ),
  "html/unknown": rule(
    "warning",
    "Not HTML",
    "Readers drop or show what they do not know.",
    "Use elements and entities of HTML, and escape `&` and `<` in text.",
    specs.html,
    ["NotHtml"],
  ),
};
