import type { Person } from "../input/clean-entry.ts";
import { element, optional, type XmlElement } from "../xml.ts";
import { defineNamespace } from "./define-namespace.ts";

/** What RSS has no element for (dublincore.org). Atom has elements of its own for all of it. */
export const dublinCore = defineNamespace({
  prefix: "dc",
  entry: ({ contributors, language, copyright }, format) =>
    format === "atom"
      ? []
      : [
          ...contributors.map(({ name }) => element("dc:contributor", name)),
          ...optional("dc:language", language),
          ...optional("dc:rights", copyright),
        ],
});

/** Names without an e-mail address, which RSS's own `author` cannot hold. */
export function creators(people: readonly Person[]): XmlElement[] {
  return people.map(({ name }) => element("dc:creator", name));
}
