// Nobody is here, or the page is locked: how much waits, and no name.

import { announce, button, draw, el } from "./dom.js";
import * as kept from "./kept.js";
import { say } from "./texts.js";

export const SIGN_IN = "/account/sign-in?next=/field/";

export async function drawLocked(app, options) {
  const people = await kept.list(app.common, "people");
  const n = people.reduce((sum, person) => sum + (person.waiting ?? 0), 0);
  announce(app.isConnected ? say("connected") : say("no_connection"));
  draw([
    el("h1", {}, say("title")),
    insecureNotice(),
    wipedNotice(app),
    fullNotice(app),
    app.isRevoked && el("p", { className: "notice", role: "alert" }, say("revoked")),
    n > 0 && el("p", { className: "notice" }, say("locked_waiting", { n })),
    el("p", {}, say("locked")),
    el("p", {}, el("a", { className: "button primary", href: SIGN_IN, id: "sign-in" }, say("sign_in"))),
    !app.isConnected && button(say("try_again"), app.sendNow, { id: "again" }),
    el("p", { className: "quiet" }, say("install")),
  ], options);
}

// The browser lets nothing be kept: a form would be gone with the page, so none can be begun.
export function drawRefused() {
  announce("");
  draw([
    el("h1", {}, say("title")),
    el("p", { className: "notice", role: "alert" }, say("refused")),
    el("p", {}, el("a", { className: "button primary", href: "/observe", id: "to-app" }, say("to_app"))),
  ]);
}

export function insecureNotice() {
  return !window.isSecureContext && el("p", { className: "notice", role: "alert" }, say("insecure"));
}

export function fullNotice(app) {
  return app.isFull && el("p", { className: "notice", role: "alert" }, say("full"));
}

export function wipedNotice(app) {
  return app.wiped > 0 && el("p", { className: "notice", role: "alert" }, say("wiped", { n: app.wiped }));
}
