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

  // Guards against sending the same form twice.
  document.addEventListener("submit", (hendelse) => {
    const knapp = hendelse.target.querySelector("button[type=submit][data-en-gang]");
    if (knapp) knapp.setAttribute("aria-busy", "true");
  });
})();
