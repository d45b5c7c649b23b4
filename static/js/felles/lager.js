// Unsaved text kept in the browser, by kind, person and thing, until the server has it. Forgotten after two weeks.
const LEVETID = 14 * 24 * 3600 * 1000;

export class Lager {
  constructor(slag, bruker, hva) {
    this.nokkel = `${slag}:${bruker}:${hva}`;
    rydd(`${slag}:`);
  }

  hent() {
    try {
      return JSON.parse(localStorage.getItem(this.nokkel));
    } catch {
      return null;
    }
  }

  // false when the browser has no room: then the text is only in the page.
  legg(verdi) {
    try {
      localStorage.setItem(this.nokkel, JSON.stringify({ ...verdi, tid: Date.now() }));
      return true;
    } catch {
      return false;
    }
  }

  slett() {
    try {
      localStorage.removeItem(this.nokkel);
    } catch {
      // Storage is switched off: there was nothing to remove.
    }
  }
}

function rydd(foran) {
  try {
    for (const nokkel of Object.keys(localStorage).filter((n) => n.startsWith(foran))) {
      const tid = JSON.parse(localStorage.getItem(nokkel))?.tid ?? 0;
      if (Date.now() - tid > LEVETID) localStorage.removeItem(nokkel);
    }
  } catch {
    // The same.
  }
}
