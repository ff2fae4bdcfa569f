// In comes what `feeds` says of other vocabularies; out goes which prefixes, elements and facts feeds carry beside their own.
import * as v from "valibot";
import type { MakeElements, UpdatePeriod } from "../model/config.ts";
import { canBind, isBound, isQualifiedName, knownNamespaces } from "../model/namespaces.ts";
import { isRecord, leaf, oneOf, recordOf, text } from "./value-schemas.ts";
import { parseSitePath } from "./values.ts";

const namespaces = v.pipe(
  recordOf(
    text('an absolute URI such as "https://example.org/ns"'),
    'prefixes and their URIs, such as { my: "https://example.org/ns" }',
  ),
  v.check(
    (map) =>
      Object.entries(map).every(([prefix, uri]) => canBind(prefix, uri)) &&
      new Set(Object.values(map)).size === Object.keys(map).length,
    `prefixes that are names, each with an absolute URI of its own, such as { my: "https://example.org/ns" }; ${[...knownNamespaces.keys()].join(", ")} and their URIs are known already`,
  ),
);

const elementTable = v.pipe(
  recordOf(
    text('a key of front matter such as "rating"'),
    'elements and the keys of front matter that fill them, such as { "my:rating": "rating" }',
  ),
  v.check(
    (map) => Object.keys(map).every(isQualifiedName),
    'elements with a prefix, such as { "my:rating": "rating" }',
  ),
);

const makeElements = leaf<MakeElements>(
  (input) => (typeof input === "function" ? (input as MakeElements) : undefined),
  'elements and the keys of front matter that fill them, such as { "my:rating": "rating" }, or a function (post) => elements',
);
const elements = v.lazy((input) =>
  isRecord(input) ? elementTable : makeElements,
) as unknown as v.GenericSchema<Record<string, string> | MakeElements>;

/** The keys of `feeds` about other vocabularies. */
export const vocabularyEntries = {
  namespaces: v.optional(namespaces, {}),
  elements: v.optional(elements, {}),
  updatePeriod: v.optional(oneOf<UpdatePeriod>(["hourly", "daily", "weekly", "monthly", "yearly"])),
  accounts: v.optional(
    recordOf(
      text('an account\'s name such as "@kabar@example.social"'),
      'accounts by service, such as { mastodon: "@kabar@example.social" }',
    ),
    {},
  ),
  blogroll: v.optional(
    leaf<string>(parseSitePath, 'a URL, or a path below the site such as "/blogroll.opml"'),
  ),
};

/** The first of the elements whose prefix nobody declared; what a function gives is known post by post. */
export function findUnboundElement(
  elements: Readonly<Record<string, string>> | MakeElements,
  declared: Readonly<Record<string, string>>,
): string | undefined {
  if (typeof elements === "function") return undefined;
  return Object.keys(elements).find((name) => !isBound(name, declared));
}
