// The page: who is here, what they see, and when it is tried to send.

import { announce, untilLifted } from "./dom.js";
import * as kept from "./kept.js";
import { drawBegin } from "./begin.js";
import { drawAfter, drawConfirmation, drawReview } from "./review.js";
import { drawHome } from "./home.js";
import { drawLocked, drawRefused } from "./locked.js";
import { drawForm } from "./form.js";
import { isWaiting, nextDelay, sendAll, tidy } from "./queue.js";
import { NoAnswer, askSession, askWork } from "./server.js";
import { loadTexts, say } from "./texts.js";

const SCREENS = {
  home: drawHome, locked: drawLocked, begin: drawBegin, form: drawForm,
  confirmation: drawConfirmation, review: drawReview, after: drawAfter,
};

const LOCK_COOKIE = "practicum_field_locked=1";
const CLOCK_IS_WRONG_MS = 5 * 60 * 1000;

const app = {
  common: null, // the database of everybody
  db: null, // the database of who is here; null while the page is locked
  person: null, // {id, name}
  work: null, // what may be watched, as it was loaded last
  isConnected: false,
  isSignedOut: false,
  isStopped: false, // the server takes nothing from this page
  isFull: false, // this device has no room for anything new, or refuses it
  isReady: false, // the page opens without a connection
  wiped: 0, // forms that were deleted because they had become too old
  isRevoked: false,
  skewMs: 0, // how far this device's clock is behind the server's
  isClockWrong: () => Math.abs(app.skewMs) > CLOCK_IS_WRONG_MS,
  screen: "locked",
  about: null, // what the screen is about: a trainee, a draft, an entry
  show,
  redraw,
  refresh,
  sendNow,
  lock,
  noteWaiting,
};

async function show(screen, about = null) {
  app.screen = screen;
  app.about = about;
  await SCREENS[screen](app);
}

// Draw the same screen again; a form under somebody's hands stays as it is.
async function redraw() {
  await untilLifted();
  if (app.screen === "home" || app.screen === "locked") await SCREENS[app.screen](app, { keepsFocus: true });
}

// ---------------------------------------------------------------- who is here

const personOf = (id) => kept.get(app.common, "people", id);
const keepPerson = (person) => kept.put(app.common, "people", person);

// Keep what can be asked for or counted anew; a device without room says so, and what waits is sent all the same.
async function keepIfRoom(keeping) {
  try {
    await keeping;
    app.isFull = false;
  } catch {
    app.isFull = true;
  }
}

// Open for who signed in last, until the day that the server named; not after a lock or a sign-out.
async function openLast() {
  const current = await kept.get(app.common, "state", "current");
  const person = current && await personOf(current.person);
  if (!person) return;
  if (document.cookie.includes(LOCK_COOKIE) && !person.locked) {
    person.locked = person.signed_in_at;
    await keepIfRoom(keepPerson(person));
  }
  if (!person.locked && Date.now() < Date.parse(person.open_until)) await open(person.id);
}

async function open(id) {
  if (app.person?.id === id && app.db) return;
  app.db?.close();
  app.db = await kept.openPerson(id);
  app.person = (await kept.get(app.db, "work", "me"))?.person ?? { id, name: "" };
  app.work = (await kept.get(app.db, "work", "work"))?.work ?? null;
}

// Take over who is signed in. A person who has locked the page has to sign in anew.
async function adopt(session) {
  const { person, signed_in_at, open_until, server_time } = session;
  app.skewMs = Date.parse(server_time) - Date.now();
  const known = await personOf(person.id);
  if (known?.locked === signed_in_at) return false;
  const isOther = app.person?.id !== person.id || !app.db;
  if (isOther || known?.signed_in_at !== signed_in_at || known.open_until !== open_until || known.locked) {
    await keepPerson({ ...known, id: person.id, signed_in_at, open_until, locked: null });
    await kept.put(app.common, "state", { id: "current", person: person.id });
  }
  await open(person.id);
  app.person = person;
  await keepIfRoom(kept.put(app.db, "work", { id: "me", person }));
  if (isOther) await show("home");
  return true;
}

async function lock() {
  const person = await personOf(app.person.id);
  await keepPerson({ ...person, locked: person.signed_in_at });
  close();
  await show("locked");
}

function close() {
  app.db?.close();
  app.db = null;
  app.person = null;
  app.work = null;
}

// Names and forms begun go when the page locks for its age; forms that wait go 14 days after they were finished.
async function forgetOld() {
  for (const person of await kept.list(app.common, "people")) {
    const db = await kept.openPerson(person.id);
    app.wiped += await tidy(db);
    if (Date.now() >= Date.parse(person.open_until)) {
      await kept.change(db, ["work", "drafts"], (all) => {
        all.objectStore("work").clear();
        all.objectStore("drafts").clear();
      });
      if (app.person?.id === person.id) {
        close();
        await show("locked");
      }
    }
    await noteWaitingIn(db, person.id);
    db.close();
  }
}

// The session was ended from elsewhere: what this person has on this device goes at once.
async function forgetRevoked(id) {
  if (!await personOf(id)) return;
  const db = await kept.openPerson(id);
  await kept.wipe(db);
  db.close();
  await kept.remove(app.common, "people", id);
  app.isRevoked = true;
  if (app.person && app.person.id !== id) return;
  close();
  await show("locked");
}

// How much waits is known without opening another person's database.
async function noteWaitingIn(db, id) {
  const waiting = (await kept.list(db, "queue")).filter(isWaiting);
  const oldest = waiting.map((entry) => entry.finished_at).sort()[0] ?? null;
  await keepIfRoom(keepPerson({ ...await personOf(id), id, waiting: waiting.length, oldest }));
}

async function noteWaiting() {
  if (app.db) await noteWaitingIn(app.db, app.person.id);
}

// ---------------------------------------------------------------- speaking with the server

let refreshing = null;
let nFailed = 0;
let timer = 0;

// Ask who is signed in, load what may be watched, and send what waits. One at a time.
function refresh() {
  refreshing ??= speak().finally(() => { refreshing = null; });
  return refreshing;
}

async function speak() {
  clearTimeout(timer);
  let end = "failed";
  let revoked = null;
  try {
    const session = await askSession();
    revoked = session.code === "revoked" ? session.person : null;
    app.isConnected = session.status < 500;
    if (session.status === 200) {
      app.isSignedOut = false;
      if (await adopt(session)) {
        await loadWork();
        const isLockedMeanwhile = !app.db;
        end = isLockedMeanwhile ? "done" : await sendAll(app.db, app.person.id, () => { noteWaiting().then(redraw); });
      } else end = "done";
    } else if (session.status === 401) end = session.code;
  } catch (error) {
    if (error instanceof DOMException) app.isFull = true;
    else if (error instanceof NoAnswer) app.isConnected = false;
    else throw error;
  }
  if (revoked) await forgetRevoked(revoked);
  app.isSignedOut = end === "signed_out";
  app.isStopped = end === "stopped";
  nFailed = end === "failed" ? nFailed + 1 : 0;
  await noteWaiting();
  tell().then(redraw);
  await redraw();
  await tryAgain(end);
}

// Somebody asks for it, or the signal is back: the waiting times begin anew.
async function sendNow() {
  nFailed = 0;
  await refreshing;
  return refresh();
}

async function loadWork() {
  const answer = await askWork();
  if (answer.status !== 200 || answer.owner !== app.person?.id) return;
  app.work = { ...answer, loaded_at: Date.now() };
  await keepIfRoom(kept.put(app.db, "work", { id: "work", work: app.work }));
}

async function tryAgain(end) {
  const waits = app.db && (await kept.list(app.db, "queue")).some(isWaiting);
  if (waits && end === "failed") timer = setTimeout(refresh, nextDelay(nFailed - 1));
}

async function tell() {
  if (app.isReady || !app.work || !navigator.serviceWorker) return;
  await navigator.serviceWorker.ready;
  app.isReady = true;
}

function hearOffline() {
  app.isConnected = false;
  redraw();
}

// ---------------------------------------------------------------- the beginning

async function begin() {
  await loadTexts();
  try {
    app.common = await kept.openCommon();
  } catch {
    drawRefused();
    return;
  }
  navigator.storage?.persist?.();
  navigator.serviceWorker?.register("/field/worker.js", { scope: "/field/" }).catch(() => {});
  navigator.serviceWorker?.ready.then(() => { tell().then(redraw); });
  await openLast();
  await show(app.db ? "home" : "locked");
  announce(say("opening"));
  await refresh();
  await forgetOld();
  await redraw();
  window.addEventListener("online", sendNow);
  window.addEventListener("offline", hearOffline);
  window.addEventListener("pageshow", (event) => { if (event.persisted) refresh(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
}

begin();
