// What a form asks before it begins: with which checklist, where, which story, how much the person leads.

import { announce, button, choice, draw, el, select } from "./dom.js";
import * as kept from "./kept.js";
import { localTime, uuid7 } from "./numbers.js";
import { canCount } from "./rules.js";
import { say } from "./texts.js";
import { findWork } from "./work.js";

const CODE_MAX = 60;
const STAGES = ["observe", "co_lead", "lead_part", "lead_whole"];

export function drawBegin(app, options = {}) {
  const { trainee, programme, version, asked } = app.about;
  const { checklists, scenarios } = findWork(app.work, { programme, version }).programme;
  if (checklists.length === 0) {
    draw([el("h1", {}, trainee.name), el("p", { className: "notice" }, say("no_forms")), back(app)]);
    return;
  }
  app.frame ??= startWith(checklists, asked[0]);
  const frame = app.frame;
  const checklist = checklists.find((one) => one.id === frame.checklist);
  const again = (part) => {
    Object.assign(frame, part);
    drawBegin(app, { keepsFocus: true });
  };
  const isLive = frame.setting === "live";
  const stories = frame.setting === "roleplay" ? scenarios.filter((one) => checklist.scenarios.includes(one.id)) : [];
  if (!stories.some((one) => one.id === frame.scenario)) frame.scenario = stories[0]?.id ?? null;
  announce(say("new_form"));
  draw([
    el("p", { className: "quiet" }, say("new_form")),
    el("h1", {}, trainee.name),
    select("checklist", say("which_checklist"), checklists.map((one) => [one.id, `${one.id} · ${one.title}`]),
      frame.checklist, (id) => again(startWith(checklists, { checklist: id }))),
    checklist.explain && el("p", { className: "quiet" }, checklist.explain),
    choice("setting", say("where"), checklist.settings.map((one) => [one.id, one.text]), frame.setting,
      (setting) => again({ setting })),
    stories.length > 0 && select("scenario", say("which_story"), stories.map((one) => [one.id, one.title]),
      frame.scenario, (scenario) => again({ scenario })),
    stories.length > 0 && script(stories.find((one) => one.id === frame.scenario)),
    isLive && select("stage", say("how_much"), STAGES.map((one) => [one, say(`stage_${one}`)]), frame.stage,
      (stage) => again({ stage })),
    frame.setting !== "supervision" && codeField(frame, isLive),
    isLive && el("label", { className: "tick" },
      el("input", { type: "checkbox", id: "co-leader", checked: frame.co_leader,
        onchange: (event) => again({ co_leader: event.target.checked }) }),
      el("span", {}, say("co_leader"))),
    choice("counts", say("what_for"), [[true, say("counts")], [false, say("practice_only")]], frame.counts,
      (counts) => again({ counts })),
    frame.counts && !canCount(frame.setting, frame.co_leader) && el("p", { className: "notice" }, say("not_counting")),
    el("p", { id: "trouble", role: "alert" }),
    el("div", { className: "row" }, back(app), button(say("start"), () => start(app, frame), { id: "start", className: "primary" })),
  ], options);
}

function startWith(checklists, asked) {
  const checklist = checklists.find((one) => one.id === asked?.checklist) ?? checklists[0];
  const setting = checklist.settings.some((one) => one.id === asked?.setting) ? asked.setting : checklist.settings[0].id;
  return { checklist: checklist.id, setting, scenario: null, stage: "lead_part", session_code: "", co_leader: true, counts: true };
}

export function script(story) {
  return el("details", {},
    el("summary", {}, say("script")),
    el("ol", {}, story.prompts.map((prompt) => el("li", {}, prompt))),
    el("p", {}, say("stop_word", { word: story.stop_word })));
}

function codeField(frame, isLive) {
  return el("div", { className: "field" },
    el("label", { htmlFor: "code" }, isLive ? say("code") : say("code_may_be_empty")),
    el("input", { id: "code", type: "text", maxLength: CODE_MAX, autocomplete: "off", value: frame.session_code,
      "aria-describedby": "code-hint", oninput: (event) => { frame.session_code = event.target.value; } }),
    el("p", { className: "quiet", id: "code-hint" }, say("code_hint")));
}

function back(app) {
  return button(say("back"), () => {
    app.frame = null;
    app.show("home");
  }, { id: "back" });
}

async function start(app, frame) {
  const isLive = frame.setting === "live";
  const code = frame.setting === "supervision" ? "" : frame.session_code.trim();
  const isCode = /^[\p{L}\p{N} ._/:#-]*$/u.test(code);
  if ((isLive && !code) || !isCode) {
    document.getElementById("trouble").textContent = isCode ? say("code_missing") : say("code_signs");
    document.getElementById("code").focus();
    return;
  }
  const { trainee, programme, version } = app.about;
  const draft = {
    ...frame,
    session_code: code,
    stage: isLive ? frame.stage : "lead_part",
    co_leader: isLive ? frame.co_leader : true,
    id: uuid7(), owner: app.person.id, trainee: trainee.id, programme, version,
    answers: {}, overall: "", help: 0, confirmed: "", begun_at: localTime(),
  };
  try {
    await kept.put(app.db, "drafts", draft);
  } catch {
    document.getElementById("trouble").textContent = say("not_kept");
    return;
  }
  app.frame = null;
  await app.show("form", draft);
}
