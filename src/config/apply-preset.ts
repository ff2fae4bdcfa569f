import { presetNames } from "../model/config.ts";
import { findPreset } from "../posts/presets/presets.ts";
import { isRecord } from "./value-schemas.ts";

/** Puts a preset's rules under the user's own keys. What is no preset stays for the schema to refuse. */
export function applyPreset(user: unknown): unknown {
  if (!isRecord(user)) return user;
  const name = presetNames.find((one) => one === user.preset);
  const preset = findPreset(name);
  return preset === undefined ? user : mergeUnder(preset.config, user);
}

/** Groups are merged key by key; a list or a value of the user's replaces that of the rules. */
function mergeUnder(rules: unknown, own: unknown): unknown {
  if (own === undefined) return rules;
  if (!isRecord(rules) || !isRecord(own)) return own;
  const merged: Record<string, unknown> = { ...rules };
  for (const [key, value] of Object.entries(own)) merged[key] = mergeUnder(rules[key], value);
  return merged;
}
