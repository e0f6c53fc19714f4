// How each exercise went, from its turns and from what was said of it, as the form at the end
// takes it: done, part, skipped or hurt; how much; pain; why it was skipped. Pure.

// ``said``: { outcome: "skipped" | "hurt" | undefined, reason, pain }.
export function went(turns, said, { isOptional }) {
  const amount = turns.amount;
  const pain = said.pain ?? "";
  const isGivenUp = said.pain > 0 && !turns.isBegun;
  if (said.outcome === "hurt" || isGivenUp)
    return { result: "hurt", amount, pain, skip_reason: "" };
  if (turns.isEnough) return { result: "done", amount, pain, skip_reason: "" };
  if (turns.isBegun) return { result: "part", amount, pain, skip_reason: "" };
  if (said.outcome === "skipped") {
    return { result: "skipped", amount: "", pain: "", skip_reason: said.reason ?? "" };
  }
  // It was not reached; one that nobody had to do is not spoken of.
  return { result: isOptional ? "" : "skipped", amount: "", pain: "", skip_reason: "" };
}

// Whether there is anything to keep: something done, left out for a reason, or hurt.
export const isAnything = (turns, said) => turns.isBegun || Boolean(said.outcome) || said.pain > 0;
