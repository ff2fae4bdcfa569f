// Markdown of a given language and length.
import { pickFrom, pickNumber, type Random } from "./random.ts";

export type CorpusLanguage = "id" | "en";

const words: Record<CorpusLanguage, readonly string[]> = {
  id: (
    "yang dan di dari untuk dengan pada ini itu tidak akan juga sudah dalam oleh karena saat warga kota pelabuhan " +
    "nelayan perahu pasar ikan harga musim angin laut pagi malam jalan sekolah anak guru kepala dinas rencana anggaran " +
    "bulan tahun hari pekan kabar rapat keputusan pembangunan dermaga banjir pasang hujan sungai jembatan air bersih " +
    "listrik kapal muatan pengiriman pedagang koperasi tambak garam rumput hutan bakau sampah plastik kesehatan " +
    "puskesmas dokter perawat bantuan laporan data angka persen naik turun menurut kata ujar menjelaskan mengatakan " +
    "sementara namun sehingga sebelum setelah antara beberapa banyak sedikit besar kecil baru lama warisan budaya " +
    "festival musik perahu layar lomba juara pemuda perempuan keluarga rumah tangga petani padi kebun kelapa"
  ).split(" "),
  en: (
    "the and of to in for with on that this was are from at by not have were which their town harbour fishing boats " +
    "market price season wind sea morning night road school children teacher council plan budget month year day week " +
    "news meeting decision pier flood tide rain river bridge clean water power cargo shipping traders cooperative salt " +
    "ponds mangrove forest waste plastic health clinic doctor nurse aid report data figure percent rose fell according " +
    "said explained meanwhile however before after between several many few large small new old heritage culture " +
    "festival music sailing race winner youth women family house farmer rice garden coconut train station library " +
    "museum letter editor question answer reader photograph history map island coast lighthouse engine repair tool"
  ).split(" "),
};

const codeSamples = [
  "```js\nconst tides = readings.filter(({ height }) => height > 2.4);\nfor (const { at, height } of tides) report(at, height);\n```",
  "```sh\ncurl --silent --fail https://tides.bench.example/today.csv \\\n  | sort -t, -k2 -n > today.csv\n```",
  "```sql\nSELECT day, max(height) FROM tides\nWHERE port = 'Muara' GROUP BY day ORDER BY 2 DESC LIMIT 10;\n```",
  "    tide 1  04:12  2.31 m\n    tide 2  10:37  0.48 m\n    tide 3  16:55  2.09 m",
] as const;

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Words without marks, the first one in upper case. */
export function writePhrase(random: Random, language: CorpusLanguage, least: number, most: number): string {
  const list = words[language];
  let text = pickFrom(random, list);
  for (let left = pickNumber(random, least, most) - 1; left > 0; left -= 1)
    text += ` ${pickFrom(random, list)}`;
  return capitalise(text);
}

function writeInline(random: Random, language: CorpusLanguage): string {
  const text = pickFrom(random, words[language]);
  const kind = random();
  if (kind < 0.35) return `*${text}*`;
  if (kind < 0.55) return `**${text}**`;
  if (kind < 0.65) return `\`${text}\``;
  return `[${text}](https://news.bench.example/${text}/${pickNumber(random, 1, 9999)}?from=feed&lang=${language})`;
}

function writeSentence(random: Random, language: CorpusLanguage): string {
  let text = writePhrase(random, language, 6, 12);
  const extras = random();
  if (extras < 0.3) text += `, ${writeInline(random, language)} ${pickFrom(random, words[language])}`;
  if (extras > 0.55) text += `, ${writePhrase(random, language, 4, 9).toLowerCase()}`;
  return `${text}${extras > 0.97 ? "?" : "."}`;
}

function writeParagraph(random: Random, language: CorpusLanguage): string {
  let text = writeSentence(random, language);
  for (let left = pickNumber(random, 2, 5); left > 0; left -= 1)
    text += ` ${writeSentence(random, language)}`;
  return text;
}

function writeList(random: Random, language: CorpusLanguage): string {
  const numbered = random() < 0.3;
  const items: string[] = [];
  const count = pickNumber(random, 3, 6);
  for (let at = 1; at <= count; at += 1)
    items.push(`${numbered ? `${at}.` : "-"} ${writeSentence(random, language)}`);
  return items.join("\n");
}

function writeBlock(random: Random, language: CorpusLanguage): string {
  const kind = random();
  if (kind < 0.72) return writeParagraph(random, language);
  if (kind < 0.83) return `## ${writePhrase(random, language, 2, 6)}`;
  if (kind < 0.92) return writeList(random, language);
  if (kind < 0.96) return `> ${writeParagraph(random, language)}`;
  if (kind < 0.98) return pickFrom(random, codeSamples);
  return `![${writePhrase(random, language, 3, 6)}](https://media.bench.example/${pickNumber(random, 1, 99999)}.jpg)`;
}

/** A body of about `bytes` bytes; it ends with the block that reaches them. */
export function writeBody(random: Random, language: CorpusLanguage, bytes: number): string {
  let text = writeParagraph(random, language);
  while (text.length < bytes) text += `\n\n${writeBlock(random, language)}`;
  return `${text}\n`;
}
