import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/compile.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: "forks",
    // Real clocks, file events, browsers and killed processes: on a busy machine one more try before a failure counts.
    retry: process.env.CI === "true" ? 2 : 0,
    env: { NO_COLOR: "1" },
  },
});
