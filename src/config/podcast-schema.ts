import * as v from "valibot";
import { appleCategories } from "../model/apple-categories.ts";
import { type PodcastCategory, podcastMedia } from "../model/config.ts";
import {
  either,
  email,
  flag,
  language,
  leaf,
  listOf,
  oneOf,
  oneOrMore,
  section,
  text,
} from "./value-schemas.ts";
import { parseHttpUrl, parseSitePath, parseText } from "./values.ts";

/** Characters of a node's text in the namespace `podcast`. */
const longestText = 128;

function limitedText(most: number, what: string): v.GenericSchema<string> {
  const parse = (input: unknown) => {
    const found = parseText(input);
    return found !== undefined && [...found].length <= most ? found : undefined;
  };
  return leaf<string>(parse, `${what}, in at most ${most} characters`);
}
const shortText = (what: string) => limitedText(longestText, what);

const secureUrl = leaf<string>((input) => {
  const found = parseHttpUrl(input);
  return found?.startsWith("https:") ? found : undefined;
}, 'an https URL such as "https://example.org/"');

/** Such as `Technology` or `Arts > Books`; any case becomes Apple's. */
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

/** Apple takes the format from the ending of the name; a name without an ending is accepted. */
function parseImage(input: unknown): string | undefined {
  const path = parseSitePath(input);
  const ending = path === undefined ? null : /\.([A-Za-z0-9]{1,5})(?:[?#].*)?$/.exec(lastPart(path));
  return ending !== null && !/^(?:jpe?g|png)$/i.test(ending[1] ?? "") ? undefined : path;
}

/** The text after the last slash; empty for a URL without a path. */
function lastPart(path: string): string {
  return /^[a-z]+:\/\/[^/]*$/i.test(path) ? "" : path.replace(/[?#].*$/s, "").replace(/^.*\//s, "");
}

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const person = section({
  name: shortText('a name such as "Sari Wulandari"'),
  role: v.optional(text('a role such as "host" or "guest"')),
  group: v.optional(text('a group such as "cast"')),
  image: v.optional(secureUrl),
  url: v.optional(secureUrl),
});

const licenseName = v.pipe(
  shortText('a licence such as "cc-by-4.0"'),
  v.transform((name) => ({ name })),
);

/** A show. `image`, `category` and `explicit` are required: Apple Podcasts accepts no feed without them. */
export const podcastSchema = section({
  image: leaf<string>(
    parseImage,
    'a square JPEG or PNG of 1400 to 3000 pixels: a URL, or a path below the site such as "/show.jpg"',
  ),
  category: oneOrMore(leaf<string, PodcastCategory>(parseCategory, categoryForm), categoryForm, 3),
  explicit: flag,
  author: v.optional(text('a name such as "Radio Pesisir"')),
  owner: v.optional(
    section({ name: v.optional(text('a name such as "Radio Pesisir"')), email: email("radio@example.org") }),
  ),
  type: v.optional(oneOf(["episodic", "serial"])),
  language: v.optional(language),
  block: v.optional(flag),
  complete: v.optional(flag),
  newFeedUrl: v.optional(leaf<string>(parseHttpUrl, "the feed's new address, an absolute http(s) URL")),
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
  medium: v.optional(oneOf(podcastMedia)),
  license: v.optional(
    either(section({ name: shortText("the licence's name"), url: secureUrl }), licenseName),
  ),
  txt: v.optional(
    listOf(
      section({
        text: limitedText(4000, "text"),
        purpose: v.optional(shortText('a purpose such as "verify"')),
      }),
      'a list such as [{ text: "…", purpose: "verify" }]',
    ),
  ),
});
