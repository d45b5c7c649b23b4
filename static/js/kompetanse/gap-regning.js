// The numbers of the gap analysis follow while one types. The same as kompetanse/gap/regning.py and visning/gapoppgaver.py.
const norsk = new Intl.NumberFormat("nb-NO", { maximumFractionDigits: 1 });
const norsk1 = new Intl.NumberFormat("nb-NO", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const heltall = new Intl.NumberFormat("nb-NO", { maximumFractionDigits: 0 });
// What the server would refuse counts as no answer here.
const personer = (tall) => (tall === null || tall < 0 || tall > 9999 || !Number.isInteger(tall) ? null : tall);
const lesTall = (tekst) => {
  const rent = tekst.replace(/[\s\u00a0\u202f]/g, "").replace("\u2212", "-").replace(",", ".");
  return rent === "" || Number.isNaN(Number(rent)) ? null : Number(rent);
};

const tall = (blokk, felt) => lesTall(blokk.rot.querySelector(`[name="${blokk.foran}-${felt}"]`)?.value ?? "");
const sett = (monster, verdier) => Object.entries(verdier).reduce((t, [n, v]) => t.replace(`{${n}}`, heltall.format(v)), monster);

// As many are needed every year as there are today.
export function somIDag(blokk) {
  const har = tall(blokk, "har") ?? 0;
  [0, 1, 3, 5].forEach((om) => blokk.sett(`${blokk.foran}-trenger_${om}`, String(har)));
}

// Those who leave or have finished by a year are also among those of the later years.
const TIL_SAMMEN = { utdanning: [1, 3, 5], avgang: [1, 3, 5, 10] };
export function foerVidere(blokk, navn) {
  const [, slag, om] = navn.slice(blokk.foran.length + 1).match(/^(utdanning|avgang)_(\d+)$/) ?? [];
  const n = slag ? personer(tall(blokk, `${slag}_${om}`)) : null;
  if (n === null) return false;
  const senere = TIL_SAMMEN[slag].filter((aar) => aar > Number(om) && (personer(tall(blokk, `${slag}_${aar}`)) ?? 0) < n);
  senere.forEach((aar) => blokk.sett(`${blokk.foran}-${slag}_${aar}`, String(n)));
  return senere.length > 0;
}

let setningsklokke;

// Need − (have + in training − leavers), by year, with every part on its line.
export function regnRad(blokker) {
  const blokk = blokker.find((b) => "rad" in b.rot.dataset);
  if (!blokk) return;
  const ord = JSON.parse(document.getElementById("gap-ord").textContent);
  const antall = (felt) => personer(tall(blokk, felt));
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
  regnAarsverk(blokk, har, aarene);
  const tiaar = blokk.rot.querySelector("[data-ti-aar]");
  tiaar.textContent = sett(tiaar.dataset.monster, { avgang: antall("avgang_10") ?? 0, har });
  clearTimeout(setningsklokke);
  setningsklokke = setTimeout(() => siSetning(blokk, ord, aarene), 400);
}

// Persons at the row's own mean position, a whole årsverk each when there is nobody.
function regnAarsverk(blokk, har, aarene) {
  const snitt = har ? (tall(blokk, "har_aarsverk") ?? 0) / har : 1;
  for (const plass of blokk.rot.querySelectorAll("[data-aarsverk]")) {
    const aar = aarene.find((a) => String(a.om) === plass.dataset.aarsverk);
    const regnet = aar.trenger === null ? null : aar.trenger * snitt;
    const trenger = tall(blokk, `trenger_aarsverk_${aar.om}`) ?? regnet;
    const ventet = aar.ventet * snitt;
    const vis = (tall) => (tall === null ? "–" : norsk1.format(tall));
    const deler = { regnet: vis(regnet), ventet: vis(ventet), gap: vis(trenger === null ? null : Math.max(0, trenger - ventet)) };
    plass.textContent = Object.entries(deler).reduce((t, [n, v]) => t.replace(`{${n}}`, v), plass.dataset.monster);
  }
}

function siSetning(blokk, ord, aarene) {
  const besvart = aarene.filter((a) => a.gap !== null);
  const stoerst = (felt) => besvart.reduce((b, a) => (a[felt] > b[felt] ? a : b), besvart[0]);
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

// Hours × share, task by task (rounded as the server does) and together.
export function regnOppgaver(blokker, skjema) {
  let sum = 0;
  for (const blokk of blokker.filter((b) => "oppgave" in b.rot.dataset)) {
    const [timer, andel] = [tall(blokk, "timer_per_uke"), tall(blokk, "andel")];
    const frigjort = timer === null || andel === null ? null : Math.round((timer * andel) / 10) / 10;
    const plass = blokk.rot.querySelector("[data-frigjort]");
    plass.textContent = frigjort ? plass.dataset.monster.replace("{timer}", norsk.format(frigjort)) : "";
    sum += frigjort ?? 0;
  }
  const samlet = skjema.querySelector("[data-sum]");
  if (!samlet) return;
  samlet.hidden = !sum;
  const uke = Number(samlet.dataset.uke);
  samlet.textContent = samlet.dataset.monster
    .replace("{timer}", norsk.format(sum))
    .replace("{aarsverk}", norsk.format(sum / uke))
    .replace("{uke}", norsk.format(uke));
}
