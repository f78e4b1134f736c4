// After the watching: the second screen where harm was seen, the last look, and what to do now.

import { announce, button, choice, draw, el } from "./dom.js";
import { contactPanel, keepDraft, lookOver, partsOf } from "./form.js";
import * as kept from "./kept.js";
import { localTime, zone } from "./numbers.js";
import { confirmationOf, criticalSeen, isOpen, recordOf, unhelpfulSeen } from "./rules.js";
import { say } from "./texts.js";

const RATINGS = ["not_yet", "borderline", "pass", "strong"];
const LEVELS = [1, 2, 3, 4, 5];

export function drawConfirmation(app) {
  const { draft, name, lines } = partsOf(app);
  announce("");
  draw([
    el("p", { className: "quiet" }, name),
    el("h1", {}, say("did_you_see")),
    el("p", {}, say("ticked_critical")),
    el("ul", { className: "seen" }, criticalSeen(draft, lines).map((one) => el("li", {}, one.text))),
    el("p", {}, say("on_hold")),
    el("p", { className: "notice" }, say("no_report")),
    contactPanel(app),
    el("p", { id: "trouble", role: "alert" }),
    el("div", { className: "row" },
      button(say("slip"), () => app.show("form", draft), { id: "slip" }),
      button(say("saw_it"), async () => {
        draft.confirmed = confirmationOf(draft, lines);
        if (await keepDraft(app)) await lookOver(app);
      }, { id: "saw-it", className: "primary" })),
  ]);
}

export function drawReview(app, options) {
  const { draft, name, checklist, lines } = partsOf(app);
  const open = lines.filter((line) => isOpen(draft, checklist, line));
  const pick = (part) => {
    Object.assign(draft, part);
    keepDraft(app);
  };
  announce("");
  draw([
    el("p", { className: "quiet" }, `${name} · ${checklist.title}`),
    el("h1", {}, say("review")),
    el("p", {}, say("lines_done", { n: lines.length - open.length, total: lines.length })),
    open.length > 0 && el("p", {}, checklist.leaves_out ? say("open_lines") : say("must_answer")),
    open.length > 0 && el("ul", {}, open.map((line) => el("li", {}, line.text))),
    el("ul", { className: "seen" }, unhelpfulSeen(draft, lines).map((one) => el("li", {}, one.text))),
    choice("overall", say("overall"), RATINGS.map((one) => [one, say(`overall_${one}`)]), draft.overall,
      (overall) => pick({ overall })),
    choice("help", say("how_much_help"), LEVELS.map((one) => [one, say(`help_${one}`)]), draft.help, (help) => pick({ help })),
    el("p", { className: "quiet" }, say("no_words")),
    el("p", { id: "trouble", role: "alert" }),
    el("div", { className: "row" },
      button(say("back_to_form"), () => app.show("form", draft), { id: "back-to-form" }),
      button(say("finish"), () => finish(app, open), { id: "finish", className: "primary" })),
  ], options);
}

function missing(draft, checklist, open) {
  if (Object.values(draft.answers).every((state) => !state)) return [say("nothing_ticked"), "back-to-form"];
  if (open.length > 0 && !checklist.leaves_out) return [say("must_answer"), "back-to-form"];
  if (!draft.overall) return [say("please_answer", { what: say("overall") }), "overall"];
  if (!draft.help) return [say("please_answer", { what: say("how_much_help") }), "help"];
  return null;
}

async function finish(app, open) {
  const { draft, checklist, lines } = partsOf(app);
  const trouble = document.getElementById("trouble");
  const found = missing(draft, checklist, open);
  if (found) {
    const [words, id] = found;
    trouble.textContent = words;
    const place = document.getElementById(id);
    (place.querySelector("input") ?? place).focus();
    return;
  }
  const record = recordOf(draft, lines, localTime(), zone());
  const { trainee, programme, version, checklist: form } = draft;
  const entry = { id: draft.id, owner: draft.owner, trainee, programme, version, checklist: form, record,
    state: "device", finished_at: record.finished_at };
  try {
    await kept.finish(app.db, draft.id, entry);
  } catch {
    trouble.textContent = say("not_kept");
    return;
  }
  await app.noteWaiting();
  await app.show(criticalSeen(draft, lines).length > 0 ? "after" : "home", draft);
  app.sendNow();
}

export function drawAfter(app) {
  announce("");
  draw([
    el("h1", {}, say("ring_today")),
    contactPanel(app),
    el("p", {}, say("no_report")),
    button(say("to_list"), () => app.show("home"), { id: "to-list", className: "primary" }),
  ]);
}
