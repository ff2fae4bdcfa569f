import type { Config } from "../../model/config.ts";
import type { Episode, FileReference, Mutable, PodcastPerson, Post, Soundbite } from "../../model/post.ts";
import {
  isMapping,
  isSequence,
  type Mapping,
  type Value,
  valueText,
} from "../front-matter/front-matter-value.ts";
import { cleanLine, pickLine, reportIgnored } from "./clean-field.ts";
import type { FieldContext, FieldPath, WrittenField } from "./collect-fields.ts";
import type { FieldName } from "./field-names.ts";
import { readWebUrl } from "./read-authors.ts";
import { parseSeconds } from "./read-media.ts";

/** Whether any feed of the site is a podcast. */
export function hasPodcast({ podcast, feeds }: Config): boolean {
  return podcast !== undefined || feeds.custom.some((feed) => feed.podcast !== undefined);
}

/** Characters of a node's text in the namespace `podcast`. */
const longestText = 128;

type Fact = Pick<WrittenField, "path" | "value">;
type Take = (field: FieldName | undefined, ...keys: string[]) => Fact | undefined;

/**
 * Reads the mappings `episode` and `podcast`, and, on a site that has a podcast, the same keys at the top.
 */
export function readEpisode(context: FieldContext, post: Mutable<Post>): void {
  const { episode, podcast } = context.fields;
  const tables = [episode, podcast].filter(
    (found) => found !== undefined && isMapping(found.value),
  ) as WrittenField[];
  const isFlat = hasPodcast(context.config);
  if (tables.length === 0 && !isFlat) return;
  const take: Take = (field, ...keys) => {
    for (const { path, value } of tables) {
      const key = keys.find((one) => (value as Mapping).has(one));
      if (key !== undefined) return { path: [...path, key], value: (value as Mapping).get(key) ?? "" };
    }
    const found = isFlat && field !== undefined ? context.fields[field] : undefined;
    return found === undefined || (isMapping(found.value) && field === "episode") ? undefined : found;
  };
  const draft: Mutable<Episode> = {};
  readNumbers(context, take, draft);
  readWords(context, take, draft, episode);
  readFiles(context, take, draft);
  const soundbites = readEach(take("soundbite", "soundbites", "soundbite"), (path, value) =>
    readSoundbite(context, path, value),
  );
  if (soundbites.length > 0) draft.soundbites = soundbites;
  const persons = readEach(take("persons", "persons", "person", "people"), (path, value) =>
    readPerson(context, path, value),
  );
  if (persons.length > 0) draft.persons = persons;
  if (Object.keys(draft).length > 0 || isMapping(episode?.value)) post.episode = draft;
}

function readNumbers(context: FieldContext, take: Take, draft: Mutable<Episode>): void {
  const season = readNumber(context, take("season", "season"), /^[1-9]\d{0,5}$/, "a whole number from 1 on");
  if (season !== undefined) draft.season = season;
  const number = readNumber(
    context,
    take("episode", "number", "episode", "episodeNumber", "episode_number"),
    /^\d{1,6}(?:\.\d{1,3})?$/,
    "a number",
  );
  if (number !== undefined) draft.number = number;
}

function readNumber(
  context: FieldContext,
  found: Fact | undefined,
  form: RegExp,
  what: string,
): number | undefined {
  if (found === undefined) return undefined;
  const text = valueText(found.value) ?? "";
  if (form.test(text)) return Number(text);
  reportIgnored(context, found.path, found.value, `it is not ${what}`, "Write a number such as 3.");
  return undefined;
}

function readWords(
  context: FieldContext,
  take: Take,
  draft: Mutable<Episode>,
  episode: WrittenField | undefined,
): void {
  const seasonName = readShort(context, take(undefined, "seasonName", "season_name"));
  if (seasonName !== undefined) draft.seasonName = seasonName;
  const own = isMapping(episode?.value) ? episode.value : undefined;
  const title = own?.has("title") ? take(undefined, "title") : undefined;
  if (title) draft.title = cleanLine(context, title.path, valueText(title.value) ?? "");
  const type = own?.has("type")
    ? take(undefined, "type")
    : take("episodeType", "episodeType", "episode_type");
  const word = type && (valueText(type.value) ?? "").toLowerCase();
  if (word === "full" || word === "trailer" || word === "bonus") draft.type = word;
  else if (type)
    reportIgnored(
      context,
      type.path,
      type.value,
      "it is not a kind of episode",
      "Write full, trailer or bonus.",
    );
  const explicit = readFlag(context, take("explicit", "explicit"));
  if (explicit !== undefined) draft.explicit = explicit;
  const block = readFlag(context, take(undefined, "block"));
  if (block !== undefined) draft.block = block;
}

function readFlag(context: FieldContext, found: Fact | undefined): boolean | undefined {
  if (found === undefined) return undefined;
  const word = (valueText(found.value) ?? "").toLowerCase();
  if (word === "true" || word === "yes") return true;
  // `clean` is what Apple's older guide had for no.
  if (word === "false" || word === "no" || word === "clean") return false;
  reportIgnored(context, found.path, found.value, "it is neither true nor false", "Write true or false.");
  return undefined;
}

function readFiles(context: FieldContext, take: Take, draft: Mutable<Episode>): void {
  const image = take(undefined, "image");
  const src = image && readReference(context, image.path, image.value);
  if (src) draft.image = src.src;
  const transcripts = readEach(take("transcript", "transcripts", "transcript"), (path, value) =>
    readReference(context, path, value),
  );
  if (transcripts.length > 0) draft.transcripts = transcripts;
  const chapters = take("chapters", "chapters");
  const file = chapters && readReference(context, chapters.path, chapters.value);
  if (file) draft.chapters = file;
}

/** Reads one value, or each of a list. */
function readEach<T>(
  found: Fact | undefined,
  read: (path: FieldPath, value: Value) => T | undefined,
): readonly T[] {
  if (found === undefined) return [];
  const { path, value } = found;
  const items: [FieldPath, Value][] = isSequence(value)
    ? value.map((item, i): [FieldPath, Value] => [[...path, i], item])
    : [[path, value]];
  return items.flatMap(([where, item]) => read(where, item) ?? []);
}

function readReference(context: FieldContext, path: FieldPath, value: Value): FileReference | undefined {
  const take = (...keys: string[]) => (isMapping(value) ? pickLine(context, path, value, keys) : undefined);
  const src =
    typeof value === "string" ? cleanLine(context, path, value) : take("src", "url", "file", "href");
  if (src === undefined || src === "") {
    reportIgnored(
      context,
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

function readSoundbite(context: FieldContext, path: FieldPath, value: Value): Soundbite | undefined {
  const take = (...keys: string[]) => (isMapping(value) ? pickLine(context, path, value, keys) : undefined);
  const start = parseSeconds(take("start", "startTime", "start_time") ?? "");
  const duration = parseSeconds(take("duration") ?? "");
  if (start === undefined || !duration) {
    const hint = "Write { start: 73, duration: 60 } in seconds.";
    reportIgnored(context, path, value, "it does not say from when and for how long", hint);
    return undefined;
  }
  const title = take("title");
  return { start, duration, ...(title && { title: cut(title) }) };
}

function readPerson(context: FieldContext, path: FieldPath, value: Value): PodcastPerson | undefined {
  const take = (...keys: string[]) => (isMapping(value) ? pickLine(context, path, value, keys) : undefined);
  const name = typeof value === "string" ? cleanLine(context, path, value) : take("name");
  if (name === undefined || name === "") {
    reportIgnored(context, path, value, "it has no name", "Write a name, or { name, role }.");
    return undefined;
  }
  const [role, group] = [take("role"), take("group")];
  const image = readSecure(context, path, take("image", "img", "avatar"));
  const url = readSecure(context, path, take("url", "href"));
  return {
    name: cut(name),
    ...(role && { role }),
    ...(group && { group }),
    ...(image && { image }),
    ...(url && { url }),
  };
}

/** The namespace allows only https. */
function readSecure(context: FieldContext, path: FieldPath, text: string | undefined): string | undefined {
  const url = text === undefined || text === "" ? undefined : readWebUrl(context, path, text);
  if (url === undefined || url.startsWith("https:")) return url;
  reportIgnored(context, path, url, "podcast apps load only https", "Write an https address.");
  return undefined;
}

function readShort(context: FieldContext, found: Fact | undefined): string | undefined {
  const text = found && valueText(found.value);
  return found && text ? cut(cleanLine(context, found.path, text)) : undefined;
}

function cut(text: string): string {
  return [...text].slice(0, longestText).join("");
}
