// Passkeys: a form with data-passkey asks the browser to make one ("create") or to use one ("get"), and sends what it gives.
// Without this file, or in a browser that knows no passkeys, such a form stays hidden and the page says what else there is.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** What the server asks for, with bytes where the browser wants bytes. */
function asked({ publicKey }) {
  const described = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));
  const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (publicKey.user) options.user = { ...publicKey.user, id: bytes(publicKey.user.id) };
  if (publicKey.excludeCredentials) options.excludeCredentials = described(publicKey.excludeCredentials);
  if (publicKey.allowCredentials) options.allowCredentials = described(publicKey.allowCredentials);
  return { publicKey: options };
}

/** What the browser gave, as text that can be sent. */
function given(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  const { id, type, authenticatorAttachment } = credential;
  const clientExtensionResults = credential.getClientExtensionResults();
  return { id, rawId: text(credential.rawId), type, authenticatorAttachment, clientExtensionResults, response };
}

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" }, cache: "no-store" });
  return (await answer.json()).request_options;
}

const WHY = {
  SecurityError: "Passkeys do not work at this address. They need the site’s own name and HTTPS; on this machine, open it as localhost.",
  InvalidStateError: "This device has a passkey for your account already.",
};

async function ask(form, problem) {
  problem.hidden = true;
  try {
    const credential = await navigator.credentials[form.dataset.passkey](asked(await optionsOf(form)));
    form.elements.credential.value = JSON.stringify(given(credential));
    form.submit();
  } catch (error) {
    problem.textContent = WHY[error.name] ?? "No passkey was used. Try again, or choose another way.";
    problem.hidden = false;
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    for (const instead of document.querySelectorAll("[data-without-passkeys]")) instead.hidden = true;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form, form.querySelector("[data-problem]"));
    });
  }
}
