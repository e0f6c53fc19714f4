// What was done goes into the form at the end.

import { say as sayHowItWent } from "../results.js";

function put(form, name, value) {
  for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (field.type === "radio") field.checked = field.value === String(value);
    else field.value = String(value);
  }
}

// ``results``: by item, { result, amount, pain, skip_reason }.
export function fill(form, { results, clientId, performedAt }) {
  put(form, "client_id", clientId);
  put(form, "performed_at", performedAt);
  for (const [item, went] of results) {
    for (const [name, value] of Object.entries(went)) put(form, `${name}-${item}`, value);
  }
  form.querySelectorAll("[data-result]").forEach(sayHowItWent);
}
