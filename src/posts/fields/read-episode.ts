// In comes a post's reading; out goes what it says as an episode of a podcast, if it is one.
import type { Config } from "../../model/config.ts";
import type { Episode, FileReference, PodcastPerson, Soundbite } from "../../model/post.ts";
import { isList, isTable, type Table, textOf, type Value } from "../front-matter/front-matter-value.ts";
import { cleanLine, reportIgnored } from "./clean-field.ts";
import type { FieldName } from "./field-names.ts";
import { readWebUrl } from "./read-authors.ts";
import { parseSeconds } from "./read-media.ts";
import type { Found, Path, Reading } from "./reading.ts";

/** Whether any feed of the site is a podcast. */
export function hasPodcast({ podcast, feeds }: Config): boolean {
  return podcast !== undefined || feeds.custom.some((feed) => feed.podcast !== undefined);
}

/** Characters of a node's text in the namespace `podcast`. */
const longestText = 128;

type Fact = Pick<Found, "path" | "value">;
type Take = (field: FieldName | undefined, ...keys: string[]) => Fact | undefined;
type Draft = { -readonly [Key in keyof Episode]: Episode[Key] };

/**
 * Reads the mappings `episode` and `podcast`, and, on a site that has a podcast, the same keys at the top.
 * Undefined where there is none of them.
 */
export function readEpisode(reading: Reading): Episode | undefined {
  const { episode, podcast } = reading.fields;
  const tables = [episode, podcast].filter((found) => found !== undefined && isTable(found.value)) as Found[];
  const isFlat = hasPodcast(reading.config);
  if (tables.length === 0 && !isFlat) return undefined;
  const take: Take = (field, ...keys) => {
    for (const { path, value } of tables) {
      const key = keys.find((one) => (value as Table).has(one));
      if (key !== undefined) return { path: [...path, key], value: (value as Table).get(key) ?? "" };
    }
    const found = isFlat && field !== undefined ? reading.fields[field] : undefined;
    return found === undefined || (isTable(found.value) && field === "episode") ? undefined : found;
  };
  const draft: Draft = {};
  readNumbers(reading, take, draft);
  readWords(reading, take, draft, episode);
  readFiles(reading, take, draft);
  const soundbites = readEach(take("soundbite", "soundbites", "soundbite"), (path, value) =>
    readSoundbite(reading, path, value),
  );
  if (soundbites.length > 0) draft.soundbites = soundbites;
  const persons = readEach(take("persons", "persons", "person", "people"), (path, value) =>
    readPerson(reading, path, value),
  );
  if (persons.length > 0) draft.persons = persons;
  return Object.keys(draft).length > 0 || isTable(episode?.value) ? draft : undefined;
}

function readNumbers(reading: Reading, take: Take, draft: Draft): void {
  const season = readNumber(reading, take("season", "season"), /^[1-9]\d{0,5}$/, "a whole number from 1 on");
  if (season !== undefined) draft.season = season;
  const number = readNumber(
    reading,
    take("episode", "number", "episode", "episodeNumber", "episode_number"),
    /^\d{1,6}(?:\.\d{1,3})?$/,
    "a number",
  );
  if (number !== undefined) draft.number = number;
}

function readNumber(
  reading: Reading,
  found: Fact | undefined,
  form: RegExp,
  what: string,
): number | undefined {
  if (found === undefined) return undefined;
  const text = textOf(found.value) ?? "";
  if (form.test(text)) return Number(text);
  reportIgnored(reading, found.path, found.value, `it is not ${what}`, "Write a number such as 3.");
  return undefined;
}

function readWords(reading: Reading, take: Take, draft: Draft, episode: Found | undefined): void {
  const seasonName = readShort(reading, take(undefined, "seasonName", "season_name"));
  if (seasonName !== undefined) draft.seasonName = seasonName;
  const own = isTable(episode?.value) ? episode.value : undefined;
  const title = own?.has("title") ? take(undefined, "title") : undefined;
  if (title) draft.title = cleanLine(reading, title.path, textOf(title.value) ?? "");
  const type = own?.has("type")
    ? take(undefined, "type")
    : take("episodeType", "episodeType", "episode_type");
  const word = type && (textOf(type.value) ?? "").toLowerCase();
  if (word === "full" || word === "trailer" || word === "bonus") draft.type = word;
  else if (type)
    reportIgnored(
      reading,
      type.path,
      type.value,
      "it is no kind of episode",
      "Write full, trailer or bonus.",
    );
  const explicit = readFlag(reading, take("explicit", "explicit"));
  if (explicit !== undefined) draft.explicit = explicit;
  const block = readFlag(reading, take(undefined, "block"));
  if (block !== undefined) draft.block = block;
}

function readFlag(reading: Reading, found: Fact | undefined): boolean | undefined {
  if (found === undefined) return undefined;
  const word = (textOf(found.value) ?? "").toLowerCase();
  if (word === "true" || word === "yes") return true;
  // `clean` is what Apple's older guide had for no.
  if (word === "false" || word === "no" || word === "clean") return false;
  reportIgnored(reading, found.path, found.value, "it is neither true nor false", "Write true or false.");
  return undefined;
}

function readFiles(reading: Reading, take: Take, draft: Draft): void {
  const image = take(undefined, "image");
  const src = image && readReference(reading, image.path, image.value);
  if (src) draft.image = src.src;
  const transcripts = readEach(take("transcript", "transcripts", "transcript"), (path, value) =>
    readReference(reading, path, value),
  );
  if (transcripts.length > 0) draft.transcripts = transcripts;
  const chapters = take("chapters", "chapters");
  const file = chapters && readReference(reading, chapters.path, chapters.value);
  if (file) draft.chapters = file;
}

/** A value, or each of a list. */
function readEach<T>(
  found: Fact | undefined,
  read: (path: Path, value: Value) => T | undefined,
): readonly T[] {
  if (found === undefined) return [];
  const { path, value } = found;
  const items: [Path, Value][] = isList(value)
    ? value.map((item, i): [Path, Value] => [[...path, i], item])
    : [[path, value]];
  return items.flatMap(([where, item]) => read(where, item) ?? []);
}

function readReference(reading: Reading, path: Path, value: Value): FileReference | undefined {
  const take = (...keys: string[]) => (isTable(value) ? takeLine(reading, path, value, keys) : undefined);
  const src =
    typeof value === "string" ? cleanLine(reading, path, value) : take("src", "url", "file", "href");
  if (src === undefined || src === "") {
    reportIgnored(
      reading,
      path,
      value,
      "it names no file",
      "Write the file's name or URL, or { src, type }.",
    );
    return undefined;
  }
  const type = take("type");
  const language = take("language", "lang");
  return { src, ...(type && { type }), ...(language && { language }) };
}

function readSoundbite(reading: Reading, path: Path, value: Value): Soundbite | undefined {
  const take = (...keys: string[]) => (isTable(value) ? takeLine(reading, path, value, keys) : undefined);
  const start = parseSeconds(take("start", "startTime", "start_time") ?? "");
  const duration = parseSeconds(take("duration") ?? "");
  if (start === undefined || !duration) {
    const hint = "Write { start: 73, duration: 60 } in seconds.";
    reportIgnored(reading, path, value, "it does not say from when and for how long", hint);
    return undefined;
  }
  const title = take("title");
  return { start, duration, ...(title && { title: cut(title) }) };
}

function readPerson(reading: Reading, path: Path, value: Value): PodcastPerson | undefined {
  const take = (...keys: string[]) => (isTable(value) ? takeLine(reading, path, value, keys) : undefined);
  const name = typeof value === "string" ? cleanLine(reading, path, value) : take("name");
  if (name === undefined || name === "") {
    reportIgnored(reading, path, value, "it names nobody", "Write a name, or { name, role }.");
    return undefined;
  }
  const [role, group] = [take("role"), take("group")];
  const image = readSecure(reading, path, take("image", "img", "avatar"));
  const url = readSecure(reading, path, take("url", "href"));
  return {
    name: cut(name),
    ...(role && { role }),
    ...(group && { group }),
    ...(image && { image }),
    ...(url && { url }),
  };
}

/** The namespace allows https alone. */
function readSecure(reading: Reading, path: Path, text: string | undefined): string | undefined {
  const url = text === undefined || text === "" ? undefined : readWebUrl(reading, path, text);
  if (url === undefined || url.startsWith("https:")) return url;
  reportIgnored(reading, path, url, "podcast apps load https alone", "Write an https address.");
  return undefined;
}

function readShort(reading: Reading, found: Fact | undefined): string | undefined {
  const text = found && textOf(found.value);
  return found && text ? cut(cleanLine(reading, found.path, text)) : undefined;
}

function cut(text: string): string {
  return [...text].slice(0, longestText).join("");
}

function takeLine(reading: Reading, path: Path, table: Table, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = textOf(table.get(key));
    if (text !== undefined) return cleanLine(reading, [...path, key], text);
  }
  return undefined;
}
