// Sending what waits. Device → sending → saved | attention. Only the server's own answer about this very form moves it
// on; everything else leaves it where it is.

import * as kept from "./kept.js";
import { NoAnswer, askSession, send } from "./server.js";

export const DAY_MS = 24 * 3600 * 1000;
export const KEEP_MS = 14 * DAY_MS;
export const WARN_MS = 3 * DAY_MS;
const RECEIPT_MS = 7 * DAY_MS;
const DELAYS_S = [5, 15, 60, 300];
const FINAL = [404, 409, 410, 413, 415, 422];

export const isWaiting = (entry) => entry.state === "device" || entry.state === "sending";

export function nextDelay(nFailed) {
  const seconds = DELAYS_S[Math.min(nFailed, DELAYS_S.length - 1)];
  return seconds * 1000 * (0.8 + 0.4 * Math.random());
}

// One pass at a time, over all tabs of the browser. Where there is no https there are no such locks: one tab then.
let passing = Promise.resolve();
export function withLock(act) {
  if (navigator.locks) return navigator.locks.request("practicum-field-send", act);
  passing = passing.then(act, act);
  return passing;
}

// What becomes of an entry by an answer: the entry as it stands now, and whether the pass goes on.
export function judge(entry, answer) {
  const isOurs = answer.id === entry.id;
  if ((answer.status === 201 || answer.status === 200) && isOurs && answer.state === "recorded") {
    return { entry: { ...entry, state: "saved", record: null, saved_at: Date.now() }, goesOn: true };
  }
  if (FINAL.includes(answer.status) && isOurs && answer.code) {
    const dropsContent = answer.kept || answer.status === 410;
    const told = { code: answer.code, explain: answer.explain, kept: Boolean(answer.kept) };
    return { entry: { ...entry, ...told, state: "attention", record: dropsContent ? null : entry.record }, goesOn: true };
  }
  return { entry: { ...entry, state: "device" }, goesOn: isTrouble(answer), isFailed: true };
}

// The server is there and cannot take anything now: it is tried again later.
const isTrouble = (answer) => answer.status >= 500 || answer.status === 429;

// Where a device has no room for how far an entry is, the entry stands as before and is sent again: the server knows it
// by its number.
const note = (db, entry) => kept.put(db, "queue", entry).then(() => true, () => false);

// Send all that waits of this person. Returns how it ended: "done", "failed", "signed_out", "revoked" or "stopped".
export function sendAll(db, personId, onChange) {
  return withLock(async () => {
    let end = "done";
    let session = null;
    const waiting = (await kept.list(db, "queue")).filter(isWaiting).sort((a, b) => (a.id < b.id ? -1 : 1));
    try {
      for (const entry of waiting) {
        session ??= await askSession();
        if (isTrouble(session)) return "failed";
        if (session.status !== 200 || session.person.id !== personId) return session.code ?? "stopped";
        await note(db, { ...entry, state: "sending" });
        onChange();
        let answer = await sendOne(db, entry, session.csrf);
        if (answer.code === "csrf") {
          session = await askSession();
          answer = session.status === 200 ? await sendOne(db, entry, session.csrf) : session;
        }
        const { entry: next, goesOn, isFailed } = judge(entry, answer);
        const isNoted = await note(db, next);
        onChange();
        if (isFailed || !isNoted) end = "failed";
        if (!goesOn) return answer.status === 401 ? answer.code : "stopped";
      }
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return "failed";
    }
    return end;
  });
}

async function sendOne(db, entry, csrf) {
  try {
    return await send(entry, csrf);
  } catch (error) {
    await note(db, { ...entry, state: "device" });
    throw error;
  }
}

// Receipts go after a week, and forms that nobody has sent or finished after two. Returns how many forms were lost.
export async function tidy(db, now = Date.now()) {
  const entries = await kept.list(db, "queue");
  const old = entries.filter((one) => one.state !== "saved" && now - Date.parse(one.finished_at) > KEEP_MS);
  const receipts = entries.filter((one) => one.state === "saved" && now - one.saved_at > RECEIPT_MS);
  const begun = (await kept.list(db, "drafts")).filter((one) => now - Date.parse(one.begun_at) > KEEP_MS);
  for (const one of [...old, ...receipts]) await kept.remove(db, "queue", one.id);
  for (const one of begun) await kept.remove(db, "drafts", one.id);
  return old.filter((one) => one.record).length + begun.length;
}
