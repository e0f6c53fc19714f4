// Closes a text so that only the server can open it, and only for the account whose page this is:
// a compact JWE (ECDH-ES with P-256, A256GCM), made with WebCrypto alone. docs/adr/0049 says why.

const ENC = "A256GCM";
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const BITS = 256; // of what two keys agree on, and of the key that seals
const bytes = new TextEncoder();

const number = (value) => new Uint8Array(new Uint32Array([value]).buffer).reverse(); // big-endian
const withLength = (text) => [number(bytes.encode(text).length), bytes.encode(text)];

function base64url(buffer) {
  const text = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// RFC 7518, 4.6.2: one round is as long as the key.
async function concatKdf(agreed) {
  const parts = [number(1), agreed, ...withLength(ENC), number(0), number(0), number(BITS)];
  return crypto.subtle.digest("SHA-256", await new Blob(parts).arrayBuffer());
}

async function keyFor(publicKey, ours) {
  const agreed = await crypto.subtle.deriveBits(
    { name: "ECDH", public: publicKey },
    ours.privateKey,
    BITS,
  );
  return crypto.subtle.importKey("raw", await concatKdf(agreed), "AES-GCM", false, ["encrypt"]);
}

async function headerFor(ours) {
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", ours.publicKey);
  const header = { alg: "ECDH-ES", enc: ENC, epk: { kty, crv, x, y } };
  return base64url(bytes.encode(JSON.stringify(header)));
}

const jwk = () => document.querySelector("meta[name=seal]")?.content;

// Whether this browser can seal at all: WebCrypto is there on https and on localhost only.
export const canSeal = () => Boolean(globalThis.crypto?.subtle && jwk());

export async function seal(text) {
  if (!canSeal()) return "";
  const theirs = await crypto.subtle.importKey("jwk", JSON.parse(jwk()), CURVE, false, []);
  const ours = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const header = await headerFor(ours);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: bytes.encode(header) };
  const key = await keyFor(theirs, ours);
  const closed = new Uint8Array(await crypto.subtle.encrypt(how, key, bytes.encode(text)));
  const [words, tag] = [closed.slice(0, -16), closed.slice(-16)];
  return [header, "", base64url(iv), base64url(words), base64url(tag)].join(".");
}
