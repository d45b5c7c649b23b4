// Unsaved text kept in the browser, by person and section, until the server has it. Forgotten after two weeks.
const FORAN = "plantekst:";
const LEVETID = 14 * 24 * 3600 * 1000;

export class Lager {
  constructor(bruker, seksjon) {
    this.nokkel = `${FORAN}${bruker}:${seksjon}`;
    rydd();
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

function rydd() {
  try {
    for (const nokkel of Object.keys(localStorage).filter((n) => n.startsWith(FORAN))) {
      const tid = JSON.parse(localStorage.getItem(nokkel))?.tid ?? 0;
      if (Date.now() - tid > LEVETID) localStorage.removeItem(nokkel);
    }
  } catch {
    // The same.
  }
}
