// Signs in with a passkey, or makes one: form[data-passkey=use|add]. Where a browser cannot, the
// form stays hidden. The words it says stand in the form's template[data-passkey-words].
//
// On a press the server is asked for a question (data-question), the browser has its person
// answer it, and the answer goes with the form as anything else that is sent.
import { headers } from "./person.js";

const OPTIONS = { use: "get", add: "create" };
const IDS = ["allowCredentials", "excludeCredentials"];
const able = "PublicKeyCredential" in window && "credentials" in navigator;

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

// Older phones know passkeys, and not how to read or write them as JSON.
function forBrowser(question) {
  const options = { ...question, challenge: bytes(question.challenge) };
  if (question.user) options.user = { ...question.user, id: bytes(question.user.id) };
  for (const list of IDS) {
    options[list] = (question[list] ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return options;
}

function forServer(credential) {
  const { response } = credential;
  const said = {};
  for (const part of [
    "clientDataJSON",
    "attestationObject",
    "authenticatorData",
    "signature",
    "userHandle",
  ]) {
    if (response[part]) said[part] = text(response[part]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    response: said,
  });
}

function say(form, reason) {
  const words = form.querySelector("template[data-passkey-words]").content;
  const place = form.querySelector("[data-passkey-said]");
  place.replaceChildren(words.querySelector(`[data-reason=${reason}]`).cloneNode(true));
}

async function questionFor(form) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  let answer;
  try {
    answer = await fetch(form.dataset.question, {
      method: "POST",
      headers: { ...headers(), "X-CSRFToken": token, "X-Background": "passkey" },
    });
  } catch {
    say(form, "no-network");
    return null;
  }
  if (answer.ok) return answer.json();
  if (answer.status === 429) say(form, "wait");
  else if (form.dataset.passkey === "add")
    location.reload(); // asked again first who one is
  else say(form, "stopped");
  return null;
}

async function answerFor(form) {
  const question = await questionFor(form);
  if (!question) return null;
  try {
    const how = OPTIONS[form.dataset.passkey];
    return forServer(await navigator.credentials[how]({ publicKey: forBrowser(question) }));
  } catch (error) {
    say(form, error.name === "InvalidStateError" ? "known" : "stopped");
    return null;
  }
}

async function pressed(event) {
  const form = event.target;
  const place = form.querySelector("[data-passkey-answer]");
  if (place.value) return; // answered: it goes
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.dataset.asking) return;
  form.dataset.asking = "yes";
  form.querySelector("[data-passkey-said]").replaceChildren();
  place.value = (await answerFor(form)) ?? "";
  delete form.dataset.asking;
  if (place.value) form.requestSubmit();
}

function forget() {
  for (const place of document.querySelectorAll("[data-passkey-answer]")) place.value = "";
}

async function showOffers() {
  const offers = document.querySelectorAll("[data-passkey-offer]");
  if (!offers.length || !navigator.onLine) return;
  if (!(await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable())) return;
  for (const offer of offers) offer.hidden = false;
}

if (able) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", pressed, true);
  }
  for (const way of document.querySelectorAll("[data-passkey-able]")) way.hidden = false;
  for (const words of document.querySelectorAll("[data-passkey-unable]")) words.hidden = true;
  window.addEventListener("pageshow", forget); // an answer counts once
  showOffers();
}
