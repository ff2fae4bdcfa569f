/** `file` is the path as the author types it. */
export interface PostName {
  readonly file: string;
  readonly id: string;
  readonly url: string;
  /** No feed may show it, or not any more. */
  readonly hidden?: boolean;
  /** Its author retracted it or let it expire. */
  readonly takenBack?: boolean;
}

/** An entry in a report. */
export interface EntryNote {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  /** The post it comes from, where that is known. */
  readonly post?: string;
  /** Set if the author of the post retracted it or let it expire. */
  readonly takenBack?: true;
}

/** An entry that readers would show differently, with what of it: `date`, `updated`, `title`, `link`, `content` and so on. */
export interface EditedNote extends EntryNote {
  readonly changed: readonly string[];
}

/** An entry that readers know under another id and will show again as unread. */
export interface ReappearingNote extends EntryNote {
  /** The id under which readers know it. */
  readonly knownAs: string;
}

/** An entry whose date went back. Milliseconds since the epoch. */
export interface MovedDateNote extends EntryNote {
  readonly field: "date" | "updated";
  readonly before: number;
  readonly after: number;
}

/** What changes in one document. */
export interface FeedChange {
  readonly path: string;
  /** Whether the document itself is new or removed. A new one has no subscribers yet. */
  readonly standing: "changed" | "added" | "removed";
  readonly new: readonly EntryNote[];
  readonly edited: readonly EditedNote[];
  /** No longer in the feed, though it has room for them. */
  readonly retracted: readonly EntryNote[];
  /** The oldest, for which the feed has no more room. */
  readonly dropped: readonly EntryNote[];
  readonly reappearing: readonly ReappearingNote[];
  readonly movedBack: readonly MovedDateNote[];
  /** Entries before and after. */
  readonly before: number;
  readonly after: number;
  /** Bytes before and after. */
  readonly sizeBefore: number;
  readonly sizeAfter: number;
  /** Why the public document could not be read, when it could not. */
  readonly unreadable?: string;
}
