// Small help for pages that work without it: dialogs, dropdowns that close, fields that send their form.
"use strict";

(() => {
  const vindu = () => document.getElementById("vindu");

  // A «tallenke» opens its explanation in the dialog; without this script the link leads to the page of its own.
  document.addEventListener("htmx:afterSwap", (hendelse) => {
    const dialog = vindu();
    if (dialog && hendelse.target.id === "vindu-innhold" && !dialog.open) dialog.showModal();
  });

  document.addEventListener("click", (hendelse) => {
    const lenke = hendelse.target.closest("a.tallenke");
    if (lenke && vindu() && !hendelse.ctrlKey && !hendelse.metaKey && !hendelse.shiftKey) {
      hendelse.preventDefault();
      htmx.ajax("GET", lenke.href, { target: "#vindu-innhold", swap: "innerHTML" });
    }
    if (hendelse.target.closest("[data-lukk]")) hendelse.target.closest("dialog")?.close();
    document.querySelectorAll("details.nedtrekk[open]").forEach((boks) => {
      if (!boks.contains(hendelse.target)) boks.open = false;
    });
  });

  document.addEventListener("keydown", (hendelse) => {
    if (hendelse.key !== "Escape") return;
    document.querySelectorAll("details.nedtrekk[open]").forEach((boks) => {
      boks.open = false;
      boks.querySelector("summary")?.focus();
    });
  });

  // In a table of figures one Tab stop leads in; the arrow keys move between the figures.
  const tallenker = (tabell) => [...tabell.querySelectorAll("a.tallenke")];
  const settStopp = (lenker, aktiv) => lenker.forEach((l) => (l.tabIndex = l === aktiv ? 0 : -1));
  document.querySelectorAll("table[data-tall]").forEach((tabell) => {
    const lenker = tallenker(tabell);
    if (lenker.length) settStopp(lenker, lenker[0]);
  });

  const nabo = (lenke, tast) => {
    const celle = lenke.closest("td");
    if (tast === "ArrowLeft" || tast === "ArrowRight") {
      let neste = celle;
      do neste = tast === "ArrowLeft" ? neste.previousElementSibling : neste.nextElementSibling;
      while (neste && !neste.querySelector("a.tallenke"));
      return neste?.querySelector("a.tallenke");
    }
    const rader = [...celle.closest("table").rows];
    const steg = tast === "ArrowUp" ? -1 : 1;
    for (let i = celle.parentElement.rowIndex + steg; i > 0 && i < rader.length; i += steg) {
      const funnet = rader[i].cells[celle.cellIndex]?.querySelector("a.tallenke");
      if (funnet) return funnet;
    }
    return null;
  };

  document.addEventListener("keydown", (hendelse) => {
    const lenke = hendelse.target.closest?.("table[data-tall] a.tallenke");
    if (!lenke || !hendelse.key.startsWith("Arrow")) return;
    const neste = nabo(lenke, hendelse.key);
    if (!neste) return;
    hendelse.preventDefault();
    settStopp(tallenker(lenke.closest("table")), neste);
    neste.focus();
  });

  // Guards against sending the same form twice.
  document.addEventListener("submit", (hendelse) => {
    const knapp = hendelse.target.querySelector("button[type=submit][data-en-gang]");
    if (knapp) knapp.setAttribute("aria-busy", "true");
  });
})();
