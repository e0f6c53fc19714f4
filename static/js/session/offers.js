// What a session offers after the sessions of its day that wait on this phone, of which the server
// does not know yet: above all not again what hurt. Pure. The same as programmes.next_session_items.

import { isSome } from "../offline/entries.js";

const keysOf = (exercises) => exercises.map(({ item }) => item);

// ``exercises``: as the server offers them, each with ``least`` and ``most``, the times that the day
// still wants it and may have it; ``has_left_out``: something hurt of which the server knows.
// ``sessions``: what waits of this day, in the order in which it was done.
export function offered({ exercises, has_left_out: isAnyLeftOut }, sessions) {
  const hurt = new Set();
  const done = new Map();
  const times = ({ item }) => done.get(item) ?? 0;
  const isWanted = (exercise) => times(exercise) < exercise.least;

  function next() {
    const left = exercises.filter(({ item }) => !hurt.has(item));
    const open = left.filter((exercise) => times(exercise) < exercise.most);
    if (open.length) return open;
    return isAnyLeftOut || hurt.size ? [] : left;
  }

  function byOneTap() {
    const wanted = next().filter(isWanted);
    return keysOf(wanted.length ? wanted : next());
  }

  for (const { results } of sessions) {
    const went = results ? keysOf(results.filter(isSome)) : byOneTap();
    for (const item of went) done.set(item, (done.get(item) ?? 0) + 1);
    for (const { item, result } of results ?? []) if (result === "hurt") hurt.add(item);
  }
  const offers = next();
  const isOptional = (exercise) => offers.some(isWanted) && !isWanted(exercise);
  return offers
    .map((exercise) => ({ ...exercise, optional: isOptional(exercise) }))
    .sort((one, other) => Number(one.optional) - Number(other.optional));
}
