// The editor of one section: puts the parts together. Without it the page is a plain text field.
import { Editor } from "@tiptap/core";
import { Lager } from "../../felles/lager.js";
import { Nett } from "../../felles/nett.js";
import { Lagring } from "./lagring.js";
import { utvidelser } from "./utvidelser.js";
import { verktoylinje } from "./verktoy.js";
import { lenkevindu, tallvindu } from "./vinduer.js";

const MANGLER = "[tallet finnes ikke lenger]";
const finn = (rot, navn) => rot.querySelector(`[data-${navn}]`);

function knapp(tekst, gjor, variant = "secondary") {
  const ny = document.createElement("button");
  Object.assign(ny, { type: "button", className: "ds-button", textContent: tekst, onclick: gjor });
  ny.dataset.variant = variant;
  return ny;
}

function start(skjema) {
  const { html, tall: kjente } = JSON.parse(document.getElementById("editor-start").textContent);
  const nett = new Nett(skjema);
  const lager = new Lager("plantekst", skjema.dataset.bruker, skjema.dataset.seksjon);
  const statusfelt = finn(skjema, "status");
  const konfliktflate = finn(skjema, "konfliktflate");
  let lagring;

  const editor = new Editor({
    element: document.getElementById("skriveflate"),
    extensions: utvidelser(kjente, MANGLER),
    content: html,
    injectCSS: false,
    editorProps: {
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": skjema.dataset.navn, lang: "nb" },
      handleDOMEvents: { paste: (flate, hendelse) => lim(flate, hendelse), drop: (flate, hendelse) => slipp(flate, hendelse) },
    },
    onUpdate: () => lagring?.endret(),
  });

  const flate = {
    html: () => (editor.isEmpty ? "" : editor.getHTML()),
    sett: (ny) => editor.commands.setContent(ny, { emitUpdate: false }),
    status: (tekst, slag = "") => {
      if (statusfelt.textContent !== tekst) statusfelt.textContent = tekst;
      statusfelt.dataset.slag = slag;
    },
    andre: (navn) => {
      const felt = finn(skjema, "andre");
      const tekst = navn.length ? `${navn.join(", ")} har også denne åpen` : "";
      if (felt.textContent !== tekst) felt.textContent = tekst;
    },
    utlogget: () => {
      flate.status("Du er logget ut. Logg inn i en ny fane, og trykk Lagre. Teksten er trygg her. ", "feil");
      const lenke = document.createElement("a");
      Object.assign(lenke, { href: "/konto/login/", target: "_blank", rel: "noopener", textContent: "Logg inn i ny fane" });
      statusfelt.append(lenke);
    },
    konflikt: (svar) => visKonflikt(svar),
  };

  // Foreign text is cleaned by the server before the editor sees it: it looks as it will when saved, and no style of
  // its own is ever applied.
  function lim(visning, hendelse, data = hendelse.clipboardData) {
    const rikt = data?.getData("text/html") ?? "";
    if (!rikt || rikt.includes("data-pm-slice")) return false;
    hendelse.preventDefault();
    const rent = data.getData("text/plain");
    nett.send(skjema.dataset.rens, { html: rikt }).then(({ slag, data: svar }) => {
      if (slag === "ok") visning.pasteHTML(svar.html);
      else if (slag === "forlang") flate.status(`Ikke limt inn. ${svar?.melding ?? "Teksten er for lang."}`, "feil");
      else visning.pasteText(rent);
    });
    return true;
  }

  function slipp(visning, hendelse) {
    if (visning.dragging) return false;
    const sted = visning.posAtCoords({ left: hendelse.clientX, top: hendelse.clientY });
    if (sted && hendelse.dataTransfer?.getData("text/html")) editor.commands.setTextSelection(sted.pos);
    return lim(visning, hendelse, hendelse.dataTransfer);
  }

  function visKonflikt(svar) {
    konfliktflate.innerHTML = svar.vist;
    konfliktflate.hidden = false;
    konfliktflate.querySelector("h2").focus();
    konfliktflate.onclick = (h) => {
      const valg = h.target.closest("[data-valg]")?.dataset.valg;
      if (valg) velg(valg, svar);
    };
  }

  // What was typed while the choice stood open is merged too: the server is asked anew.
  async function velg(valg, vist) {
    let svar = vist;
    if (valg === "flett") {
      const felter = { html: flate.html(), grunnlag: lagring.grunnlag };
      const nytt = await nett.send(skjema.dataset.konflikt, felter);
      if (nytt.slag !== "ok") {
        flate.status("Ikke slått sammen – vi fikk ikke kontakt. Teksten er trygg her, prøv igjen.", "feil");
        return;
      }
      svar = nytt.data;
    }
    konfliktflate.hidden = true;
    konfliktflate.replaceChildren();
    if (valg === "min") {
      lagring.fortsett(svar.html, svar.lopenummer, true);
      lagring.lagre();
      return;
    }
    flate.sett(valg === "andres" ? svar.html : svar.flettet);
    lagring.fortsett(svar.html, svar.lopenummer, valg === "flett");
    flate.status(
      valg === "andres"
        ? "Teksten til den andre gjelder. Trykk «Angre» om du vil ha din tilbake."
        : "Slått sammen, ikke lagret ennå. Les gjennom, og trykk Lagre.",
    );
    editor.commands.focus();
  }

  function tilbyFunnet() {
    const funnet = lager.hent();
    if (!funnet?.html || funnet.html === flate.html()) return lager.slett();
    const boks = finn(skjema, "funnet");
    const tid = new Date(funnet.tid).toLocaleString("nb-NO", { dateStyle: "long", timeStyle: "short" });
    const tekst = document.createElement("p");
    tekst.textContent = `Vi fant tekst som ikke ble lagret, fra ${tid}.`;
    const rad = document.createElement("div");
    rad.className = "handlinger";
    const lukk = () => {
      boks.hidden = true;
      boks.replaceChildren();
    };
    rad.append(
      knapp("Hent teksten", () => {
        flate.sett(funnet.html);
        lagring.fortsett(funnet.grunnlag, funnet.laas, true);
        lukk();
        lagring.lagre();
        editor.commands.focus();
      }),
      knapp("Forkast den", () => (lager.slett(), lukk()), "tertiary"),
    );
    boks.append(tekst, rad);
    boks.hidden = false;
    return undefined;
  }

  finn(skjema, "utenskript").remove();
  finn(skjema, "medskript").hidden = false;
  lagring = new Lagring({ skjema, nett, lager, flate });
  verktoylinje(editor, skjema.querySelector("[role=toolbar]"), {
    lenke: lenkevindu(editor),
    tall: tallvindu(editor, skjema, nett, kjente, (tekst) => flate.status(tekst, "feil")),
  });
  tilbyFunnet();
  skjema.addEventListener("submit", (h) => {
    h.preventDefault();
    lagring.lagre().then((ok) => ok && !statusfelt.textContent && flate.status("Alt er lagret", "ok"));
  });
  finn(skjema, "ferdig").addEventListener("click", async (h) => {
    if (!lagring.skitten) return;
    h.preventDefault();
    if (await lagring.lagre()) window.location.href = skjema.dataset.tilbake;
  });
  if (!html) editor.commands.focus();
}

const skjema = document.getElementById("skriveskjema");
if (skjema) start(skjema);
