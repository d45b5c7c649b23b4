// One block of the gap analysis: the fields of one row, task, SWOT field or answer. It saves itself a second after the
// last key, and keeps what is typed in the browser until the server has it.
import { Lager } from "../felles/lager.js";

const PAUSE = 1000;
const SENEST = 6000;
const LENGST_VENT = 30000;

// Names and texts as one text for each field; boxes with the same name are put together.
export const samlet = (par) => {
  const ut = {};
  for (const [navn, verdi] of par) ut[navn] = navn in ut ? `${ut[navn]},${verdi}` : verdi.trim();
  return ut;
};

export class Blokk {
  constructor(rot, side) {
    Object.assign(this, { rot, side, gjelder: rot.dataset.gjelder, skitten: false, forsok: 0 });
    this.lager = new Lager("gapsvar", side.skjema.dataset.bruker, `${side.skjema.dataset.analyse}:${this.gjelder}`);
    this.foran = this.gjelder.replaceAll(":", "-");
    rot.addEventListener("input", (h) => this.endret(h));
    rot.addEventListener("change", (h) => this.endret(h));
  }

  get felter() {
    return [...this.rot.querySelectorAll("[name]")].filter((f) => f.name.startsWith(`${this.foran}-`) && f.type !== "submit");
  }

  get skjulte() {
    const finn = (navn) => this.rot.querySelector(`[name="${this.foran}-${navn}"]`);
    return { laas: finn("laas"), grunnlag: finn("grunnlag") };
  }

  // Pairs of name and text, as the form would send them.
  par() {
    return this.felter.filter((f) => !["radio", "checkbox"].includes(f.type) || f.checked).map((f) => [f.name, f.value]);
  }

  tekster() {
    return samlet(this.par());
  }

  sett(navn, tekst) {
    for (const felt of this.felter.filter((f) => f.name === navn)) {
      if (felt.type === "radio") felt.checked = felt.value === tekst;
      else if (felt.type === "checkbox") felt.checked = tekst.split(",").includes(felt.value);
      else felt.value = tekst;
    }
  }

  endret(hendelse) {
    if (hendelse?.target.closest("[data-ulikt]")) return;
    this.skitten = true;
    this.forst ??= Date.now();
    this.gjem();
    this.side.regn();
    if (this.stanset) return;
    this.planlegg(Math.max(0, Math.min(PAUSE, this.forst + SENEST - Date.now())));
  }

  gjem() {
    this.lager.legg({ par: this.par() });
  }

  planlegg(ms) {
    clearTimeout(this.klokke);
    this.klokke = setTimeout(() => this.lagre(), ms);
  }

  async lagre() {
    if (this.paagaar) await this.paagaar;
    if (!this.skitten) return true;
    clearTimeout(this.klokke);
    this.paagaar = this.forsokLagre();
    const ok = await this.paagaar;
    this.paagaar = null;
    return ok;
  }

  async forsokLagre() {
    this.forst = null;
    const sendt = this.tekster();
    const felter = [...this.par(), ["gjelder", this.gjelder], ["bruker", this.side.skjema.dataset.bruker]];
    this.side.si("Lagrer …");
    const { slag, data } = await this.side.nett.send(this.side.skjema.dataset.lagre, felter);
    return (this[`ved_${slag}`] ?? this.ved_nektet).call(this, data, sendt);
  }

  ved_ok(data, sendt) {
    this.forsok = 0;
    this.stanset = false;
    const naa = this.tekster();
    const { laas, grunnlag } = this.skjulte;
    laas.value = data.laas;
    grunnlag.value = data.grunnlag;
    for (const [navn, tekst] of Object.entries(data.verdier)) {
      const roert = (naa[navn] ?? "") !== (sendt[navn] ?? "");
      const her = document.activeElement?.name === navn;
      if (!roert && !her && !(navn in data.feil) && (naa[navn] ?? "") !== tekst) this.sett(navn, tekst);
    }
    this.visFeil(data.feil);
    this.skitten = Object.keys({ ...naa, ...sendt }).some((n) => n !== laas.name && n !== grunnlag.name && (naa[n] ?? "") !== (sendt[n] ?? ""));
    if (this.skitten) this.planlegg(PAUSE);
    else if (!Object.keys(data.feil).length) this.lager.slett();
    this.side.lagret(data, Object.keys(data.feil).length > 0);
    this.side.regn();
    return !this.skitten;
  }

  visFeil(feil) {
    for (const plass of this.rot.querySelectorAll("[data-feil]")) {
      const foran = plass.dataset.etikett ? `${plass.dataset.etikett}: ` : "";
      const tekst = plass.dataset.feil in feil ? foran + feil[plass.dataset.feil] : "";
      const felt = this.rot.querySelector(`[name="${plass.dataset.feil}"]`);
      if (tekst && plass.textContent.trim() !== tekst) {
        const linje = document.createElement("p");
        linje.className = "feil";
        linje.textContent = tekst;
        plass.replaceChildren(linje);
      } else if (!tekst) plass.replaceChildren();
      if (tekst) felt?.setAttribute("aria-invalid", "true");
      else felt?.removeAttribute("aria-invalid");
    }
  }

  ved_konflikt(data) {
    this.stanset = true;
    const plass = this.rot.querySelector("[data-ulikt-plass]");
    plass.innerHTML = data.vist;
    const boks = plass.querySelector("[data-ulikt]");
    boks.querySelector("[data-medskript]").hidden = false;
    boks.querySelector("[data-velg]").addEventListener("click", () => this.velg(boks, data));
    this.side.si("To har svart på det samme. Velg hva som skal gjelde. Ingenting er borte.", "feil");
    boks.focus();
    return false;
  }

  velg(boks, data) {
    for (const valg of boks.querySelectorAll("input:checked")) {
      if (valg.value === "deres") this.sett(valg.dataset.felt, data.verdier[valg.dataset.felt]);
    }
    this.skjulte.laas.value = data.laas;
    this.skjulte.grunnlag.value = data.grunnlag;
    boks.remove();
    this.stanset = false;
    this.skitten = true;
    this.lagre();
  }

  ved_nektet(data) {
    if (data?.stengt) {
      // Kept on the server as late answers: there is nothing left to lose here.
      this.lager.slett();
      this.skitten = false;
    } else this.stanset = true;
    this.side.si(data?.melding ?? "Ikke lagret. Prøv igjen.", "feil");
    return false;
  }

  ved_forlang(data) {
    return this.ved_nektet(data ?? { melding: "Ikke lagret. Teksten er for lang." });
  }

  ved_tilgang() {
    this.stanset = true;
    this.side.si("Ikke lagret. Du kan ikke lenger svare på denne analysen. Teksten er trygg her, kopier den og spør HR.", "feil");
    return false;
  }

  ved_utlogget() {
    this.stanset = true;
    this.side.utlogget();
    return false;
  }

  ved_nett() {
    return this.igjen("Ikke lagret: du er uten nett. Svarene er trygge her, vi prøver igjen.");
  }

  ved_tjener() {
    return this.igjen("Ikke lagret: tjenesten svarer ikke. Svarene er trygge her, vi prøver igjen.");
  }

  igjen(tekst) {
    this.side.si(tekst, "feil");
    this.planlegg(Math.min(LENGST_VENT, 2000 * 2 ** this.forsok++));
    return false;
  }
}
