// The toolbar: real buttons, one tab stop, arrow keys between them, pressed state announced.
const HANDLINGER = {
  overskrift: (k) => k.toggleHeading({ level: 3 }),
  underoverskrift: (k) => k.toggleHeading({ level: 4 }),
  fet: (k) => k.toggleBold(),
  kursiv: (k) => k.toggleItalic(),
  punktliste: (k) => k.toggleBulletList(),
  nummerliste: (k) => k.toggleOrderedList(),
  sitat: (k) => k.toggleBlockquote(),
  tabell: (k) => k.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
  "rad-inn": (k) => k.addRowAfter(),
  "kolonne-inn": (k) => k.addColumnAfter(),
  "rad-ut": (k) => k.deleteRow(),
  "kolonne-ut": (k) => k.deleteColumn(),
  "tabell-ut": (k) => k.deleteTable(),
  angre: (k) => k.undo(),
  gjenta: (k) => k.redo(),
};
const TRYKT = {
  overskrift: ["heading", { level: 3 }],
  underoverskrift: ["heading", { level: 4 }],
  fet: ["bold"],
  kursiv: ["italic"],
  lenke: ["link"],
  punktliste: ["bulletList"],
  nummerliste: ["orderedList"],
  sitat: ["blockquote"],
};

// `egne`: name → function, for the buttons that open something.
export function verktoylinje(editor, linje, egne) {
  const alle = [...linje.querySelectorAll("button")];
  const synlige = () => alle.filter((knapp) => !knapp.closest("[hidden]"));
  const velg = (knapp) => alle.forEach((k) => (k.tabIndex = k === knapp ? 0 : -1));
  const vis = () => {
    for (const knapp of alle) {
      const navn = knapp.dataset.gjor;
      if (TRYKT[navn]) knapp.setAttribute("aria-pressed", String(editor.isActive(...TRYKT[navn])));
    }
    linje.querySelector("[data-tabell]").hidden = !editor.isActive("table");
    linje.querySelector("[data-gjor=tabell]").disabled = editor.isActive("table");
    linje.querySelector("[data-gjor=angre]").disabled = !editor.can().undo();
    linje.querySelector("[data-gjor=gjenta]").disabled = !editor.can().redo();
    const valgt = alle.find((k) => k.tabIndex === 0);
    if (!valgt || valgt.disabled || valgt.closest("[hidden]")) velg(synlige().find((k) => !k.disabled));
  };
  linje.addEventListener("mousedown", (h) => h.target.closest("button") && h.preventDefault());
  linje.addEventListener("click", (h) => {
    const knapp = h.target.closest("button");
    if (!knapp) return;
    velg(knapp);
    const navn = knapp.dataset.gjor;
    if (egne[navn]) egne[navn]();
    else HANDLINGER[navn](editor.chain().focus()).run();
  });
  linje.addEventListener("keydown", (h) => {
    const steg = { ArrowRight: 1, ArrowLeft: -1, Home: -999, End: 999 }[h.key];
    if (!steg) return;
    const mulige = synlige().filter((k) => !k.disabled);
    const naa = mulige.indexOf(document.activeElement);
    const neste = Math.abs(steg) > 1 ? (steg > 0 ? mulige.length - 1 : 0) : (naa + steg + mulige.length) % mulige.length;
    h.preventDefault();
    velg(mulige[neste]);
    mulige[neste].focus();
  });
  editor.on("transaction", vis);
  vis();
}
