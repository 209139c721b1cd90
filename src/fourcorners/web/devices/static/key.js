// The key pair of this browser: made once, never to be exported, kept in its own store. Nothing else can sign with it.

const STORE = "fourcorners-device";

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(STORE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("keys");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

function within(store, mode, act) {
  return new Promise((resolve, reject) => {
    const asked = act(store.transaction("keys", mode).objectStore("keys"));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

export async function keyPair() {
  const store = await opened();
  const kept = await within(store, "readonly", (keys) => keys.get("device"));
  if (kept) return kept;
  const made = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  await within(store, "readwrite", (keys) => keys.put(made, "device"));
  return made;
}

export const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

export async function publicKey() {
  const pair = await keyPair();
  return toText(await crypto.subtle.exportKey("spki", pair.publicKey));
}

export async function signature(method, path, challenge) {
  const pair = await keyPair();
  const words = new TextEncoder().encode(`fourcorners device 1\n${method}\n${path}\n${challenge}`);
  return toText(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, words));
}

export function put(form, name, value) {
  let field = form.elements.namedItem(name);
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    form.append(field);
  }
  field.value = value;
}
