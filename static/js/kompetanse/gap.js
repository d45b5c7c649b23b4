// Answering a gap analysis: each block is saved by itself a second after the last key, the numbers follow while one
// types, and nothing is lost when the network, the session or somebody else comes in between. Without it, «Neste» saves.
import { Lager } from "../felles/lager.js";
import { Nett } from "../felles/nett.js";

const PAUSE = 1000;
const SENEST = 6000;
const LENGST_VENT = 30000;
const norsk = new Intl.NumberFormat("nb-NO", { maximumFractionDigits: 1 });
const norsk1 = new Intl.NumberFormat("nb-NO", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const heltall = new Intl.NumberFormat("nb-NO", { maximumFractionDigits: 0 });
// What the server would refuse counts as no answer here.
const personer = (tall) => (tall === null || tall < 0 || !Number.isInteger(tall) ? null : tall);
const lesTall = (tekst) => {
  const rent = tekst.replace(/[\s\u00a0\u202f]/g, "").replace("\u2212", "-").replace(",", ".");
  return rent === "" || Number.isNaN(Number(rent)) ? null : Number(rent);
};

// One block: the fields of one row, task, SWOT field or answer.
class Blokk {
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
    const ut = {};
    for (const [navn, verdi] of this.par()) ut[navn] = navn in ut ? `${ut[navn]},${verdi}` : verdi.trim();
    return ut;
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

  samlet(par) {
    const ut = {};
    for (const [navn, verdi] of par) ut[navn] = navn in ut ? `${ut[navn]},${verdi}` : verdi.trim();
    return ut;
  }

  erUlikt(blokk, par) {
    const [naa, foer] = [blokk.tekster(), this.samlet(par)];
    const skjulte = [blokk.skjulte.laas.name, blokk.skjulte.grunnlag.name];
    const navn = new Set([...Object.keys(naa), ...Object.keys(foer)].filter((n) => !skjulte.includes(n)));
    return [...navn].some((n) => (naa[n] ?? "") !== (foer[n] ?? ""));
  }

  // With the lock it was written from, so that what others have answered since is not written over unseen.
  hentInn(blokk, par) {
    const tekster = this.samlet(par);
    new Set(blokk.felter.map((f) => f.name)).forEach((navn) => blokk.sett(navn, tekster[navn] ?? ""));
    blokk.endret();
    blokk.lagre();
  }

  regn() {
    this.regnRad();
    this.regnOppgaver();
  }

  somIDag(hendelse) {
    hendelse.preventDefault();
    const blokk = this.blokker[0];
    const har = this.tall(blokk, "har") ?? 0;
    [0, 1, 3, 5].forEach((om) => blokk.sett(`${blokk.foran}-trenger_${om}`, String(har)));
    blokk.endret();
  }

  tall(blokk, felt) {
    return lesTall(blokk.rot.querySelector(`[name="${blokk.foran}-${felt}"]`)?.value ?? "");
  }

  // need − (have + in training − leavers), by year, with every part on its line. The same as kompetanse/gap/regning.py.
  regnRad() {
    const blokk = this.blokker.find((b) => "rad" in b.rot.dataset);
    if (!blokk) return;
    const ord = JSON.parse(document.getElementById("gap-ord").textContent);
    const antall = (felt) => personer(this.tall(blokk, felt));
    const har = antall("har") ?? 0;
    const aarene = [0, 1, 3, 5].map((om) => {
      const utdanning = om ? (antall(`utdanning_${om}`) ?? 0) : 0;
      const avgang = om ? (antall(`avgang_${om}`) ?? 0) : 0;
      const trenger = antall(`trenger_${om}`);
      const ventet = Math.max(0, har + utdanning - avgang);
      const gap = trenger === null ? null : Math.max(0, trenger - ventet);
      const overskudd = trenger === null ? null : Math.max(0, ventet - trenger);
      return { om, har, avgang, trenger, ventet, gap, overskudd };
    });
    const linje = (navn) => blokk.rot.querySelector(`[data-linje="${navn}"]`);
    const skriv = (navn, vis) => [...linje(navn).querySelectorAll("td")].forEach((td, i) => (td.textContent = vis(aarene[i])));
    skriv("har", (a) => heltall.format(a.har));
    skriv("avgang", (a) => (a.avgang ? `\u2212${heltall.format(a.avgang)}` : "0"));
    skriv("ventet", (a) => heltall.format(a.ventet));
    skriv("gap", (a) => (a.gap === null ? "–" : heltall.format(a.gap)));
    skriv("overskudd", (a) => heltall.format(a.overskudd ?? 0));
    [...linje("gap").querySelectorAll("td")].forEach((td, i) => td.toggleAttribute("data-mangler", aarene[i].gap > 0));
    linje("overskudd").hidden = !aarene.some((a) => a.overskudd > 0);
    const hvilken = blokk.rot.querySelector("[data-hvilken]");
    if (hvilken) hvilken.hidden = blokk.rot.querySelector(`[name="${blokk.foran}-spesiell"][value="nei"]`).checked;
    this.regnAarsverk(blokk, har, aarene);
    clearTimeout(this.setningsklokke);
    this.setningsklokke = setTimeout(() => this.siSetning(blokk, ord, aarene), 400);
  }

  // Persons at the row's own mean position, a whole årsverk each when there is nobody.
  regnAarsverk(blokk, har, aarene) {
    const snitt = har ? (this.tall(blokk, "har_aarsverk") ?? 0) / har : 1;
    for (const plass of blokk.rot.querySelectorAll("[data-aarsverk]")) {
      const aar = aarene.find((a) => String(a.om) === plass.dataset.aarsverk);
      const regnet = aar.trenger === null ? null : aar.trenger * snitt;
      const trenger = this.tall(blokk, `trenger_aarsverk_${aar.om}`) ?? regnet;
      const ventet = aar.ventet * snitt;
      const vis = (tall) => (tall === null ? "–" : norsk1.format(tall));
      const deler = { regnet: vis(regnet), ventet: vis(ventet), gap: vis(trenger === null ? null : Math.max(0, trenger - ventet)) };
      plass.textContent = Object.entries(deler).reduce((t, [n, v]) => t.replace(`{${n}}`, v), plass.dataset.monster);
    }
  }

  siSetning(blokk, ord, aarene) {
    const besvart = aarene.filter((a) => a.gap !== null);
    const stoerst = (felt) => besvart.reduce((b, a) => (a[felt] > b[felt] ? a : b), besvart[0]);
    const sett = (monster, verdier) => Object.entries(verdier).reduce((t, [n, v]) => t.replace(`{${n}}`, heltall.format(v)), monster);
    const [verst, mest] = besvart.length ? [stoerst("gap"), stoerst("overskudd")] : [];
    let [tekst, farge] = [ord.tomt, "info"];
    if (verst?.gap) {
      tekst = sett(ord.mangler[verst.om], { gap: verst.gap, trenger: verst.trenger });
      if (verst.avgang && verst.har) tekst += sett(ord.avgang, { avgang: verst.avgang, har: verst.har });
      farge = "warning";
    } else if (besvart.length === aarene.length) {
      [tekst, farge] = mest.overskudd ? [sett(ord.over[mest.om], { over: mest.overskudd }), "info"] : [ord.nok, "success"];
    }
    const plass = blokk.rot.querySelector("[data-setning]");
    if (plass.textContent !== tekst) plass.textContent = tekst;
    plass.dataset.color = farge;
  }

  // Hours × share, task by task and together. The same as kompetanse/visning/gapoppgaver.py.
  regnOppgaver() {
    let sum = 0;
    for (const blokk of this.blokker.filter((b) => "oppgave" in b.rot.dataset)) {
      const [timer, andel] = [this.tall(blokk, "timer_per_uke"), this.tall(blokk, "andel")];
      const frigjort = timer === null || andel === null ? null : Math.round(timer * andel) / 100;
      const plass = blokk.rot.querySelector("[data-frigjort]");
      plass.textContent = frigjort ? plass.dataset.monster.replace("{timer}", norsk.format(frigjort)) : "";
      sum += frigjort ?? 0;
    }
    const samlet = this.skjema.querySelector("[data-sum]");
    if (!samlet) return;
    const uke = Number(samlet.dataset.uke);
    samlet.textContent = samlet.dataset.monster
      .replace("{timer}", norsk.format(sum))
      .replace("{aarsverk}", norsk.format(sum / uke))
      .replace("{uke}", norsk.format(uke));
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
