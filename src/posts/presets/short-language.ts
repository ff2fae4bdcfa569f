/** A language without the region that its speakers mostly have: some generators ask for one, `id-ID`, where `id` is meant. */
export function shortLanguage(written: string | undefined): string | undefined {
  if (written === undefined) return undefined;
  try {
    const locale = new Intl.Locale(written);
    return locale.minimize().toString() === locale.language ? locale.language : locale.toString();
  } catch {
    return undefined;
  }
}
