/** Tells about other posts what links to them need. The answers depend on nothing but the set of posts. */
export interface PostFinder {
  /** The permalink of the post in a file (a path below the posts folder); empty without one. */
  urlOf(file: string): string;
  /** The files of the posts with this name ({@link linkNamesOf}), one a line, in order of their paths. */
  filesNamed(name: string): string;
}

/** What was asked of a {@link PostFinder}, and the answer: another answer makes another entry. */
export interface PostLookup {
  readonly ask: keyof PostFinder;
  readonly about: string;
  readonly answer: string;
}

/** The names by which links know a post: its file's without ending, with and without the date in it; of an index, its folder's. In lower case. */
export function linkNamesOf(file: string): string[] {
  const parts = file.toLowerCase().normalize("NFC").split("/");
  const base = (parts.pop() ?? "").replace(/\.(?:md|markdown|mdx|html?)$/, "");
  const name = base === "index" ? (parts.pop() ?? base) : base;
  const undated = name.replace(/^\d{4}-\d{1,2}-\d{1,2}[-_](?=.)/, "");
  return undated === name ? [name] : [name, undated];
}
