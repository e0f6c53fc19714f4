// The words of notices are the same on every page, so they are one file, which the browser keeps
// (offline/notices.py). It is fetched with the page, to be there when the network no longer is.
const PATIENCE = 10_000; // ms
const address = document.querySelector("meta[name=notices]")?.content;
let coming;

async function fetched() {
  const answer = await fetch(address, {
    credentials: "omit", // it is nobody's
    signal: AbortSignal.timeout?.(PATIENCE),
  });
  if (!answer.ok) throw new Error("not there");
  return new DOMParser().parseFromString((await answer.json()).html, "text/html");
}

// Asked for again by whoever needs them next.
function failed() {
  coming = undefined;
}

/** The content of ``<template data-…>``; undefined where the words cannot be had. */
export async function noticeWords(name) {
  coming ??= address && fetched().catch(failed);
  const all = await coming;
  return all?.querySelector(`template[data-${name}]`).content;
}

if (address) noticeWords("not-saved-words");
