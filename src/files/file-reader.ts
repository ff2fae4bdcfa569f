import { join } from "node:path";
import type { Config } from "../model/config.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { Failure } from "../model/failure.ts";
import { describeUnreadable, refuseFile } from "../posts/folder/refuse-file.ts";
import { ByteReader, type FileBytes } from "./file-bytes.ts";
import type { ReadAhead } from "./read-ahead.ts";
import { hasEnd } from "./stamp.ts";

/** Reads files of the posts folder, one at a time. */
export class FileReader {
  readonly #config: Config;
  readonly #bytes = new ByteReader();

  constructor(config: Config) {
    this.#config = config;
  }

  /** The posts folder. */
  get folder(): string {
    return this.#config.posts.dir;
  }

  /** Whether a file on disk ends with the bytes of a digest, see {@link digestEnd}. */
  endsWith(file: string, endDigest: number): boolean {
    const read = this.read(file);
    return read !== undefined && "bytes" in read && hasEnd(read.bytes, endDigest);
  }

  /** One file's bytes, good until the next call; why they cannot be read; or undefined when there is no such file. */
  read(file: string): FileBytes | Diagnostic | undefined {
    let refusal: Diagnostic | undefined;
    try {
      const read = this.#bytes.read(join(this.#config.posts.dir, file), (stat) => {
        refusal = refuseFile(file, stat, this.#config);
        return refusal === undefined;
      });
      return read ?? refusal;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return code === "ENOENT" || code === "ENOTDIR"
        ? undefined
        : describeUnreadable(file, error, this.#config);
    }
  }
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: {
    readonly phase: "reading" | "writing";
    readonly done: number;
    readonly total: number;
  }) => void;
}

/** For fewer files than this, starting a thread costs more than it saves. */
const manyFiles = 3000;

/** How long reading may hold the event loop. Milliseconds. */
const pauseInterval = 40;

/**
 * Gives each file to `take`: its bytes, good until the next one; why they cannot be read; or undefined when there is no
 * such file. @throws Failure `interrupted`
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
      // A missing file is tried twice: its folder may have been away for a moment.
      take(file, ahead?.take(i) ?? reader.read(file) ?? reader.read(file));
      if ((i & 63) !== 0 || performance.now() - last <= pauseInterval) continue;
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

/** A thread that reads ahead, if the files are many. */
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
