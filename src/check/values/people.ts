import { defineProblem } from "../../model/problem.ts";
import type { ValueCheck } from "../rules/document-check.ts";
import { specs } from "../rules/specs.ts";
import { bare } from "./addresses.ts";
import { checkPlain } from "./text.ts";
import { pattern } from "./words.ts";

const localPart = "[\\w!#$%&'*+/=?^`{|}~.-]+";
const domain =
  "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?(?:\\.[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?)+";
const address = new RegExp(`^${localPart}@(?:${domain}|\\[[\\d.]+\\])$`, "u");
const contactForm = new RegExp(
  `^(?:mailto:)?${localPart}@(?:${domain}|\\[[\\d.]+\\])(?<name> ?\\([\\s\\S]+\\))?$`,
  "u",
);
const namedAddress = new RegExp(`^[^<>]*<${localPart}@${domain}>$`, "u");

/** Whether a value is a bare e-mail address (addr-spec of RFC 5322, without quoting). */
export function isAddressSpec(value: string): boolean {
  return value.length <= 320 && address.test(value);
}

const invalidEmail = defineProblem("value/email", {
  severity: "error",
  title: "Not an e-mail address",
  why: "Only the bare address belongs here.",
  fix: "Write `name@example.org`, without a name around it.",
  spec: "https://www.rfc-editor.org/rfc/rfc5322#section-3.4.1",
});

const checkEmail = pattern(invalidEmail, isAddressSpec, "which is not an e-mail address");

const invalidContact = defineProblem("value/contact", {
  severity: "error",
  title: "No e-mail address",
  why: "RSS wants an address here; a bare name belongs in `dc:creator`.",
  fix: "Write `name@example.org (Name)`, or use `dc:creator`.",
  spec: `${specs.profile}#data-types-email`,
});

const contactWithoutName = defineProblem("value/contact-name", {
  severity: "hint",
  title: "An e-mail address without a name",
  why: "Readers would show the address.",
  fix: "Write `name@example.org (Name)`.",
  spec: `${specs.profile}#data-types-email`,
});

/** RSS people: `name@example.org (Name)`. */
const checkContact: ValueCheck = (value, spot) => {
  const contact = value.trim();
  checkPlain(contact, spot);
  const match = contact.length <= 1000 ? contactForm.exec(contact) : null;
  if (!match && !(contact.length <= 1000 && namedAddress.test(contact))) {
    return spot.reject(invalidContact, contact, "which is not `e-mail (name)`");
  }
  if (!match?.groups?.name)
    spot.reject(contactWithoutName, contact, "which is not an address with a name in parentheses");
};

/** OPML's owner: an address; no name is required. */
const checkOwner: ValueCheck = (value, spot) => {
  if (value.trim() !== "" && !contactForm.test(value.trim().slice(0, 1000))) {
    spot.reject(invalidContact, value, "which is not an e-mail address");
  }
};

export const peopleValues = {
  email: checkEmail,
  "bare-email": bare(checkEmail),
  contact: checkContact,
  "contact-quiet": checkOwner,
} satisfies Record<string, ValueCheck>;
