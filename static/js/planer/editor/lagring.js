// Autosave: two and a half seconds after the last key, at least every ten seconds, again and again when it fails.
const PAUSE = 2500;
const SENEST = 10000;
const LIVSTEGN = 12000;
const LENGST_VENT = 30000;
export const MAKS_TEGN = 1000000;

export class Lagring {
  // `flate`: { html(), sett(html), status(tekst, slag), andre(navn), konflikt(svar), utlogget() }
  constructor({ skjema, nett, lager, flate }) {
    Object.assign(this, { skjema, nett, lager, flate });
    this.laas = Number(skjema.dataset.laas);
    this.grunnlag = flate.html();
    this.skitten = false;
    this.stanset = false;
    this.forsok = 0;
    window.addEventListener("beforeunload", (h) => this.skitten && h.preventDefault());
    window.addEventListener("online", () => this.skitten && this.lagre());
    window.addEventListener("pagehide", () => this.nett.farvel());
    document.addEventListener("visibilitychange", () => document.hidden && this.skitten && this.lagre());
    this.livstegn();
    setInterval(() => this.livstegn(), LIVSTEGN);
  }

  endret() {
    this.skitten = true;
    this.forst ??= Date.now();
    this.gjem();
    if (this.stanset) return;
    if (!this.forsok) this.flate.status("Ikke lagret ennå");
    this.planlegg(Math.max(0, Math.min(PAUSE, this.forst + SENEST - Date.now())));
  }

  gjem() {
    clearTimeout(this.gjemmer);
    this.gjemmer = setTimeout(() => this.gjemNaa(), 250);
  }

  gjemNaa() {
    clearTimeout(this.gjemmer);
    if (this.skitten) this.lager.legg({ html: this.flate.html(), laas: this.laas, grunnlag: this.grunnlag });
  }

  planlegg(ms) {
    clearTimeout(this.klokke);
    this.klokke = setTimeout(() => this.lagre(), ms);
  }

  // Resolves to true when everything written is saved.
  async lagre() {
    if (this.paagaar) {
      await this.paagaar;
      return this.skitten ? this.lagre() : true;
    }
    clearTimeout(this.klokke);
    this.gjemNaa();
    if (!this.skitten) return true;
    this.paagaar = this.forsokLagre();
    const ok = await this.paagaar;
    this.paagaar = null;
    return ok && !this.skitten;
  }

  async forsokLagre() {
    const html = this.flate.html();
    if (html.length > MAKS_TEGN) {
      return this.stopp("Ikke lagret – teksten er lengre enn én million tegn. Del den opp i flere seksjoner. Teksten er trygg her.");
    }
    this.forst = null;
    this.flate.status("Lagrer …");
    const felter = { html, forventet: this.laas, bruker: this.skjema.dataset.bruker };
    const { slag, data } = await this.nett.send(this.skjema.dataset.lagre, felter);
    return this[`ved_${slag}`](data, html);
  }

  ved_ok(data, html) {
    this.laas = data.lopenummer;
    this.grunnlag = html;
    this.forsok = 0;
    this.stanset = false;
    this.skitten = this.flate.html() !== html;
    if (this.skitten) this.planlegg(PAUSE);
    else this.lager.slett();
    this.flate.status(`Lagret kl. ${data.kl}`, "ok");
    return true;
  }

  async ved_konflikt(data) {
    this.stopp(`${data.av} har lagret i denne seksjonen. Teksten din er ikke borte.`);
    const felter = { html: this.flate.html(), grunnlag: this.grunnlag };
    const svar = await this.nett.send(this.skjema.dataset.konflikt, felter);
    if (svar.slag === "ok") this.flate.konflikt(svar.data);
    else this.igjen("Ikke lagret – vi fikk ikke hentet den andre teksten. Teksten din er trygg her, vi prøver igjen.");
    return false;
  }

  ved_nektet(data) {
    return this.stopp(`Ikke lagret. ${data?.melding ?? "Prøv igjen, eller kopier teksten et annet sted."}`);
  }

  ved_forlang(data) {
    return this.stopp(`Ikke lagret. ${data?.melding ?? "Teksten er for lang."} Teksten er trygg her.`);
  }

  ved_tilgang() {
    return this.stopp("Ikke lagret – du har ikke lenger tilgang til å skrive her. Kopier teksten, og spør HR.");
  }

  ved_utlogget() {
    this.stanset = true;
    this.flate.utlogget();
    return false;
  }

  ved_nett() {
    return this.igjen("Ikke lagret – du er uten nett. Teksten er trygg her, vi prøver igjen.");
  }

  ved_tjener() {
    return this.igjen("Ikke lagret – tjenesten svarer ikke. Teksten er trygg her, vi prøver igjen.");
  }

  igjen(tekst) {
    this.stanset = false;
    this.flate.status(tekst, "feil");
    this.planlegg(Math.min(LENGST_VENT, 2000 * 2 ** this.forsok++));
    return false;
  }

  // Saving waits until the person does something about it.
  stopp(tekst) {
    this.stanset = true;
    this.flate.status(tekst, "feil");
    return false;
  }

  // Go on from a text that the server has as number `laas`.
  fortsett(html, laas, skitten) {
    Object.assign(this, { grunnlag: html, laas, skitten, stanset: false, forsok: 0, forst: null });
    clearTimeout(this.klokke);
    if (skitten) this.gjem();
    else this.lager.slett();
  }

  async livstegn() {
    if (document.hidden) return;
    const { slag, data } = await this.nett.send(this.skjema.dataset.tilstede, {});
    if (slag === "utlogget" && !this.stanset) this.ved_utlogget();
    if (slag !== "ok") return;
    this.flate.andre(data.andre);
    if (data.lopenummer > this.laas && !this.skitten && !this.paagaar && !this.stanset) await this.hentInn();
  }

  // Others have saved, and here nothing is unsaved: show their text.
  async hentInn() {
    const html = this.flate.html();
    const { slag, data } = await this.nett.send(this.skjema.dataset.konflikt, { html, grunnlag: html });
    if (slag !== "ok" || this.skitten || this.paagaar) return;
    this.flate.sett(data.html);
    this.fortsett(this.flate.html(), data.lopenummer, false);
    this.flate.status(`Hentet inn det ${data.av} lagret kl. ${data.kl}`, "ok");
  }
}
