// In comes an entry; out go the Dublin Core elements by which RSS says what it has no element for.
import type { CleanEntry, Person } from "../input/clean-entry.ts";
import { element, type XmlElement } from "../xml.ts";

/** Names without an e-mail address, which RSS's own `author` cannot hold. */
export function creators(people: readonly Person[]): XmlElement[] {
  return people.map(({ name }) => element("dc:creator", name));
}

export function dublinCore({ contributors, language, copyright }: CleanEntry): XmlElement[] {
  const elements = contributors.map(({ name }) => element("dc:contributor", name));
  if (language !== undefined) elements.push(element("dc:language", language));
  if (copyright !== undefined) elements.push(element("dc:rights", copyright));
  return elements;
}
