// The form while watching: one tap answers, and each answer is kept on the device before the page says so.

import { announce, button, choice, draw, el } from "./dom.js";
import { script } from "./begin.js";
import * as kept from "./kept.js";
import { criticalSeen, hasLevels, isOpen, keyOf, linesIn, needsConfirmation, confirmationOf, unhelpfulSeen } from "./rules.js";
import { say } from "./texts.js";
import { findWork } from "./work.js";

const KINDS = ["basic", "further", "unhelpful"];

export function partsOf(app) {
  const draft = app.about;
  const found = findWork(app.work, draft);
  return { draft, ...found, lines: linesIn(found.checklist, draft.setting) };
}

export function drawForm(app, options) {
  const { draft, name, checklist, scenario, lines, programme } = partsOf(app);
  const where = checklist.settings.find((one) => one.id === draft.setting).text;
  announce("");
  draw([
    el("p", { className: "quiet" }, `${name} · ${where} · ${draft.counts ? say("counts") : say("practice_only")}`),
    el("h1", { lang: programme.language, dir: programme.dir }, checklist.title),
    scenario && script(scenario),
    el("p", { className: "quiet" }, say("on_device")),
    hasLevels(checklist) && forAll(app, checklist, lines),
    el("p", { id: "trouble", role: "alert" }),
    el("div", { lang: programme.language, dir: programme.dir }, lines.map((line, place) => card(app, line, place))),
    el("div", { className: "bottom" },
      el("p", { id: "tally" }, tally(draft, checklist, lines)),
      el("div", { className: "row" },
        button(say("back"), () => app.show("home"), { id: "back" }),
        button(say("look_over"), () => lookOver(app), { id: "look-over", className: "primary" }))),
  ], options);
}

function tally(draft, checklist, lines) {
  const n = lines.filter((line) => !isOpen(draft, checklist, line)).length;
  const harm = unhelpfulSeen(draft, lines).length;
  const words = say("lines_done", { n, total: lines.length });
  return harm ? `${words} · ${say("n_unhelpful", { n: harm })}` : words;
}

export function lookOver(app) {
  const { draft, lines } = partsOf(app);
  const isAsked = needsConfirmation(draft, lines) && draft.confirmed !== confirmationOf(draft, lines);
  return app.show(isAsked ? "confirmation" : "review", draft);
}

// ---------------------------------------------------------------- one line

function card(app, line, place) {
  const { draft, checklist } = partsOf(app);
  const isDone = !isOpen(draft, checklist, line);
  const legend = [`${place + 1}. ${line.text} `,
    line.critical && el("span", { className: "critical" }, say("critical")),
    isDone && el("span", { className: "done" }, ` ✓ ${say("answered")}`)].filter(Boolean);
  const body = hasLevels(checklist) ? behaviours(app, line) : wholeLine(app, line);
  return el("fieldset", { className: "line", id: `line-${line.id}` }, el("legend", {}, legend), body, harm(app, line));
}

function behaviours(app, line) {
  const { draft } = partsOf(app);
  const groups = KINDS.map((kind) => [kind, line.behaviours.filter((one) => one.kind === kind)]);
  return [
    groups.filter(([, found]) => found.length).map(([kind, found]) => el("div", { className: kind },
      kind !== "basic" && el("p", { className: "kind" }, say(kind)),
      found.map((one) => behaviour(app, line, one)))),
    taps(app, draft, line),
  ];
}

function behaviour(app, line, one) {
  const { draft } = partsOf(app);
  const key = keyOf(line, one);
  const state = draft.answers[key] ?? "";
  const words = state === "no_opportunity" ? say("no_chance") : state === "not_seen" ? say("not_seen") : "";
  return el("label", { className: "tick" },
    el("input", { type: "checkbox", id: `tick-${key}`, checked: state === "seen",
      onchange: (event) => answer(app, { [key]: event.target.checked ? "seen" : "" }, line) }),
    el("span", {}, one.text, words && el("em", {}, ` (${words})`)));
}

function taps(app, draft, line) {
  const { checklist } = partsOf(app);
  const open = line.behaviours.filter((one) => !draft.answers[keyOf(line, one)]);
  const all = (found, state) => Object.fromEntries(found.map((one) => [keyOf(line, one), state]));
  const basics = line.behaviours.filter((one) => one.kind === "basic");
  const about = (words) => ({ ariaLabel: `${words}: ${line.text}` });
  return el("div", { className: "row taps" },
    button(say("all_basics"), () => answer(app, all(basics, "seen"), line), { id: `all-${line.id}`, ...about(say("all_basics")) }),
    open.length > 0 && button(say("rest_not_seen"), () => answer(app, all(open, "not_seen"), line),
      { id: `rest-${line.id}`, ...about(say("rest_not_seen")) }),
    open.length > 0 && checklist.leaves_out && button(say("rest_no_chance"),
      () => answer(app, all(open, "no_opportunity"), line), { id: `chance-${line.id}`, ...about(say("rest_no_chance")) }));
}

function wholeLine(app, line) {
  const { draft, checklist } = partsOf(app);
  const key = keyOf(line);
  return choice(`answer-${line.id}`, say("your_answer"), checklist.answers.map((one) => [one.id, one.text]), draft.answers[key],
    (state) => answer(app, { [key]: state }, line));
}

function forAll(app, checklist, lines) {
  const rest = (kind) => Object.fromEntries(lines.flatMap((line) => line.behaviours
    .filter((one) => one.kind === kind && !app.about.answers[keyOf(line, one)])
    .map((one) => [keyOf(line, one), "not_seen"])));
  return el("div", { className: "row taps" },
    button(say("none_unhelpful"), () => answer(app, rest("unhelpful")), { id: "none-unhelpful" }),
    checklist.levels > 3 && button(say("no_further"), () => answer(app, rest("further")), { id: "no-further" }));
}

// ---------------------------------------------------------------- harm: this device alone knows of it

function harm(app, line) {
  return criticalSeen(app.about, [line]).length > 0 && contactPanel(app);
}

export function contactPanel(app) {
  const contacts = app.work.contacts;
  return el("div", { className: "harm", role: "alert" },
    el("p", {}, el("strong", {}, say("only_here"))),
    contacts.length
      ? el("ul", {}, contacts.map((one) => el("li", {}, one.title === one.kind ? `${one.kind}: ` : `${one.kind}: ${one.title} `,
        el("a", { href: `tel:${one.phone.replace(/[^+\d]/g, "")}` }, one.phone))))
      : el("p", {}, say("no_contacts")));
}

// ---------------------------------------------------------------- keeping

// Keep the answers, then draw what has changed; an answer that could not be kept says so and stays on the screen.
async function answer(app, answers, line = null) {
  Object.assign(app.about.answers, answers);
  await keepDraft(app);
  const { draft, checklist, lines } = partsOf(app);
  document.getElementById("tally").textContent = tally(draft, checklist, lines);
  const focused = document.activeElement?.id;
  for (const [place, one] of lines.entries()) {
    if (!line || one.id === line.id) document.getElementById(`line-${one.id}`).replaceWith(card(app, one, place));
  }
  document.getElementById(focused)?.focus({ preventScroll: true });
}

export async function keepDraft(app) {
  const trouble = document.getElementById("trouble");
  try {
    await kept.put(app.db, "drafts", app.about);
    trouble.textContent = "";
    return true;
  } catch {
    trouble.textContent = say("not_kept");
    return false;
  }
}
