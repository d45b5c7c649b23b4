// Talking to the server: tells apart saved, refused, logged out, and no network. Renews the token after a new login.
const GRENSE_MS = 20000;

export class Nett {
  constructor(skjema) {
    this.skjema = skjema;
    this.token = skjema.querySelector("[name=csrfmiddlewaretoken]").value;
  }

  // { slag: "ok" | "konflikt" | "nektet" | "forlang" | "utlogget" | "tilgang" | "nett" | "tjener", data }
  async send(adresse, felter, paaNytt = true) {
    let svar;
    try {
      svar = await this.hent(adresse, felter);
    } catch {
      return { slag: "nett" };
    }
    if (svar.type === "opaqueredirect") return { slag: "utlogget" };
    if (svar.status === 403 && paaNytt) {
      const fornyet = await this.forny();
      return fornyet === "ok" ? this.send(adresse, felter, false) : { slag: fornyet };
    }
    const data = await svar.json().catch(() => ({}));
    if (svar.ok) return { slag: "ok", data };
    if (svar.status >= 500) return { slag: "tjener" };
    const slag = { 400: "forlang", 403: "tilgang", 404: "tilgang", 409: "konflikt", 413: "forlang" }[svar.status];
    return { slag: slag ?? "nektet", data };
  }

  async hent(adresse, felter) {
    const avbryt = new AbortController();
    const klokke = setTimeout(() => avbryt.abort(), GRENSE_MS);
    try {
      return await fetch(adresse, {
        method: "POST",
        body: new URLSearchParams(felter),
        headers: { "X-CSRFToken": this.token, Accept: "application/json" },
        credentials: "same-origin",
        redirect: "manual",
        signal: avbryt.signal,
      });
    } finally {
      clearTimeout(klokke);
    }
  }

  async forny() {
    try {
      const svar = await fetch(this.skjema.dataset.token, { credentials: "same-origin", redirect: "manual" });
      if (svar.type === "opaqueredirect") return "utlogget";
      if (!svar.ok) return "tjener";
      this.token = (await svar.json()).token;
      return "ok";
    } catch {
      return "nett";
    }
  }

  farvel() {
    const felter = new FormData();
    felter.set("csrfmiddlewaretoken", this.token);
    felter.set("lukk", "1");
    navigator.sendBeacon(this.skjema.dataset.tilstede, felter);
  }
}
