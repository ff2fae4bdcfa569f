// What speakers of a language call it. A table of our own: the one in Node changes with its version.

const names: Readonly<Record<string, string>> = {
  ar: "العربية",
  bn: "বাংলা",
  cs: "Čeština",
  da: "Dansk",
  de: "Deutsch",
  el: "Ελληνικά",
  en: "English",
  es: "Español",
  fa: "فارسی",
  fi: "Suomi",
  fr: "Français",
  he: "עברית",
  hi: "हिन्दी",
  hu: "Magyar",
  id: "Bahasa Indonesia",
  it: "Italiano",
  ja: "日本語",
  jv: "Basa Jawa",
  ko: "한국어",
  ms: "Bahasa Melayu",
  nb: "Norsk bokmål",
  nl: "Nederlands",
  no: "Norsk",
  pl: "Polski",
  pt: "Português",
  ro: "Română",
  ru: "Русский",
  su: "Basa Sunda",
  sv: "Svenska",
  sw: "Kiswahili",
  ta: "தமிழ்",
  th: "ไทย",
  tl: "Tagalog",
  tr: "Türkçe",
  uk: "Українська",
  ur: "اردو",
  vi: "Tiếng Việt",
  zh: "中文",
};

/** `English`, `English (en-GB)`, or the tag itself for a language the table lacks. */
export function nameLanguage(tag: string): string {
  const primary = tag.split("-", 1)[0] ?? tag;
  const name = Object.hasOwn(names, primary) ? names[primary] : undefined;
  if (name === undefined) return tag;
  return primary === tag ? name : `${name} (${tag})`;
}
