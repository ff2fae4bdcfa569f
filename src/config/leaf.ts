// In comes what a single value must be; out goes a valibot schema whose message says exactly that.
import * as v from "valibot";

/**
 * A schema for one value: `parse` returns the normalised value, or undefined when it cannot be used.
 * `expected` completes the sentence "Write …" and holds an example.
 */
export function leaf<Input, Output = Input>(
  parse: (input: unknown) => Output | undefined,
  expected: string,
): v.GenericSchema<Input, Output> {
  return v.pipe(
    v.custom<Input>((input) => parse(input) !== undefined, expected),
    v.transform((input) => parse(input) as Output),
  );
}

/** An object with these keys and no others. Each unknown key is one issue of type `never`; its message lists the known keys. */
export function section<const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.GenericSchema<
  v.InferInput<v.ObjectSchema<Entries, undefined>>,
  v.InferOutput<v.ObjectSchema<Entries, undefined>>
> {
  const known = Object.keys(entries).join(" ");
  return v.lazy((input) =>
    isRecord(input)
      ? v.objectWithRest(entries, v.never(known))
      : v.custom<never>(() => false, `a group of keys: ${known.replaceAll(" ", ", ")}`),
  ) as unknown as v.GenericSchema<
    v.InferInput<v.ObjectSchema<Entries, undefined>>,
    v.InferOutput<v.ObjectSchema<Entries, undefined>>
  >;
}

/** Values under keys that the site chooses. */
export function recordOf<Input, Output>(
  value: v.GenericSchema<Input, Output>,
  expected: string,
): v.GenericSchema<Record<string, Input>, Record<string, Output>> {
  return v.lazy((input) =>
    isRecord(input) ? v.record(v.string(), value) : v.custom<never>(() => false, expected),
  ) as unknown as v.GenericSchema<Record<string, Input>, Record<string, Output>>;
}

/** A list whose every item is checked, so that each wrong one is named. */
export function listOf<Input, Output>(
  item: v.GenericSchema<Input, Output>,
  expected: string,
): v.GenericSchema<Input[], Output[]> {
  return v.lazy((input) =>
    Array.isArray(input) ? v.array(item) : v.custom<never>(() => false, expected),
  ) as unknown as v.GenericSchema<Input[], Output[]>;
}

/** True for an object that is neither a list nor a function. */
export function isRecord(input: unknown): input is Record<string, unknown> {
  return typeof input === "object" && input !== null && !Array.isArray(input);
}
