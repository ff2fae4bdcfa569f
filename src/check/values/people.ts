// In comes a value that names a person or an e-mail address; out go findings.

import type { ValueCheck } from "../rules/document-check.ts";
import { bare } from "./addresses.ts";
import { checkPlain } from "./text.ts";

const LOCAL = "[\\w!#$%&'*+/=?^`{|}~.-]+";
const DOMAIN =
  "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?(?:\\.[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?)+";
const ADDRESS = new RegExp(`^${LOCAL}@(?:${DOMAIN}|\\[[\\d.]+\\])$`, "u");
const CONTACT = new RegExp(
  `^(?:mailto:)?${LOCAL}@(?:${DOMAIN}|\\[[\\d.]+\\])(?<name> ?\\([\\s\\S]+\\))?$`,
  "u",
);
const NAMED = new RegExp(`^[^<>]*<${LOCAL}@${DOMAIN}>$`, "u");

/** Whether a value is a bare e-mail address (addr-spec of RFC 5322, without quoting). */
export function isAddressSpec(value: string): boolean {
  return value.length <= 320 && ADDRESS.test(value);
}

const checkEmail: ValueCheck = (value, place) => {
  if (!isAddressSpec(value.trim())) place.reject("value/email", value, "which is not an e-mail address");
};

/** RSS people: `name@example.org (Name)`. */
const checkContact: ValueCheck = (value, place) => {
  const contact = value.trim();
  checkPlain(contact, place);
  const match = contact.length <= 1000 ? CONTACT.exec(contact) : null;
  if (!match && !(contact.length <= 1000 && NAMED.test(contact))) {
    return place.reject("value/contact", contact, "which is not `e-mail (name)`");
  }
  if (!match?.groups?.name)
    place.reject("value/contact-name", contact, "which is not an address with a name in parentheses");
};

/** OPML's owner: an address, a name is not asked for. */
const checkOwner: ValueCheck = (value, place) => {
  if (value.trim() !== "" && !CONTACT.test(value.trim().slice(0, 1000))) {
    place.reject("value/contact", value, "which is not an e-mail address");
  }
};

export const peopleValues = {
  email: checkEmail,
  "bare-email": bare(checkEmail),
  contact: checkContact,
  "contact-quiet": checkOwner,
} satisfies Record<string, ValueCheck>;
