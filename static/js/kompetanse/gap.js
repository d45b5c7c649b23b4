// Answering a gap analysis: each block is saved by itself, the numbers follow while one types, and nothing is lost when
// the network, the session or somebody else comes in between. Without it, «Neste» saves.
import { Nett } from "../felles/nett.js";
import { Blokk, samlet } from "./gap-blokk.js";
import { foerVidere, regnOppgaver, regnRad, somIDag } from "./gap-regning.js";

// The page: its blocks, what it says about saving, and the sums that go over all of them.
class Side {
  constructor(skjema) {
    this.skjema = skjema;
    this.nett = new Nett(skjema);
    this.status = skjema.querySelector("[data-status]");
    this.blokker = [...skjema.querySelectorAll("[data-gjelder]")].map((rot) => new Blokk(rot, this));
    this.tilbyFunnet();
    const paaNytt = () => this.blokker.filter((b) => b.skitten).forEach((b) => ((b.stanset = false), b.lagre()));
    window.addEventListener("online", paaNytt);
    window.addEventListener("focus", () => this.erUtlogget && paaNytt());
    document.addEventListener("visibilitychange", () => document.hidden && this.blokker.forEach((b) => b.lagre()));
    window.addEventListener("beforeunload", (h) => !this.sender && this.blokker.some((b) => b.skitten) && h.preventDefault());
    skjema.addEventListener("submit", (h) => this.send(h));
    skjema.addEventListener("change", (h) => this.foerVidere(h.target));
    skjema.querySelector("[data-som-i-dag]")?.addEventListener("click", (h) => this.somIDag(h));
    this.regn();
  }

  // Saved first, so that a lost session or network shows here and not as an error page.
  async send(hendelse) {
    if (this.sender || !this.blokker.some((b) => b.skitten)) {
      this.sender = true;
      return;
    }
    hendelse.preventDefault();
    const knapp = hendelse.submitter;
    const utfall = await Promise.all(this.blokker.map((b) => b.lagre()));
    if (!utfall.every(Boolean) && this.blokker.some((b) => b.stanset || b.forsok)) return;
    this.sender = true;
    this.skjema.requestSubmit(knapp);
  }

  si(tekst, slag = "") {
    if (this.status.textContent !== tekst) this.status.textContent = tekst;
    this.status.dataset.slag = slag;
  }

  lagret(data, feil) {
    this.erUtlogget = false;
    const kl = `lagret kl. ${data.kl}`;
    document.querySelector("[data-lagret]").textContent = ` · ${kl}`;
    if (feil) this.si("Noe må rettes, se ved feltet. Resten er lagret.", "feil");
    else this.si(data.flettet ? `Slått sammen med det andre har svart, ${kl}` : kl.replace("l", "L"));
  }

  utlogget() {
    this.erUtlogget = true;
    this.si("Du er logget ut. Svarene er trygge her. Logg inn i en ny fane, og kom tilbake hit. ", "feil");
    const lenke = document.createElement("a");
    Object.assign(lenke, { href: this.skjema.dataset.innlogging, target: "_blank", rel: "noopener", textContent: "Logg inn i ny fane" });
    this.status.append(lenke);
  }

  tilbyFunnet() {
    const funnet = this.blokker.map((b) => [b, b.lager.hent()]).filter(([b, f]) => f?.par && this.erUlikt(b, f.par));
    const boks = this.skjema.querySelector("[data-funnet]");
    if (!funnet.length || !boks) return;
    const tid = new Date(Math.max(...funnet.map(([, f]) => f.tid))).toLocaleString("nb-NO", { dateStyle: "long", timeStyle: "short" });
    const tekst = document.createElement("p");
    tekst.textContent = `Vi fant svar som ikke ble lagret, fra ${tid}.`;
    const rad = document.createElement("div");
    rad.className = "handlinger";
    const lukk = () => ((boks.hidden = true), boks.replaceChildren());
    rad.append(
      this.knapp("Hent svarene", "secondary", () => {
        funnet.forEach(([b, f]) => this.hentInn(b, f.par));
        lukk();
      }),
      this.knapp("Forkast dem", "tertiary", () => (funnet.forEach(([b]) => b.lager.slett()), lukk())),
    );
    boks.replaceChildren(tekst, rad);
    boks.hidden = false;
  }

  knapp(tekst, variant, gjor) {
    const ny = document.createElement("button");
    Object.assign(ny, { type: "button", className: "ds-button", textContent: tekst, onclick: gjor });
    ny.dataset.variant = variant;
    return ny;
  }

  erUlikt(blokk, par) {
    const [naa, foer] = [blokk.tekster(), samlet(par)];
    const skjulte = [blokk.skjulte.laas.name, blokk.skjulte.grunnlag.name];
    const navn = new Set([...Object.keys(naa), ...Object.keys(foer)].filter((n) => !skjulte.includes(n)));
    return [...navn].some((n) => (naa[n] ?? "") !== (foer[n] ?? ""));
  }

  // With the lock it was written from, so that what others have answered since is not written over unseen.
  hentInn(blokk, par) {
    const tekster = samlet(par);
    new Set(blokk.felter.map((f) => f.name)).forEach((navn) => blokk.sett(navn, tekster[navn] ?? ""));
    blokk.endret();
    blokk.lagre();
  }

  regn() {
    regnRad(this.blokker);
    regnOppgaver(this.blokker, this.skjema);
  }

  foerVidere(felt) {
    const blokk = this.blokker.find((b) => "rad" in b.rot.dataset && b.rot.contains(felt));
    if (blokk && foerVidere(blokk, felt.name)) blokk.endret();
  }

  somIDag(hendelse) {
    hendelse.preventDefault();
    const blokk = this.blokker[0];
    somIDag(blokk);
    blokk.endret();
  }
}

const skjema = document.querySelector("form[data-gapsvar]");
if (skjema) new Side(skjema);

// Choosing from the catalogue adds a line to the list that is to be added.
const sok = document.getElementById("katalogsok");
if (sok) {
  sok.closest("[data-katalogsok]").hidden = false;
  const navn = new Set([...document.querySelectorAll("#katalogen option")].map((o) => o.value));
  sok.addEventListener("input", () => {
    if (!navn.has(sok.value)) return;
    const liste = document.getElementById("navn");
    liste.value = [...liste.value.split("\n").filter((l) => l.trim()), sok.value].join("\n");
    sok.value = "";
  });
  sok.addEventListener("keydown", (h) => h.key === "Enter" && h.preventDefault());
}
