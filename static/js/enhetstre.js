// The tree of units: a filter that narrows while you type, quick picks (services, sectors) that tick their units, and a
// count. Without this script all units are listed, and the quick picks are counted in when the form is sent.
"use strict";

(() => {
  const tre = document.querySelector("[data-enhetstre]");
  if (!tre) return;
  const rader = [...tre.querySelectorAll(".treboks > .avkryss")];
  const bokser = rader.map((rad) => rad.querySelector("input"));
  const tjenester = [...document.querySelectorAll("input[data-enheter]")];
  const hverForSeg = Boolean(tre.closest("[data-hver-for-seg]"));
  const brett = (tekst) => tekst.normalize("NFC").toLocaleLowerCase("nb");
  const dybde = (rad) => Number(/dybde-(\d+)/.exec(rad.className)[1]);

  // The words as they stand; when no unit has them so, the words in any order. A unit that matches brings the units
  // above it along, so that one sees where it lies.
  const sil = (sok) => {
    const hele = brett(sok).trim();
    const ord = hele.split(/\s+/);
    const ordrett = rader.some((rad) => brett(rad.dataset.navn).includes(hele));
    const vis = new Set();
    rader.forEach((rad, nr) => {
      const navn = brett(rad.dataset.navn);
      if (!(ordrett ? navn.includes(hele) : ord.every((o) => navn.includes(o)))) return;
      vis.add(rad);
      for (let i = nr - 1, nivaa = dybde(rad); i >= 0 && nivaa > 0; i--) {
        if (dybde(rader[i]) < nivaa) vis.add(rader[i]), (nivaa = dybde(rader[i]));
      }
    });
    rader.forEach((rad) => (rad.hidden = !vis.has(rad)));
  };

  // How many, and which: the ticked ones are seldom the ones in sight in the box.
  const NAVN = 5;
  const antall = tre.querySelector("[data-antall]");
  const navn = (boks) => boks.labels[0].firstChild.textContent.trim();
  const tell = () => {
    const valgte = [...(hverForSeg ? tjenester : []), ...bokser].filter((b) => b.checked);
    const { ingen, en, flere, til } = antall.dataset;
    const n = valgte.length;
    const hvilke = valgte.slice(0, NAVN).map(navn).join(", ") + (n > NAVN ? til.replace("#", n - NAVN) : "");
    antall.textContent = n ? `${n === 1 ? en : flere.replace("#", n)}: ${hvilke}` : ingen;
  };

  const felt = tre.querySelector(".tresok");
  felt.hidden = false;
  felt.querySelector("input").addEventListener("input", (hendelse) => sil(hendelse.target.value));
  felt.querySelector("input").addEventListener("keydown", (hendelse) => {
    if (hendelse.key === "Enter") hendelse.preventDefault();
  });

  const enheterI = (tjeneste) => new Set(tjeneste.dataset.enheter.split(" ").filter(Boolean));
  if (!hverForSeg) {
    const kryss = (tjeneste) => {
      const med = enheterI(tjeneste);
      bokser.filter((b) => med.has(b.value)).forEach((b) => (b.checked = tjeneste.checked));
      tell();
    };
    tjenester.forEach((tjeneste) => tjeneste.addEventListener("change", () => kryss(tjeneste)));
    // Those that were ticked before the script was here.
    tjenester.filter((tjeneste) => tjeneste.checked && !tjeneste.defaultChecked).forEach(kryss);
    // A unit taken out means that the service as a whole is no longer chosen.
    bokser.forEach((b) =>
      b.addEventListener("change", () => {
        if (!b.checked) tjenester.filter((t) => enheterI(t).has(b.value)).forEach((t) => (t.checked = false));
      }),
    );
  } else {
    tjenester.forEach((t) => t.addEventListener("change", tell));
  }
  tre.addEventListener("change", tell);
  tell();
  const forste = rader.find((rad, nr) => bokser[nr].checked);
  if (forste) tre.querySelector(".treboks").scrollTop = forste.offsetTop - forste.parentElement.offsetTop - 8;
})();
