// What a recording of the browser says of the page's own thread.

export const SLOWER = 4; // times: a phone's processor, as Lighthouse reckons
export const LONG = 50; // ms

const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

// The processor time of each task, in milliseconds on that phone. On a busy machine a task lasts
// longer, but takes no more of the processor.
export function processorTimes(traceEvents) {
  const tasks = traceEvents.filter(({ name, tdur }) => name === "RunTask" && tdur);
  const threads = Map.groupBy(tasks, ({ pid, tid }) => `${pid} ${tid}`);
  const named = traceEvents.filter(({ name }) => name === "thread_name");
  const pages = named.filter(({ args }) => args.name === "CrRendererMain");
  const times = pages.map(({ pid, tid }) =>
    (threads.get(`${pid} ${tid}`) ?? []).map(({ tdur }) => (SLOWER * tdur) / 1000),
  );
  return times.toSorted((a, b) => sum(b) - sum(a))[0] ?? [];
}

// By how much tasks are longer than they may be, in all.
export const blocking = (times) => Math.round(sum(times.map((ms) => Math.max(ms - LONG, 0))));
