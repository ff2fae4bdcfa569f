import { close, mkdir, open, write } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { temporaryPath } from "./replace-file.ts";

const openFile = promisify(open);
const makeFolders = promisify(mkdir);
const writeBytes = promisify(write);
const closeFile = promisify(close);

/** At most so many documents are written at once: each holds memory. */
const most = 16;
/** Larger documents are not written in the background. Bytes. */
export const longestInBackground = 1 << 20;

export interface WriteFailure {
  readonly path: string;
  readonly error: unknown;
}

/** Writes temporary files while the next documents are made. */
export class BackgroundWrites {
  readonly #running = new Set<Promise<void>>();
  /** Buffers for further documents. */
  readonly #free: Buffer[] = [];
  #failure: WriteFailure | undefined;

  /** Whether another document can be started. */
  get hasRoom(): boolean {
    return this.#running.size < most;
  }

  get isBusy(): boolean {
    return this.#running.size > 0;
  }

  /** The first document that could not be written, and why. */
  get failure(): WriteFailure | undefined {
    return this.#failure;
  }

  /** A buffer for a document of so many bytes, at most {@link longestInBackground}. */
  takeBuffer(size: number): Buffer {
    const found = this.#free.findIndex(({ length }) => length >= size);
    const [buffer] = found < 0 ? [] : this.#free.splice(found, 1);
    return buffer ?? Buffer.allocUnsafeSlow(Math.min(Math.max(size * 2, 1 << 16), longestInBackground));
  }

  /** Gives back a buffer that was not started. */
  giveBack(buffer: Buffer): void {
    if (this.#free.length < most) this.#free.push(buffer);
    else {
      const smaller = this.#free.findIndex(({ length }) => length < buffer.length);
      if (smaller >= 0) this.#free[smaller] = buffer;
    }
  }

  /** Begins to write the first `size` bytes of a buffer beside `path`. Returns the temporary file's path. */
  start(path: string, buffer: Buffer, size: number): string {
    const temporary = temporaryPath(path);
    const running = writeNew(temporary, buffer, size)
      .catch((error: unknown) => {
        this.#failure ??= { path, error };
      })
      .finally(() => {
        this.#running.delete(running);
        this.giveBack(buffer);
      });
    this.#running.add(running);
    return temporary;
  }

  /** Waits until nothing is being written. */
  async settle(): Promise<void> {
    await Promise.all(this.#running);
  }
}

/** Writes a new file, and removes it again when that fails. */
async function writeNew(path: string, buffer: Buffer, size: number): Promise<void> {
  const handle = await openNew(path);
  try {
    try {
      for (let at = 0; at < size; ) at += (await writeBytes(handle, buffer, at, size - at)).bytesWritten;
    } finally {
      await closeFile(handle);
    }
  } catch (error) {
    await rm(path, { force: true }).catch(() => {});
    throw error;
  }
}

/** Creates a file, and its folder if there is none. */
async function openNew(path: string): Promise<number> {
  try {
    return await openFile(path, "wx", 0o644);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    await makeFolders(dirname(path), { recursive: true });
    return openFile(path, "wx", 0o644);
  }
}
