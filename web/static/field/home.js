// The list: what waits, what is begun, and whom to watch.

import { announce, button, draw, el } from "./dom.js";
import * as kept from "./kept.js";
import { SIGN_IN, fullNotice, insecureNotice, wipedNotice } from "./locked.js";
import { DAY_MS, WARN_MS, isWaiting } from "./queue.js";
import { say, sayTime } from "./texts.js";
import { findWork } from "./work.js";

export async function drawHome(app, options) {
  const entries = (await kept.list(app.db, "queue")).sort((a, b) => (a.id < b.id ? 1 : -1));
  const drafts = await kept.list(app.db, "drafts");
  const people = await kept.list(app.common, "people");
  const others = people.filter((one) => one.id !== app.person.id).reduce((sum, one) => sum + (one.waiting ?? 0), 0);
  const waiting = entries.filter(isWaiting);
  announce(statusWords(app, waiting.length));
  draw([
    el("h1", {}, say("title")),
    el("p", { className: "quiet" }, app.person.name),
    readyWords(app),
    insecureNotice(),
    wipedNotice(app),
    fullNotice(app),
    app.isSignedOut && el("div", { className: "notice" }, el("p", {}, say("signed_out", { n: waiting.length })),
      el("a", { href: SIGN_IN, id: "sign-in" }, say("sign_in"))),
    app.isStopped && el("p", { className: "notice", role: "alert" }, say("stopped")),
    app.isClockWrong() && el("p", { className: "notice" }, clockWords(app.skewMs)),
    ageNotice(waiting),
    others > 0 && el("p", { className: "notice" }, say("others_waiting", { n: others })),
    attention(app, entries.filter((entry) => entry.state === "attention")),
    queue(app, waiting, entries.filter((entry) => entry.state === "saved")),
    begun(app, drafts),
    trainees(app),
    el("nav", { className: "row" },
      el("a", { className: "button", href: "/observe", id: "to-app" }, say("to_app")),
      button(say("lock"), () => leave(app), { id: "lock" })),
  ], options);
}

function statusWords(app, nWaiting) {
  const words = app.isConnected ? say("connected") : say("no_connection");
  return nWaiting > 0 ? `${words} ${say("waiting", { n: nWaiting })}` : words;
}

function clockWords(skewMs) {
  const n = Math.round(Math.abs(skewMs) / 60_000);
  return skewMs > 0 ? say("clock_behind", { n }) : say("clock_ahead", { n });
}

function ageNotice(waiting) {
  const oldest = Math.min(...waiting.map((entry) => Date.parse(entry.finished_at)));
  const age = Date.now() - oldest;
  return age > WARN_MS && el("p", { className: "notice", role: "alert" }, say("old", { n: Math.floor(age / DAY_MS) }));
}

// ---------------------------------------------------------------- what waits, and what came of it

function whatOf(app, entry) {
  const { name, checklist } = findWork(app.work, entry);
  return [el("strong", {}, name), el("span", {}, checklist?.title ?? entry.checklist),
    el("span", { className: "quiet" }, sayTime(entry.finished_at))];
}

function queue(app, waiting, saved) {
  if (waiting.length + saved.length === 0) return null;
  const state = (entry) => el("span", { className: `state ${entry.state}` }, say(`state_${entry.state}`));
  return el("section", {},
    el("h2", {}, say("finished")),
    el("ul", { className: "list" }, [...waiting, ...saved].map((entry) => el("li", {}, whatOf(app, entry), state(entry)))),
    waiting.length > 0 && button(say("send_now"), app.sendNow, { id: "send-now", className: "primary" }));
}

function attention(app, entries) {
  if (entries.length === 0) return null;
  return el("section", {},
    el("h2", {}, say("state_attention")),
    el("ul", { className: "list" }, entries.map((entry) => el("li", { className: "attention" },
      whatOf(app, entry),
      el("p", {}, entry.explain),
      entry.record && button(say("copy"), () => copy(entry), { id: `copy-${entry.id}` }),
      button(entry.record ? say("delete") : say("have_read"), () => forget(app, entry), { id: `read-${entry.id}` })))));
}

// The text is shown as well, for where no page may write to the clipboard.
async function copy(entry) {
  const text = JSON.stringify(entry.record, null, 1);
  const box = el("textarea", { readOnly: true, rows: 6, value: text, ariaLabel: say("copy") });
  document.getElementById(`copy-${entry.id}`).replaceWith(box);
  box.select();
  try {
    await navigator.clipboard.writeText(text);
    announce(say("copied"));
  } catch {
    box.focus();
  }
}

async function forget(app, entry) {
  await kept.remove(app.db, "queue", entry.id);
  await app.redraw();
}

// ---------------------------------------------------------------- what is begun, and whom to watch

function begun(app, drafts) {
  if (drafts.length === 0) return null;
  return el("section", {},
    el("h2", {}, say("begun")),
    el("ul", { className: "list" }, drafts.map((draft) => {
      const { name, checklist } = findWork(app.work, draft);
      return el("li", {}, el("strong", {}, name), el("span", {}, checklist?.title ?? draft.checklist),
        checklist
          ? button(say("go_on"), () => app.show("form", draft), { id: `go-on-${draft.id}` })
          : el("p", {}, say("gone")));
    })));
}

function trainees(app) {
  if (!app.work) return el("p", { className: "notice" }, say("not_loaded"));
  if (app.work.work.length === 0) return el("p", { className: "notice" }, say("no_trainees"));
  return el("section", {},
    el("h2", {}, say("trainees")),
    el("ul", { className: "list people" }, askedFirst(app.work.work).map((one) => el("li", {},
      el("div", {},
        el("strong", {}, one.trainee.name),
        one.asked.map((asked) => {
          const { checklist } = findWork(app.work, { programme: one.programme, version: one.version, ...asked });
          return checklist && el("span", { className: "quiet" }, say("asked_for", { what: checklist.title }));
        })),
      button(say("observe"), () => app.show("begin", one), {
        id: `observe-${one.id}`, ariaLabel: say("observe_whom", { name: one.trainee.name }),
      })))));
}

const askedFirst = (work) => [...work.filter((one) => one.asked.length), ...work.filter((one) => !one.asked.length)];

function readyWords(app) {
  if (!app.work) return null;
  const loaded = say("loaded", { when: sayTime(app.work.loaded_at) });
  return el("p", { className: "quiet", id: "ready" }, app.isReady ? `${loaded} ${say("ready")}` : loaded);
}

async function leave(app) {
  const isConnected = app.isConnected;
  await app.lock();
  if (isConnected) window.location.assign("/account/bye");
}
