// In comes the text of a heading; out goes the name that links to it use.

/** Lower-case letters, marks and digits of any script, with hyphens between. */
export function slugifyHeading(text: string): string {
  const slug = text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
  return slug === "" ? "section" : slug;
}
