// Reads what is literal in a program: strings, numbers, lists and objects that have a name or are returned. Nothing is run.

/** Literal values; what is no literal is undefined. */
export type Literal = string | number | boolean | null | undefined | LiteralList | LiteralObject;
export type LiteralList = readonly Literal[];
export interface LiteralObject {
  readonly [key: string]: Literal;
}

export interface Program {
  /** By name; `default` is the default export, or `module.exports`. */
  readonly named: Readonly<Record<string, Literal>>;
  /** The objects that functions return. */
  readonly returned: readonly LiteralObject[];
}

interface Token {
  readonly kind: "text" | "word" | "number" | "sign";
  readonly text: string;
}

/** Deeper than anybody writes by hand. */
const maxDepth = 50;

export function readLiterals(source: string, language: "javascript" | "python"): Program {
  return new Reader(tokenize(source, language)).read();
}

const wordStart = /[\p{L}_$]/u;

// What is not closed ends with its line or with the file, so that no place is looked at twice.
const pythonToken =
  /#[^\n]*|[rubRUB]{0,2}(?:""".*?(?:"""|$)|'''.*?(?:'''|$)|"(?:[^"\\\n]|\\(?:.|$))*(?:"|$|(?=\n))|'(?:[^'\\\n]|\\(?:.|$))*(?:'|$|(?=\n)))|[\p{L}_][\p{L}\p{N}_]*|\d[\d._]*|\S/gsu;
const javascriptToken =
  /\/\/[^\n]*|\/\*.*?(?:\*\/|$)|"(?:[^"\\\n]|\\(?:.|$))*(?:"|$|(?=\n))|'(?:[^'\\\n]|\\(?:.|$))*(?:'|$|(?=\n))|`(?:[^`\\]|\\(?:.|$))*(?:`|$)|[\p{L}_$][\p{L}\p{N}_$]*|\d[\d._]*|=>|\.\.\.|\S/gsu;

/** One pass; a sign that begins nothing known is a token of its own. */
function tokenize(source: string, language: "javascript" | "python"): Token[] {
  const tokens: Token[] = [];
  const pattern = language === "python" ? pythonToken : javascriptToken;
  for (const [text] of source.matchAll(pattern)) {
    const first = text[0] ?? "";
    if (/^(?:#|\/\/|\/\*)/.test(text) && text.length > 1 && (language === "javascript") === (first === "/"))
      continue;
    const quoted = /^[rubRUB]{0,2}(["'`])/.exec(text);
    if (quoted?.[1] === "`" && text.includes("${")) tokens.push({ kind: "sign", text: "`" });
    else if (quoted !== null && text.length > 1) tokens.push({ kind: "text", text: unquote(text) });
    else if (wordStart.test(first)) tokens.push({ kind: "word", text });
    else if (/\d/.test(first)) tokens.push({ kind: "number", text });
    else tokens.push({ kind: "sign", text });
  }
  return tokens;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\n": "" };

function unquote(text: string): string {
  const bare = text.replace(/^[rubRUB]+(?=["'])/, "");
  const length = /^("""|''')/.test(bare) && bare.length >= 6 ? 3 : 1;
  return bare
    .slice(length, -length)
    .replace(
      /\\(?:u\{?([0-9a-fA-F]{4,6})\}?|x([0-9a-fA-F]{2})|(.))/gs,
      (_, u?: string, x?: string, sign?: string) => {
        const code = Number.parseInt(u ?? x ?? "", 16);
        if (sign !== undefined) return escapes[sign] ?? sign;
        return code <= 0x10ffff ? String.fromCodePoint(code) : "";
      },
    );
}

const words: Readonly<Record<string, Literal>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  null: null,
  None: null,
};
/** TypeScript's words behind a value. */
const endWords: ReadonlySet<string> = new Set(["as", "satisfies"]);
const closing: Readonly<Record<string, string>> = { "{": "}", "[": "]", "(": ")" };

class Reader {
  readonly #tokens: readonly Token[];
  readonly #named: Record<string, Literal> = Object.create(null);
  readonly #returned: LiteralObject[] = [];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  read(): Program {
    while (this.#at < this.#tokens.length) {
      const { kind, text } = this.#take();
      if (kind === "word" && text === "default" && this.#peek(-2)?.text === "export") {
        this.#keep("default", this.#whole(0));
      } else if (kind === "word" && text === "return") {
        if (this.#peek()?.text === "{") this.#keepReturned(this.#whole(0));
      } else if (kind === "sign" && text === "=" && this.#peek()?.text !== "=") {
        const name = this.#nameBefore(this.#at - 2);
        if (name !== undefined) this.#keep(name, this.#whole(0));
      }
    }
    return { named: this.#named, returned: this.#returned };
  }

  #keep(name: string, value: Literal): void {
    if (value !== undefined) this.#named[name] = value;
  }

  #keepReturned(value: Literal): void {
    if (isObject(value)) this.#returned.push(value);
  }

  /** The name that is assigned to: `a`, `a: Type`, or `module.exports`. */
  #nameBefore(at: number): string | undefined {
    const before = (back: number) => this.#tokens[at - back];
    if (before(0)?.kind !== "word") return undefined;
    if (before(0)?.text === "exports" && before(1)?.text === ".") return "default";
    if (before(1)?.text === ":" && before(2)?.kind === "word") return before(2)?.text;
    return before(1)?.text === "." ? undefined : before(0)?.text;
  }

  #peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  #take(): Token {
    const token = this.#tokens[this.#at] ?? { kind: "sign", text: "" };
    this.#at += 1;
    return token;
  }

  /** A literal that nothing follows but what ends it: `"a" + b` is none. */
  #whole(depth: number): Literal {
    const value = this.#value(depth);
    const next = this.#peek();
    const isEnd =
      next === undefined ||
      /^[,;)\]}@]$/.test(next.text) ||
      (next.kind === "word" && (depth === 0 || endWords.has(next.text)));
    return isEnd ? value : undefined;
  }

  #value(depth: number): Literal {
    if (depth > maxDepth) return undefined;
    const token = this.#peek();
    if (token === undefined || /^[)\]},;]$/.test(token.text)) return undefined;
    this.#at += 1;
    if (token.kind === "text") return this.#texts(token.text);
    if (token.kind === "number") return Number(token.text.replaceAll("_", ""));
    if (token.text === "{") return this.#object(depth + 1);
    if (token.text === "[") return this.#list("]", depth + 1);
    if (token.text === "(") {
      const list = this.#list(")", depth + 1);
      return list.length === 1 ? list[0] : list;
    }
    if (token.kind === "word") return this.#word(token.text, depth);
    return undefined;
  }

  /** Python joins texts that follow each other. */
  #texts(first: string): string {
    let text = first;
    while (this.#peek()?.kind === "text") text += this.#take().text;
    return text;
  }

  /** A word: a constant, a name given a value above, or a call such as `defineConfig({ … })`, which is its first argument. */
  #word(word: string, depth: number): Literal {
    if (Object.hasOwn(words, word)) return words[word];
    if (this.#peek()?.text === "(") {
      this.#at += 1;
      return this.#list(")", depth + 1).find((value) => isObject(value));
    }
    return this.#peek()?.text === "." ? undefined : this.#named[word];
  }

  #list(end: string, depth: number): Literal[] {
    const list: Literal[] = [];
    while (this.#at < this.#tokens.length && this.#peek()?.text !== end) {
      const from = this.#at;
      list.push(this.#whole(depth));
      this.#skip(from);
      if (this.#peek()?.text === ",") this.#at += 1;
      else if (this.#peek()?.text !== end) break;
    }
    if (this.#peek()?.text === end) this.#at += 1;
    return list;
  }

  #object(depth: number): LiteralObject {
    const object: Record<string, Literal> = Object.create(null);
    while (this.#at < this.#tokens.length && this.#peek()?.text !== "}") {
      const from = this.#at;
      const key = this.#take();
      if (key.kind !== "sign" && this.#peek()?.text === ":") {
        this.#at += 1;
        object[key.text] = this.#whole(depth);
      } else if (key.kind === "word" && /^[,}]$/.test(this.#peek()?.text ?? "")) {
        object[key.text] = this.#named[key.text];
      } else this.#at = from;
      this.#skip(from);
      if (this.#peek()?.text === ",") this.#at += 1;
      else if (this.#peek()?.text !== "}") break;
    }
    if (this.#peek()?.text === "}") this.#at += 1;
    return object;
  }

  /** Goes on to the end of an item. What it finds there is no part of a literal, but functions in it may return some. */
  #skip(from: number): void {
    const open: string[] = [];
    for (; this.#at < this.#tokens.length; this.#at += 1) {
      const { text, kind } = this.#peek() as Token;
      if (kind === "text") continue;
      if (open.length === 0 && /^[,)\]}]$/.test(text)) break;
      if (text === open.at(-1)) open.pop();
      else if (closing[text] !== undefined) open.push(closing[text]);
    }
    if (this.#at === from) this.#at += 1;
  }
}

export function isObject(value: Literal): value is LiteralObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
