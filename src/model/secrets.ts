const secretName =
  /(TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|PRIVATE_?KEY|API_?KEY|ACCESS_?KEY|AUTHORIZATION|(^|_)AUTH(_|$)|(^|_)PAT$|_KEY$)/i;
/** Names that match, but hold paths or words. */
const harmless = /^(SSH_AUTH_SOCK|GIT_AUTHOR_\w+|XAUTHORITY|NPM_CONFIG_\w*AUTH_TYPE)$/i;

/** Whether a variable or a key of this name is likely to hold a secret. */
export function namesSecret(name: string): boolean {
  return secretName.test(name) && !harmless.test(name);
}

/** The secrets in an environment, which must never be shown. Values under 6 characters are not counted: they could be common words. */
export function secretsOf(environment: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && value.trim().length >= 6 && namesSecret(name) ? [value.trim()] : [],
  );
}

/** Replaces secrets (plain or reversed, also URL-encoded, in Base64, hexadecimal, JSON or XML) and passwords inside URLs. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text.replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"']+@/gi, "$1***@");
  for (const secret of secrets) {
    for (const form of formsOf(secret)) clean = clean.replaceAll(form, "***");
  }
  return clean;
}

function formsOf(secret: string): string[] {
  const reversed = [...secret].reverse().join("");
  const forms = [...encodingsOf(secret), ...encodingsOf(reversed)];
  const turned = encodingsOf(secret).map((form) => [...form].reverse().join(""));
  return [...new Set([...forms, ...turned])]
    .filter((form) => form.length >= 6)
    .sort((a, b) => b.length - a.length);
}

function encodingsOf(secret: string): string[] {
  const percent = encodeURIComponent(secret.toWellFormed());
  const hex = Buffer.from(secret).toString("hex");
  const forms = [
    secret,
    percent,
    percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    encodeURIComponent(percent),
    encodeURI(secret.toWellFormed()),
    new URLSearchParams({ s: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
    hex,
    hex.toUpperCase(),
  ];
  // Base64 of a text that holds the secret shows it at one of three offsets.
  for (const lead of ["", "a", "ab"]) {
    const whole = Buffer.from(lead + secret).toString("base64");
    const from = Math.ceil((lead.length * 8) / 6);
    const to = Math.floor(((lead.length + Buffer.byteLength(secret)) * 8) / 6);
    const form = whole.slice(from, to);
    forms.push(form, form.replaceAll("+", "-").replaceAll("/", "_"));
  }
  return forms;
}

/** Keys whose values scripts rely on; they hold words of the program only. */
const vocabulary = new Set(["code", "kind", "outcome", "standing", "field"]);

/** The same value with every text in it redacted: the last step before anything is shown. */
export function redactAll<Value>(value: Value, secrets: readonly string[]): Value {
  const clean = (part: unknown, key: string): unknown => {
    if (typeof part === "string") return vocabulary.has(key) ? part : redact(part, secrets);
    if (Array.isArray(part)) return part.map((item) => clean(item, ""));
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, clean(inner, name)]));
  };
  return clean(value, "") as Value;
}
