// In come names of files in the posts folder; out go their bytes, one file after the other, and nobody is kept waiting meanwhile.
import type { FileReader } from "./file-reader.ts";
import type { Diagnostic } from "./model/diagnostic.ts";
import { Failure } from "./model/failure.ts";
import type { FileBytes, ReadAhead } from "./read-ahead.ts";

export interface ReadOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: {
    readonly phase: "reading" | "writing";
    readonly done: number;
    readonly total: number;
  }) => void;
}

/** Below this many files, a thread that reads ahead costs more than it saves. */
const manyFiles = 3000;

/** How long reading may hold the event loop before signals are let in, in milliseconds. */
const breath = 40;

/**
 * Gives each file to `take`: its bytes, good until the next one; what keeps them from being read; or nothing where there
 * is no file. @throws Failure `interrupted`
 */
export async function readFiles(
  reader: FileReader,
  files: readonly { readonly file: string }[],
  { signal, onProgress }: ReadOptions,
  take: (file: string, read: FileBytes | Diagnostic | undefined) => void,
): Promise<void> {
  let last = performance.now();
  const ahead = await readAhead(reader.folder, files);
  try {
    for (let i = 0; i < files.length; i += 1) {
      const { file } = files[i] as { file: string };
      // What is gone is looked for twice: its folder may have been away for a moment.
      take(file, ahead?.take(i) ?? reader.read(file) ?? reader.read(file));
      if ((i & 63) !== 0 || performance.now() - last <= breath) continue;
      onProgress?.({ phase: "reading", done: i, total: files.length });
      await breathe(signal);
      last = performance.now();
    }
  } finally {
    ahead?.close();
  }
}

/** Lets signals and timers in. @throws Failure `interrupted` when asked to stop */
export async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal?.aborted) {
    throw new Failure("interrupted", "Interrupted; the output folder is as it was.", {
      hint: "Run the command again.",
    });
  }
}

/** The thread that reads ahead, where there is enough to be read. */
async function readAhead(
  folder: string,
  files: readonly { readonly file: string }[],
): Promise<ReadAhead | undefined> {
  if (files.length < manyFiles) return undefined;
  const { startReadAhead } = await import("./read-ahead.ts");
  return startReadAhead(
    folder,
    files.map(({ file }) => file),
  );
}
