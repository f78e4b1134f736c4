// Numbers and times that a record carries.

// A UUID of version 7, from what every browser has: `crypto.randomUUID` is missing where there is no https.
export function uuid7() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = Date.now();
  for (let place = 5; place >= 0; place -= 1) {
    bytes[place] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

// The time on this device's wall, with its distance from UTC.
export function localTime(at = new Date()) {
  const ahead = -at.getTimezoneOffset();
  const wall = new Date(at.getTime() + ahead * 60_000).toISOString().slice(0, 19);
  const two = (number) => String(number).padStart(2, "0");
  return `${wall}${ahead < 0 ? "-" : "+"}${two(Math.floor(Math.abs(ahead) / 60))}:${two(Math.abs(ahead) % 60)}`;
}

export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
