import fc from "fast-check";
import { expect, test } from "vitest";
import { readLiterals } from "../../../src/posts/presets/read-literals.ts";

const js = (source: string) => readLiterals(source, "javascript").named;
const py = (source: string) => readLiterals(source, "python").named;

test.each([
  ["export default { a: 1, 'b': \"x\", c: [true, null] }", { a: 1, b: "x", c: [true, null] }],
  [
    "export default defineConfig({ a: `x`, ...rest, b: f(x, { y: 1 }), c: 2 })",
    { a: "x", b: { y: 1 }, c: 2 },
  ],
  ["module.exports = withX({ a: { b: 1 } });", { a: { b: 1 } }],
  ["const c: Type = { a: 1 } as const;\nexport default c", { a: 1 }],
  [
    "const url = 'https://a.example'; export default { url, run() { return {} }, b: 2 }",
    { url: "https://a.example", b: 2 },
  ],
  ["// a\n/* { */ export default { a: 'it\\'s', b: x ? 1 : 2, c: 'c' + d, e: 3 }", { a: "it's", e: 3 }],
])("%s", (source, value) => {
  expect(JSON.parse(JSON.stringify(js(source).default))).toMatchObject(value);
});

test("what is joined, computed or called is no literal", () => {
  const { default: found } = js(
    `export default { a: 'x' + y, b: process.env.URL, c: \`\${x}\`, d: () => ({ e: 1 }) }`,
  );
  expect(JSON.stringify(found)).toBe("{}");
});

test("objects that functions return are found", () => {
  const { returned } = readLiterals(
    "module.exports = (config) => { config.add(x); return { dir: { input: 'src' } } }",
    "javascript",
  );
  expect(JSON.parse(JSON.stringify(returned))).toEqual([{ dir: { input: "src" } }]);
});

test("Python: texts, lists, dictionaries and comments", () => {
  const found = py(
    "SITEURL = '' # none\nA = u'x' 'y'\nB = ('a', \"b\",)\nC = {'d': None}\nD = os.environ.get('X')\n",
  );
  expect(JSON.parse(JSON.stringify(found))).toEqual({ SITEURL: "", A: "xy", B: ["a", "b"], C: { d: null } });
});

test("any text gives an answer, and any repetition one in linear time", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.constantFrom("javascript", "python"), (text, language) => {
      expect(readLiterals(text, language as "python")).toBeDefined();
    }),
  );
  for (const part of [
    "/*",
    '"""',
    "`",
    '"\\',
    "{",
    "[(",
    "a={",
    "return {",
    "'",
    "=",
    "a:b=",
    "...",
    "{a:",
    "x(",
    "}",
  ])
    readLiterals(part.repeat(100_000), part === '"""' ? "python" : "javascript");
});
