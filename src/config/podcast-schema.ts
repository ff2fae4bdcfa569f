// In comes what `podcast` says; out goes a show with everything that Apple Podcasts requires, or the key that lacks it.
import * as v from "valibot";
import { appleCategories } from "../model/apple-categories.ts";
import {
  type Podcast,
  type PodcastCategory,
  type PodcastMedium,
  type PodcastOptions,
  podcastMedia,
} from "../model/config.ts";
import type { PodcastPerson } from "../model/post.ts";
import { flag, isRecord, leaf, listOf, oneOf, section, text } from "./value-schemas.ts";
import { parseEmail, parseLanguage, parseSitePath, parseText, parseUrl } from "./values.ts";

/** Characters of a node's text in the namespace `podcast`. */
const longestText = 128;

function parseLimited(input: unknown, most: number): string | undefined {
  const found = parseText(input);
  return found !== undefined && [...found].length <= most ? found : undefined;
}

function parseSecureUrl(input: unknown): string | undefined {
  const url = parseUrl(input);
  return url?.startsWith("https:") ? url : undefined;
}

const shortText = (what: string) =>
  leaf<string>((input) => parseLimited(input, longestText), `${what}, in at most ${longestText} characters`);
const secureUrl = leaf<string>(parseSecureUrl, 'an https URL such as "https://example.org/"');

/** Such as `Technology` or `Arts > Books`, in Apple's spelling whatever the case. */
function parseCategory(input: unknown): PodcastCategory | undefined {
  if (typeof input !== "string" || input.length > 100) return undefined;
  const [top = "", below, ...more] = input.split(">").map((part) => part.trim().toLowerCase());
  const name = [...appleCategories.keys()].find((one) => one.toLowerCase() === top);
  if (name === undefined || more.length > 0) return undefined;
  if (below === undefined) return { name };
  const sub = appleCategories.get(name)?.find((one) => one.toLowerCase() === below);
  return sub === undefined ? undefined : { name, sub };
}

const categoryForm =
  'one of Apple\'s categories, such as "Technology" or "Society & Culture > Documentary" (docs/podcasts.md lists them)';
const oneCategory = leaf<string, PodcastCategory>(parseCategory, categoryForm);
const singleCategory = v.pipe(
  oneCategory,
  v.transform((category) => [category]),
);
const categoryList = v.pipe(
  listOf(oneCategory, categoryForm),
  v.minLength(1, categoryForm),
  v.maxLength(3, "at most three categories"),
);
const category = v.lazy((input) =>
  Array.isArray(input) ? categoryList : singleCategory,
) as unknown as v.GenericSchema<string | string[], PodcastCategory[]>;

/** Apple takes the format from the name's ending; a name without one is taken on trust. */
function parseImage(input: unknown): string | undefined {
  const path = parseSitePath(input);
  const ending = path === undefined ? null : /\.([A-Za-z0-9]{1,5})(?:[?#].*)?$/.exec(lastPart(path));
  return ending !== null && !/^(?:jpe?g|png)$/i.test(ending[1] ?? "") ? undefined : path;
}

/** What follows the last slash; nothing where a URL has no path. */
function lastPart(path: string): string {
  return /^[a-z]+:\/\/[^/]*$/i.test(path) ? "" : path.replace(/[?#].*$/s, "").replace(/^.*\//s, "");
}

const image = leaf<string>(
  parseImage,
  'a square JPEG or PNG of 1400 to 3000 pixels: a URL, or a path below the site such as "/show.jpg"',
);

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const person = section({
  name: shortText('a name such as "Sari Wulandari"'),
  role: v.optional(text('a role such as "host" or "guest"')),
  group: v.optional(text('a group such as "cast"')),
  image: v.optional(secureUrl),
  url: v.optional(secureUrl),
}) as v.GenericSchema<NonNullable<PodcastOptions["persons"]>[number], PodcastPerson>;

const licenseName = v.pipe(
  shortText('a licence such as "cc-by-4.0"'),
  v.transform((name) => ({ name })),
);
const licenseGroup = section({ name: shortText("the licence's name"), url: secureUrl });
const license = v.lazy((input) => (isRecord(input) ? licenseGroup : licenseName)) as v.GenericSchema<
  NonNullable<PodcastOptions["license"]>,
  NonNullable<Podcast["license"]>
>;

/** A show. `image`, `category` and `explicit` are required: Apple Podcasts takes no feed without them. */
export const podcastSchema = section({
  image,
  category,
  explicit: flag,
  author: v.optional(text('a name such as "Radio Pesisir"')),
  owner: v.optional(
    section({
      name: v.optional(text('a name such as "Radio Pesisir"')),
      email: leaf<string>(parseEmail, 'an e-mail address such as "radio@example.org"'),
    }),
  ),
  type: v.optional(oneOf(["episodic", "serial"])),
  language: v.optional(leaf<string>(parseLanguage, 'a language tag such as "id" or "en-GB"')),
  block: v.optional(flag),
  complete: v.optional(flag),
  newFeedUrl: v.optional(leaf<string>(parseUrl, "the feed's new address, an absolute http(s) URL")),
  guid: v.optional(
    leaf<string>(
      (input) => (typeof input === "string" && uuidForm.test(input) ? input.toLowerCase() : undefined),
      'a UUID such as "9b024349-ccf0-5f69-a609-6b82873eab3c"',
    ),
  ),
  locked: v.optional(flag),
  persons: v.optional(listOf(person, 'a list of people such as [{ name: "Sari", role: "host" }]')),
  funding: v.optional(
    listOf(
      section({ url: secureUrl, text: shortText('words such as "Support the show"') }),
      'a list such as [{ url: "https://example.org/support/", text: "Support the show" }]',
    ),
  ),
  medium: v.optional(oneOf<PodcastMedium>(podcastMedia)),
  license: v.optional(license),
  txt: v.optional(
    listOf(
      section({
        text: leaf<string>((input) => parseLimited(input, 4000), "text of at most 4000 characters"),
        purpose: v.optional(shortText('a purpose such as "verify"')),
      }),
      'a list such as [{ text: "…", purpose: "verify" }]',
    ),
  ),
});
