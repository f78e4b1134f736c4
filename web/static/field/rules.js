// What the answers of a form amount to so far. The server decides by the same rules once the form has arrived; here
// they say what is still open, and when practice would stop.

export const keyOf = (line, behaviour) => `${line.id}|${behaviour ? behaviour.id : ""}`;
export const hasLevels = (checklist) => checklist.levels > 0;

export function linesIn(checklist, setting) {
  return checklist.lines.filter((line) => line.settings.length === 0 || line.settings.includes(setting));
}

const isSeen = (draft, line, one) => draft.answers[keyOf(line, one)] === "seen";

export function unhelpfulSeen(draft, lines) {
  return lines.flatMap((line) => line.behaviours.filter((one) => one.kind === "unhelpful" && isSeen(draft, line, one)));
}

export function criticalSeen(draft, lines) {
  const found = unhelpfulSeen(draft, lines.filter((line) => line.critical));
  return found.filter((one, place) => found.findIndex((other) => other.id === one.id) === place);
}

// A line with an unhelpful behaviour seen has its level, whatever else is open.
export function isOpen(draft, checklist, line) {
  if (!hasLevels(checklist)) return !draft.answers[keyOf(line)];
  const isAnswered = (one) => Boolean(draft.answers[keyOf(line, one)]);
  return !line.behaviours.every(isAnswered) && unhelpfulSeen(draft, [line]).length === 0;
}

export const canCount = (setting, coLeader) => setting !== "live" || coLeader;

// Practice stops where harm was seen live, or in a form that counts: then a second screen asks.
export function needsConfirmation(draft, lines) {
  const counts = draft.counts && canCount(draft.setting, draft.co_leader);
  return criticalSeen(draft, lines).length > 0 && (draft.setting === "live" || counts);
}

export const confirmationOf = (draft, lines) => criticalSeen(draft, lines).map((one) => one.id).join(" ");

// The frozen record of a draft; nothing in it is a name, or written by hand, but the code of the session.
export function recordOf(draft, lines, finishedAt, zone) {
  const answers = lines.flatMap((line) => (line.behaviours.length ? line.behaviours : [null]).map((one) =>
    [line.id, one ? one.id : null, draft.answers[keyOf(line, one)] ?? ""])).filter(([, , state]) => state);
  return {
    programme: draft.programme,
    version: draft.version,
    trainee: draft.trainee,
    checklist: draft.checklist,
    setting: draft.setting,
    stage: draft.stage,
    scenario: draft.scenario,
    session_code: draft.session_code,
    counts: draft.counts,
    co_leader: draft.co_leader,
    answers,
    overall: draft.overall,
    help: draft.help,
    harm_confirmed: needsConfirmation(draft, lines),
    begun_at: draft.begun_at,
    finished_at: finishedAt,
    zone,
  };
}
