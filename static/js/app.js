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

  // A form is sent once, and says what is going on while the answer is on its way.
  const knapper = (skjema) => [...skjema.elements].filter((e) => e.matches("[type=submit][data-en-gang]"));
  const ventetekst = (skjema) => (skjema.querySelector("[data-venter]") ? skjema : skjema.parentElement).querySelector("[data-venter]");
  document.addEventListener("submit", (hendelse) => {
    const skjema = hendelse.target;
    if (!knapper(skjema).length) return;
    if (skjema.dataset.sendt) return hendelse.preventDefault();
    skjema.dataset.sendt = "1";
    knapper(skjema).forEach((knapp) => knapp.setAttribute("aria-busy", "true"));
    const tekst = ventetekst(skjema);
    if (tekst) tekst.hidden = false;
  });

  // Coming back with the browser's own button: the form can be sent again.
  window.addEventListener("pageshow", (hendelse) => {
    if (!hendelse.persisted) return;
    document.querySelectorAll("form[data-sendt]").forEach((skjema) => {
      delete skjema.dataset.sendt;
      knapper(skjema).forEach((knapp) => knapp.removeAttribute("aria-busy"));
      const tekst = ventetekst(skjema);
      if (tekst) tekst.hidden = true;
    });
  });

  // A file that takes seconds to make: fetched here, so that the page can say when it is ready. Without this script,
  // or when the answer is no file, the link works as links do.
  const filnavn = (svar) => /filename="([^"]+)"/.exec(svar.headers.get("Content-Disposition") ?? "")?.[1];
  const hentFil = async (lenke, si) => {
    si(lenke.dataset.hent);
    lenke.setAttribute("aria-busy", "true");
    try {
      const svar = await fetch(lenke.href);
      if (!svar.ok || !filnavn(svar)) return location.assign(svar.redirected ? svar.url : lenke.href);
      const fil = document.createElement("a");
      fil.href = URL.createObjectURL(await svar.blob());
      fil.download = filnavn(svar);
      fil.click();
      setTimeout(() => URL.revokeObjectURL(fil.href), 60000);
      si(lenke.dataset.hentet);
    } catch {
      si(lenke.dataset.ikkeHentet);
    } finally {
      lenke.removeAttribute("aria-busy");
    }
  };
  document.addEventListener("click", (hendelse) => {
    const lenke = hendelse.target.closest("a[data-hent]");
    if (!lenke || hendelse.ctrlKey || hendelse.metaKey || hendelse.shiftKey) return;
    hendelse.preventDefault();
    if (lenke.ariaBusy === "true") return;
    const status = document.getElementById("hentestatus");
    hentFil(lenke, (tekst) => status && (status.textContent = tekst));
  });

  // A folded part opens when the address leads to it or into it.
  const aapneFold = () => {
    const maal = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!maal) return;
    const fold = maal.closest("details.fold") ?? maal.querySelector(":scope > details.fold");
    if (!fold || fold.open) return;
    fold.open = true;
    maal.scrollIntoView();
  };
  window.addEventListener("hashchange", aapneFold);
  aapneFold();

  // A folded table opens when «På denne siden» leads to it.
  const brettUt = (navn) => {
    const boks = navn && document.getElementById(navn)?.closest("section")?.querySelector("details.brett");
    if (boks) boks.open = true;
  };
  document.addEventListener("click", (hendelse) => {
    const lenke = hendelse.target.closest(".paa-siden a");
    if (lenke) brettUt(decodeURIComponent(lenke.hash.slice(1)));
  });
})();
