// What this device keeps. One database for each person, so that no question can reach another person's forms,
// and a common one: who is here now, and how much waits for whom.

const COMMON = "practicum-field";
const STRICT = { durability: "strict" };

function open(name, stores) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => stores.forEach((store) => asked.result.createObjectStore(store, { keyPath: "id" }));
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
  });
}

export const openCommon = () => open(COMMON, ["state", "people"]);
export const openPerson = (id) => open(`${COMMON}:${id}`, ["work", "drafts", "queue"]);

function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export const get = (db, store, id) => answered(db.transaction(store).objectStore(store).get(id));
export const list = (db, store) => answered(db.transaction(store).objectStore(store).getAll());

// Do all of it or nothing, and return once it is on the disk: `oncomplete`, not the success of a request.
export function change(db, stores, act) {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(stores, "readwrite", STRICT);
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    try {
      act(transaction);
    } catch (error) {
      transaction.abort();
      reject(error);
    }
  });
}

export const put = (db, store, value) => change(db, [store], (all) => all.objectStore(store).put(value));
export const remove = (db, store, id) => change(db, [store], (all) => all.objectStore(store).delete(id));

// Take the record out of the list of drafts and put it into the queue, in one step.
export function finish(db, draftId, entry) {
  return change(db, ["drafts", "queue"], (all) => {
    all.objectStore("queue").put(entry);
    all.objectStore("drafts").delete(draftId);
  });
}

export function wipe(db) {
  return change(db, ["work", "drafts", "queue"], (all) => {
    for (const store of ["work", "drafts", "queue"]) all.objectStore(store).clear();
  });
}
