// Names and wordings of what was loaded, found by the codes of a form.

import { say } from "./texts.js";

export function findWork(work, { trainee, programme, version, checklist, scenario }) {
  const found = work?.programmes.find((one) => one.id === programme && one.version === version);
  const person = work?.work.find((one) => one.trainee.id === trainee);
  return {
    name: person?.trainee.name ?? say("person", { n: trainee }),
    programme: found,
    checklist: found?.checklists.find((one) => one.id === checklist),
    scenario: found?.scenarios.find((one) => one.id === scenario),
  };
}
