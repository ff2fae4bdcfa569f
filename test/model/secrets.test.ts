import fc from "fast-check";
import { expect, test } from "vitest";
import { redact, redactAll, secretsOf } from "../../src/model/secrets.ts";

test("F78: a secret is found in any dress: plain, URL-encoded, in JSON, in Base64 with words before it", () => {
  const letters = fc.string({
    unit: fc.constantFrom(...'abcXYZ0189+/=&%" \\üñ漢-_.~'),
    minLength: 12,
    maxLength: 40,
  });
  fc.assert(
    fc.property(letters, fc.string({ maxLength: 5 }), (secret, before) => {
      fc.pre(secret.trim() === secret);
      const dresses = [
        secret,
        encodeURIComponent(secret),
        new URLSearchParams({ q: secret }).toString(),
        JSON.stringify({ secret }),
      ];
      for (const text of dresses)
        expect(redact(`${text} end`, [secret])).not.toContain(text.replace(/^q=/, ""));
      const basic = Buffer.from(`${before}${secret}`).toString("base64");
      const core = Buffer.from(secret).toString("base64").slice(4, 12);
      if (Buffer.byteLength(before) % 3 === 0) expect(redact(basic, [secret])).not.toContain(core);
      expect(redact(basic, [secret])).toContain("***");
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 200) },
  );
});

test("F117: a secret is found reversed, in hexadecimal, in Base64 for URLs, encoded twice and in XML", () => {
  const secret = 'gh?p_7f"Qx/+9<&~zz';
  const base = Buffer.from(secret).toString("base64");
  const reversed = [...secret].reverse().join("");
  for (const form of [
    reversed,
    encodeURIComponent(reversed),
    Buffer.from(reversed).toString("base64"),
    [...base].reverse().join(""),
    base.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, ""),
    Buffer.from(secret).toString("hex"),
    Buffer.from(secret).toString("hex").toUpperCase(),
    encodeURIComponent(secret).toLowerCase().replace("qx", "Qx"),
    encodeURIComponent(encodeURIComponent(secret)),
    "gh?p_7f&quot;Qx/+9&lt;&amp;~zz",
  ]) {
    const shown = redact(`before ${form} after`, [secret]);
    expect(shown).toContain("***");
    expect(shown.length).toBeLessThan("before *** after".length + 5);
  }
});

test("passwords in URLs go, whoever put them there", () => {
  expect(redact("fatal: https://user:pa55@git.example/x and ssh://git@git.example/y", [])).toBe(
    "fatal: https://***@git.example/x and ssh://***@git.example/y",
  );
});

test("which variables hold secrets is told by their names; common words are left alone", () => {
  const environment = {
    FEEDWRIGHT_GIT_TOKEN: "t-1234567",
    AWS_SECRET_ACCESS_KEY: "s-1234567",
    DEPLOY_PAT: "p-1234567",
    npm_config__auth: "n-1234567",
    GIT_AUTHOR_NAME: "Sari Wulandari",
    AUTHOR: "Sari Wulandari",
    SSH_AUTH_SOCK: "/tmp/agent.sock",
    PATH: "/usr/bin:/bin",
    SHORT_TOKEN: "x",
    EMPTY_SECRET: undefined,
  };
  expect(secretsOf(environment)).toEqual(["t-1234567", "s-1234567", "p-1234567", "n-1234567"]);
});

test("a receipt keeps the words that scripts rely on", () => {
  const secrets = ["publish"];
  expect(
    redactAll({ code: "publish/x", message: "publish it", list: [{ url: "publish" }] }, secrets),
  ).toEqual({
    code: "publish/x",
    message: "*** it",
    list: [{ url: "***" }],
  });
});
