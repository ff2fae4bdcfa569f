import { type CorpusLanguage, writeBody, writePhrase } from "./corpus-text.ts";
import { createRandomFor, createZipf, pickFrom, pickNormal, pickNumber, type Random } from "./random.ts";

export interface CorpusPost {
  /** Path below the posts folder: `<year>/<month>/<date>-<slug>.md`. */
  readonly path: string;
  readonly text: string;
}

const tagCount = 200;
const authorCount = 40;
const first = Date.UTC(2006, 0, 2);
const last = Date.UTC(2025, 11, 30);
const sections = ["kota", "laut", "ekonomi", "budaya", "olahraga", "opini", "iptek", "surat"];
const given = "Sari Budi Ratna Yusuf Maya Agus Dewi Joko Wulan Hadi".split(" ");
const family = "Wulandari Hadad Palupi Linting".split(" ");

/** Names of the site's authors by the key that posts may use. */
export const corpusAuthors: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: authorCount }, (_, at) => {
    const name = `${given[at % given.length]} ${family[Math.floor(at / given.length)]}`;
    return [name.toLowerCase().replace(" ", "-"), name];
  }),
);
const authorNames = Object.values(corpusAuthors);
const tagNames = Array.from({ length: tagCount }, (_, at) => `topik ${at + 1}`);
const pickTag = createZipf(tagCount);

function pickTags(random: Random): string[] {
  const tags = new Set<string>();
  for (let left = pickNumber(random, 1, 5); left > 0; left -= 1)
    tags.add(tagNames[pickTag(random)] as string);
  return [...tags];
}

/** RFC 3339 at seven hours east, as a site in Jakarta writes it. */
function writeInstant(instant: number): string {
  return `${new Date(instant + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`;
}

interface Head {
  readonly title: string;
  readonly date: string;
  readonly updated: string | undefined;
  readonly slug: string;
  readonly description: string;
  readonly author: string;
  readonly tags: readonly string[];
  readonly section: string;
  readonly language: CorpusLanguage;
}

/** The shape that most posts have: one line a field, canonical names. */
function writePlainHead(head: Head): string[] {
  return [
    `title: ${head.title}`,
    `date: ${head.date}`,
    ...(head.updated === undefined ? [] : [`updated: ${head.updated}`]),
    `slug: ${head.slug}`,
    `description: ${head.description}`,
    `authors: [${head.author}]`,
    `tags: [${head.tags.join(", ")}]`,
    `section: ${head.section}`,
    `language: ${head.language}`,
  ];
}

/** The shapes of the few percent that a plain reader cannot read: escapes, nesting, text over several lines. */
function writeOtherHead(head: Head): string[] {
  return [
    `title: "${head.title}: \\"${head.section}\\""`,
    `date: '${head.date}'`,
    `slug: "${head.slug}"`,
    "description: >-",
    `  ${head.description}`,
    `  ${head.title}.`,
    "authors:",
    `  - name: ${head.author}`,
    `    url: https://bench.example/people/${head.author.toLowerCase().replace(" ", "-")}/`,
    "tags:",
    ...head.tags.map((tag) => `  - "${tag}"`),
    `section: ${head.section} # as printed`,
    `language: ${head.language}`,
  ];
}

/** The `index`-th of `count` posts, the oldest first. Same arguments, same bytes. */
export function makePost(seed: number, index: number, count: number): CorpusPost {
  const random = createRandomFor(seed, index);
  const language: CorpusLanguage = random() < 0.7 ? "id" : "en";
  const instant = Math.floor((first + ((index + random() * 0.9) / count) * (last - first)) / 1000) * 1000;
  const title = writePhrase(random, language, 4, 10);
  const date = writeInstant(instant);
  const slug = `${title.toLowerCase().split(" ").slice(0, 5).join("-")}-${index}`;
  const head: Head = {
    title,
    date,
    updated: random() < 0.1 ? writeInstant(instant + pickNumber(random, 1, 40) * 3_600_000) : undefined,
    slug,
    description: `${writePhrase(random, language, 12, 22)}.`,
    author: pickFrom(random, authorNames),
    tags: pickTags(random),
    section: pickFrom(random, sections),
    language,
  };
  const lines = random() < 0.04 ? writeOtherHead(head) : writePlainHead(head);
  // A lognormal length around 5.0 KB: many short posts, a few of 30 KB; with its front matter 5.6 KB on average.
  const bytes = Math.min(40_000, Math.max(600, Math.round(Math.exp(8.33 + 0.62 * pickNormal(random)))));
  const day = date.slice(0, 10);
  return {
    path: `${day.slice(0, 4)}/${day.slice(5, 7)}/${day}-${slug}.md`,
    text: `---\n${lines.join("\n")}\n---\n\n${writeBody(random, language, bytes)}`,
  };
}
