import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { refusalFlags } from "../../src/publish/guard/refusal.ts";
import { mainPath } from "../support/program.ts";
import { temporaryFolder } from "./sample-set.ts";

interface Step {
  id?: string;
  run: string;
  env: Record<string, string>;
}

const root = new URL("../../", import.meta.url);
const action = parse(readFileSync(new URL("action.yml", root), "utf8")) as {
  inputs: Record<string, { default: string }>;
  runs: { steps: Step[] };
};

/** What a runner sets for every step of a workflow, as the documentation of its default variables lists it. */
function runnerVariables(workspace: string, event: string): Record<string, string> {
  return {
    CI: "true",
    HOME: workspace,
    GITHUB_ACTIONS: "true",
    GITHUB_ACTION: "__feedwright",
    GITHUB_ACTION_PATH: join(workspace, "node_modules/feedwright"),
    GITHUB_WORKSPACE: workspace,
    GITHUB_EVENT_NAME: event,
    GITHUB_REF: "refs/heads/main",
    GITHUB_REF_NAME: "main",
    GITHUB_REPOSITORY: "sari/kabar",
    GITHUB_RUN_ID: "1658821493",
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_SHA: "a",
    GITHUB_SERVER_URL: "https://github.com",
    RUNNER_OS: "Linux",
    RUNNER_ARCH: "X64",
    RUNNER_NAME: "runner",
    RUNNER_TOOL_CACHE: join(workspace, ".tools"),
  };
}

/** Runs the action's steps as the runner would, with a program that notes how it was called. */
function runAction(
  inputs: Record<string, string>,
  event: string,
  program = 'echo \'{"nextDue":"2099-01-01T00:00:00Z"}\'',
) {
  const folder = temporaryFolder();
  const temp = temporaryFolder();
  const calls = join(temp, "calls");
  writeFileSync(
    join(temp, "fw"),
    `#!/bin/sh\nfor each in "$@"; do printf '<%s>' "$each" >> ${calls}; done\necho >> ${calls}\n${program}\n`,
    { mode: 0o755 },
  );
  const given: Record<string, string> = {
    ...Object.fromEntries(Object.entries(action.inputs).map(([name, { default: value }]) => [name, value])),
    root: folder,
    command: join(temp, "fw"),
    ...inputs,
  };
  const outputs = new Map<string, string>();
  const run = (more: Record<string, string> = {}) => {
    let status = 0;
    outputs.clear();
    for (const step of action.runs.steps) {
      if (outputs.get("due.work") === "false" || status !== 0) break;
      const env = Object.fromEntries(
        Object.entries(step.env).map(([name, value]) => [
          name,
          value
            .replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input: string) => given[input] ?? "")
            .replace(
              /\$\{\{ steps\.([\w.-]+) \}\}/g,
              (_, path: string) => outputs.get(path.replace(".outputs", "")) ?? "",
            )
            .replace(/\$\{\{ github\.event_name \}\}/, event),
        ]),
      );
      const file = join(temp, "outputs");
      writeFileSync(file, "");
      // `shell: bash` is this command with a file (workflow syntax, `jobs.<job_id>.steps[*].shell`).
      const script = join(temp, "step.sh");
      writeFileSync(script, step.run);
      const done = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], {
        cwd: folder,
        env: {
          PATH: process.env.PATH,
          ...runnerVariables(folder, event),
          RUNNER_TEMP: temp,
          GITHUB_OUTPUT: file,
          GITHUB_STEP_SUMMARY: join(temp, "summary"),
          ...env,
          ...more,
        },
        encoding: "utf8",
      });
      status = done.status ?? 1;
      for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean))
        outputs.set(`${step.id}.${line.slice(0, line.indexOf("="))}`, line.slice(line.indexOf("=") + 1));
    }
    return status;
  };
  const read = () => {
    try {
      return readFileSync(calls, "utf8")
        .replaceAll(folder, "ROOT")
        .replaceAll(temp, "TEMP")
        .trim()
        .split("\n");
    } catch {
      return [];
    }
  };
  return { folder, run, calls: read, outputs };
}

describe("the action", () => {
  test("F79: a pull request is built, checked and planned, whatever the input says", () => {
    for (const event of ["pull_request", "pull_request_target"]) {
      const { run, calls } = runAction({ publish: "true" }, event);
      expect(run()).toBe(0);
      expect(calls()).toEqual([
        "<build><--root><ROOT><--json>",
        "<check><--root><ROOT><--format><github>",
        "<plan><--root><ROOT><--json><--summary><TEMP/summary>",
      ]);
    }
  });

  test("a push publishes when the input says so, with its flags", () => {
    const told = runAction(
      { publish: "true", "publish-arguments": "--allow-many-new --allow-large" },
      "push",
    );
    expect(told.run()).toBe(0);
    expect(told.calls().at(-1)).toBe(
      "<publish><--root><ROOT><--json><--summary><TEMP/summary><--allow-many-new><--allow-large>",
    );
    expect(told.outputs.get("build.next-due")).toBe("2099-01-01T00:00:00Z");
    const untold = runAction({}, "push");
    untold.run();
    expect(untold.calls().at(-1)).toContain("<plan>");
  });

  test("inputs are never read as a script", () => {
    const { run, calls, folder } = runAction(
      { publish: "true", "publish-arguments": '"; touch x; $(touch y) `touch z`' },
      "push",
    );
    run();
    expect(calls().at(-1)).toContain("<$(touch>");
    expect(execFileSync("ls", [folder], { encoding: "utf8" })).toBe("");
    for (const { run: script } of action.runs.steps) expect(script).not.toContain("${{");
  });

  test("a failing build stops after the check has reported why", () => {
    const { run, calls } = runAction({ publish: "true" }, "push", 'test "$1" != build');
    expect(run()).toBe(1);
    expect(calls().map((line) => line.slice(0, 7))).toEqual(["<build>", "<check>"]);
  });

  test("a schedule works when something is due, or pending in the outbox, and not before", () => {
    const early = runAction({ "only-when-due": "true" }, "schedule");
    expect(early.run()).toBe(0);
    expect(early.calls()).toHaveLength(3);
    early.run();
    expect(early.calls()).toHaveLength(3);
    mkdirSync(join(early.folder, ".feedwright/outbox"));
    writeFileSync(join(early.folder, ".feedwright/outbox/a.json"), "{}");
    early.run();
    expect(early.calls()).toHaveLength(6);
    const due = runAction(
      { "only-when-due": "true" },
      "schedule",
      'echo \'{"nextDue":"2020-01-01T00:00:00Z"}\'',
    );
    due.run();
    due.run();
    expect(due.calls()).toHaveLength(6);
  });

  test("a schedule works after a run that failed or was cut off, and after one of another commit", () => {
    const soFar = 'echo \'{"nextDue":"2099-01-01T00:00:00Z"}\'';
    const failing = runAction(
      { "only-when-due": "true", publish: "true" },
      "schedule",
      `${soFar}; test "$1" != publish`,
    );
    expect(failing.run()).toBe(1);
    expect(failing.run()).toBe(1);
    expect(failing.calls()).toHaveLength(6);
    const well = runAction({ "only-when-due": "true", publish: "true" }, "schedule", soFar);
    well.run();
    well.run();
    expect(well.calls()).toHaveLength(3);
    // What the cache holds may be older than the run that was cut off.
    well.run({ GITHUB_SHA: "b" });
    expect(well.calls()).toHaveLength(6);
    well.run({ GITHUB_SHA: "b" });
    expect(well.calls()).toHaveLength(6);
  });
});

test("F113: the action of the package publishes a site with the program that the package brings", () => {
  const { folder, run, outputs } = runAction(
    { publish: "true", command: `${process.execPath} ${mainPath}` },
    "push",
  );
  mkdirSync(join(folder, "posts"));
  writeFileSync(join(folder, "posts/a.md"), "---\ntitle: A\ndate: 2026-01-01T09:00:00Z\n---\n\nWords.\n");
  const config = {
    site: { url: "https://kabar.example/", title: "Kabar" },
    publish: { target: { type: "directory", path: "public" }, verify: false },
  };
  writeFileSync(join(folder, "feedwright.config.json"), JSON.stringify(config));
  expect(run()).toBe(0);
  expect(readFileSync(join(folder, "public/rss.xml"), "utf8")).toContain("<title>A</title>");
  const receipt = JSON.parse(readFileSync(outputs.get("publish.receipt") ?? "", "utf8"));
  expect(receipt.deployed.map(({ path }: { path: string }) => path)).toContain("rss.xml");
  writeFileSync(join(folder, "posts/b.md"), "---\ntitle: B\n---\n");
  expect(run()).not.toBe(0);
});

test("docs/publishing.md lists every refusal with its flag", () => {
  const text = readFileSync(new URL("docs/publishing.md", root), "utf8");
  for (const [code, flag] of Object.entries(refusalFlags))
    expect(text).toMatch(new RegExp(`\\| \`${code}\` \\|.*\\| \`${flag}\` \\|`));
});

test("the workflows of docs/ci.md are YAML, and no job of a pull request gets a secret", () => {
  const blocks = [
    ...readFileSync(new URL("docs/ci.md", root), "utf8").matchAll(/```yaml\n([\s\S]*?)```/g),
  ].map(([, text = ""]) => text);
  expect(blocks.length).toBe(3);
  for (const text of blocks) expect(() => parse(text)).not.toThrow();
  expect(blocks[0]).toContain("github.event_name != 'pull_request' && github.token || ''");
});
