import { defineProblem, type Problem } from "../../model/problem.ts";
import { attributeOf, type ElementNode } from "../parse/xml-tree.ts";
import { attributeBlank, attributeMissing, elementMissing } from "./elements.ts";
import { defineRule, type Rule, ruleFor } from "./rule.ts";
import { specs } from "./specs.ts";

export const rssTitleMissing = defineProblem("rss/title-missing", {
  severity: "error",
  title: "No title",
  why: "Readers show the title in their lists.",
  fix: "Add `<title>`.",
  spec: `${specs.rss}#requiredChannelElements`,
});

export const rssLinkMissing = defineProblem("rss/link-missing", {
  severity: "error",
  title: "No link",
  why: "Readers cannot open the page that belongs to the feed.",
  fix: "Add `<link>` with the address of the page.",
  spec: `${specs.rss}#requiredChannelElements`,
});

export const rssDescriptionMissing = defineProblem("rss/description-missing", {
  severity: "error",
  title: "No description",
  why: "RSS requires one.",
  fix: "Add `<description>`; it may be short.",
  spec: `${specs.rss}#requiredChannelElements`,
});

function requires(problem: Problem, name: string): Rule {
  return ruleFor(problem, function (part, document) {
    if (!isReference(part) && !childOf(part, name))
      document.report(part, this, `<${part.name}> has no <${name}>.`);
  });
}

function childOf(part: ElementNode, name: string): ElementNode | undefined {
  return part.children.find((child) => child.local === name && child.prefix === part.prefix);
}

/** RSS 1.0: the channel names its image and its textinput, which are beside it. */
function isReference(part: ElementNode): boolean {
  return part.attributes.some(({ local }) => local === "resource");
}

/** What is checked of the image of a channel. */
export const imageRules: readonly Rule[] = [
  requires(rssTitleMissing, "title"),
  requires(rssLinkMissing, "link"),
  requires(elementMissing, "url"),
  defineRule("rss/image-format", {
    severity: "warning",
    title: "An image that is neither GIF, JPEG nor PNG",
    why: "RSS allows these three; readers may not show others.",
    fix: "Use a PNG.",
    spec: `${specs.profile}#element-channel-image-url`,
    check(image, document) {
      const url = childOf(image, "url");
      if (isReference(image) || !url) return;
      const name = fileNameOf(url.text);
      if (/\.\w{2,5}$/.test(name) && !/\.(gif|jpe?g|png)$/i.test(name))
        document.at(url).reject(this, url.text, "which is neither GIF, JPEG nor PNG");
    },
  }),
];

function fileNameOf(address: string): string {
  const path = (address.trim().split(/[?#]/, 1)[0] ?? "").replace(/^[a-z]+:\/\/[^/]*/i, "");
  return path.slice(path.lastIndexOf("/") + 1);
}

/** What is checked of a form for text. */
export const textInputRules: readonly Rule[] = [
  requires(rssTitleMissing, "title"),
  requires(rssLinkMissing, "link"),
  requires(rssDescriptionMissing, "description"),
  requires(elementMissing, "name"),
  defineRule("rss/text-input", {
    severity: "warning",
    title: "A textInput",
    why: "Readers ignore it.",
    fix: "Leave it out.",
    spec: `${specs.profile}#element-channel-textinput`,
    check(input, document) {
      if (!isReference(input)) document.report(input, this, `<${input.name}> is ignored by readers.`);
    },
  }),
];

const repeatedValue = defineProblem("value/duplicate", {
  severity: "error",
  title: "A value that appears twice",
  why: "The values of this list have to differ.",
  fix: "Remove one.",
  spec: specs.rss,
});

const tooManyParts = defineProblem("rss/too-many", {
  severity: "error",
  title: "More entries than there are hours or days",
  why: "A day has 24 hours, a week 7 days.",
  fix: "Remove the repeated ones.",
  spec: `${specs.profile}#element-channel-skiphours`,
});

/** No value twice, and not more than there are. */
function distinct(most: number, fold: (text: string) => string): Rule[] {
  return [
    ruleFor(repeatedValue, function (list, document) {
      const seen = new Set<string>();
      for (const child of list.children) {
        const value = fold(child.text.trim());
        if (seen.has(value)) document.at(child).reject(this, child.text, "which appears twice");
        seen.add(value);
      }
    }),
    ruleFor(tooManyParts, function (list, document) {
      const { length } = list.children;
      if (length > most)
        document.report(list, this, `<${list.name}> has ${length} entries; there are only ${most}.`);
    }),
  ];
}

/** What is checked of the hours in which readers need not look. */
export const hoursRules: readonly Rule[] = distinct(24, (text) =>
  /^\d+$/.test(text) ? String(Number(text) % 24) : text,
);

/** What is checked of the days on which readers need not look. */
export const daysRules: readonly Rule[] = distinct(7, (text) => text.toLowerCase());

/** What is checked of a cloud. */
export const cloudRules: readonly Rule[] = [
  ruleFor(attributeBlank, function (cloud, document) {
    for (const name of ["domain", "path", "protocol"])
      if (attributeOf(cloud, name)?.trim() === "")
        document.report(cloud, this, `${name} of <${cloud.name}> is empty.`);
  }),
];

/** RSS 1.0 names each part by an address; RSS 0.90 does not. */
export const aboutRule = ruleFor(attributeMissing, function (element, document) {
  const isNamed = element.attributes.some(({ local }) => local === "about");
  if (element.ns === "http://purl.org/rss/1.0/" && !isNamed)
    document.report(element, this, `<${element.name}> has no attribute "rdf:about".`);
});
