import type { Config, ResolvedTarget } from "../../model/config.ts";
import { commandTarget } from "./command.ts";
import { directoryTarget } from "./directory.ts";
import { gitTarget } from "./git.ts";
import { openPublicSite } from "./public-site.ts";
import { s3Target } from "./s3.ts";
import type { Target, TargetContext, TargetType } from "./target.ts";

/** Every type of `publish.target`. */
const targets: { readonly [Type in ResolvedTarget["type"]]: TargetType<Type> } = {
  directory: directoryTarget,
  git: gitTarget,
  s3: s3Target,
  command: commandTarget,
};

/** Opens the configured target. Without one, another program deploys: the public site is read and nothing is written. @throws Failure */
export async function openTarget({ publish: { target } }: Config, context: TargetContext): Promise<Target> {
  if (target === undefined) return openPublicSite(context);
  return (targets[target.type] as TargetType<ResolvedTarget["type"]>).open(target, context);
}
