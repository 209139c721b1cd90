// Asks the browser for a passkey and sends its answer as the form that the button belongs to.
// A button `data-passkey="get"` or `"create"`; its form holds `data-options`, and a field `answer`. Buttons stay hidden where
// the browser has no passkeys: then nobody is offered what cannot work.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const described = (keys) => (keys ?? []).map((key) => ({ ...key, id: toBytes(key.id) }));

function asked(options) {
  const publicKey = { ...options, challenge: toBytes(options.challenge) };
  if (options.user) publicKey.user = { ...options.user, id: toBytes(options.user.id) };
  if (options.excludeCredentials) publicKey.excludeCredentials = described(options.excludeCredentials);
  if (options.allowCredentials) publicKey.allowCredentials = described(options.allowCredentials);
  return { publicKey };
}

function answered(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: toText(credential.rawId), type: credential.type, response });
}

async function use(button) {
  const form = button.form;
  const complaint = form.querySelector("[data-passkey-failed]");
  if (complaint) complaint.hidden = true;
  button.disabled = true;
  try {
    const credential = await navigator.credentials[button.dataset.passkey](asked(JSON.parse(form.dataset.options)));
    form.elements.answer.value = answered(credential);
    form.requestSubmit();
  } catch {
    if (complaint) complaint.hidden = false;
    button.disabled = false;
  }
}

if (window.PublicKeyCredential) {
  for (const button of document.querySelectorAll("[data-passkey]")) {
    button.closest("[data-needs-passkey]").hidden = false;
    button.addEventListener("click", () => use(button));
  }
}
