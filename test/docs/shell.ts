// What can be run in the shell snippets of the documents: the compiled program in place of the installed one, and a few tools.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mainPath, repositoryRoot } from "../support/program.ts";
import { makeFolder } from "../support/site.ts";

const run = `exec "${process.execPath}" "${mainPath}" "$@"`;
/** Runs until it says that it is ready, then ends it as Ctrl-C does. */
const runUntilReady = `said=$(mktemp)
  "${process.execPath}" "${mainPath}" "$@" >"$said" 2>&1 &
  for i in $(seq 200); do
    grep -q -e watching -e '"ready"' -e 'http://' "$said" && break
    sleep 0.05
  done
  kill -TERM $!
  wait $!
  code=$?
  cat "$said"
  rm "$said"
  exit $code`;

/** Stand-ins for programs: nothing is downloaded. */
const programs: Readonly<Record<string, string>> = {
  feedwright: `case "$1" in watch|serve)\n  ${runUntilReady};; esac\n${run}`,
  npx: '[ "$1" = feedwright ] || exit 127\nshift\nexec feedwright "$@"',
  // The installation is what .ci/run and every fresh clone do; the tests are this very run.
  npm: 'case "$1" in install|ci|test) exit 0;; start) exec feedwright build;; esac\nexit 127',
};

/** The programs of the system that a snippet may call. None of them installs or downloads anything. */
const tools =
  "sh cat cmp cp cut date diff find git grep head kill ls mkdir mktemp mv printf rm sed seq sleep sort tail touch wc".split(
    " ",
  );

export interface Shell {
  readonly folder: string;
  run(code: string): { status: number | null; stdout: string; stderr: string };
}

/** A shell in an empty folder that goes when the test ends. */
export function openShell(): Shell {
  const bin = makeFolder();
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  for (const name of tools) {
    const found = ["/usr/bin", "/bin"].map((folder) => join(folder, name)).find((path) => existsSync(path));
    if (found !== undefined) symlinkSync(found, join(bin, name));
  }
  const folder = makeFolder();
  const env = {
    ...process.env,
    PATH: bin,
    HOME: folder,
    GIT_ALLOW_PROTOCOL: "file",
    NO_COLOR: "1",
  };
  return {
    folder,
    run(code) {
      const { status, stdout, stderr } = spawnSync("/bin/sh", ["-e", "-c", code], {
        cwd: folder,
        env,
        input: "",
        encoding: "utf8",
        timeout: 60_000,
      });
      return { status, stdout, stderr };
    },
  };
}

/** Puts the sample site into a folder, as a clone has it. */
export function copySampleSite(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of ["posts", "public", "feedwright.config.ts"])
    cpSync(join(repositoryRoot, name), join(folder, name), { recursive: true });
}
