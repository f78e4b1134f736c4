// The words of the page, in the language of the browser.

let texts = {};
export let language = "en";

export async function loadTexts() {
  const answer = await fetch("/field/texts.json");
  const told = await answer.json();
  texts = told.texts;
  language = told.language;
  document.documentElement.lang = told.language;
  document.documentElement.dir = told.dir;
  document.title = say("title");
}

export function say(key, values = {}) {
  return texts[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export function sayTime(instant) {
  const form = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, form).format(new Date(instant));
}
