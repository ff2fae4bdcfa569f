// In come the flags of `plan`; out goes what publishing would do, with nothing changed anywhere.
export { runPlan } from "./publish.ts";
