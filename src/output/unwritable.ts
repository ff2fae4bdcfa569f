// In come a path and why it cannot be written; out goes what people are told.
import { Failure } from "../model/failure.ts";

export function unwritable(path: string, error: unknown): Failure {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    ENOSPC: "the disk is full",
    EROFS: "the file system is read-only",
    EACCES: "permission is denied",
    EPERM: "permission is denied",
    ENOTDIR: "a file stands where a folder should be",
    EEXIST: "a file stands where a folder should be",
    EISDIR: "a folder stands where the file should be",
  };
  return new Failure("output-unwritable", `Cannot write ${path}: ${reasons[code ?? ""] ?? message}.`, {
    hint: "Nothing was published half: what stood there before is still there. Mend that and run again.",
    cause: error,
  });
}
