import type { Code } from "../../model/codes.ts";

/** One or two sentences a code. A code without one does not compile. */
export const mends: Readonly<Record<Code, string>> = {
  "config/unknown-code":
    "Correct the code in `check.severity` or `check.ignore`; `feedwright explain` lists all.",
  "config/unused-ignore":
    "Take the ignore out: what it hid is mended, and the next finding there should be seen.",
};
