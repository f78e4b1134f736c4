// Questions to the server. What is not JSON, or takes longer than 15 seconds, is no answer: a hall's wifi answers
// everything with a page of its own.

const PATIENCE_MS = 15_000;

export class NoAnswer extends Error {}

async function ask(path, options = {}) {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), PATIENCE_MS);
  try {
    const fixed = { cache: "no-store", credentials: "same-origin", redirect: "error", signal: ending.signal };
    const answer = await fetch(path, { ...fixed, ...options });
    const isJson = (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
    if (!isJson && answer.status < 500) throw new NoAnswer();
    return { status: answer.status, ...(isJson ? await answer.json() : {}) };
  } catch {
    throw new NoAnswer();
  } finally {
    clearTimeout(timer);
  }
}

export const askSession = () => ask("/field/api/session");
export const askWork = () => ask("/field/api/work");

export function send(entry, csrf) {
  return ask(`/field/api/records/${entry.id}`, {
    method: "PUT",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf },
    body: JSON.stringify({ owner: entry.owner, record: entry.record, sent_at: new Date().toISOString() }),
  });
}
