// The two dialogs: a figure from the reports, and the address of a link.
import { ADRESSE } from "./utvidelser.js";

export function tallvindu(editor, skjema, nett, kjente, meld) {
  const vindu = document.getElementById("tallvindu");
  let klokke;
  let nummer = 0;
  const hent = async (sporring) => {
    const svar = await fetch(`${skjema.dataset.tall}${sporring}`, { credentials: "same-origin", redirect: "manual" });
    if (!svar.ok) throw new Error(String(svar.status));
    return svar.text();
  };
  const sok = async () => {
    const denne = ++nummer;
    const felter = new URLSearchParams(new FormData(vindu.querySelector("[data-tallsok]")));
    const html = await hent(`?${felter}`).catch(() => null);
    if (html !== null && denne === nummer) vindu.querySelector("[data-talltreff]").innerHTML = html;
  };
  vindu.addEventListener("input", () => {
    clearTimeout(klokke);
    klokke = setTimeout(sok, 250);
  });
  vindu.addEventListener("submit", (h) => {
    h.preventDefault();
    sok();
  });
  vindu.addEventListener("click", async (h) => {
    if (h.target.closest("[data-lukk]")) return vindu.close();
    const valgt = h.target.closest("[data-velgtall]");
    if (!valgt) return undefined;
    const { rapport, enhet, tabell, rad, kolonne } = valgt.dataset;
    const { slag, data } = await nett.send(skjema.dataset.settinn, { rapport, enhet, tabell, rad, kolonne });
    vindu.close();
    if (slag !== "ok") return meld(data?.melding ?? "Tallet ble ikke satt inn. Prøv igjen.");
    kjente[data.nokkel] = { verdi: data.verdi, kilde: data.kilde };
    return editor.chain().focus().insertContent({ type: "tall", attrs: { nokkel: data.nokkel } }).run();
  });
  return async () => {
    try {
      vindu.innerHTML = await hent("");
      vindu.showModal();
    } catch {
      meld("Vi fikk ikke hentet tallene. Prøv igjen om litt.");
    }
  };
}

export function lenkevindu(editor) {
  const vindu = document.getElementById("lenkevindu");
  const felt = vindu.querySelector("input");
  const feil = vindu.querySelector("[data-lenkefeil]");
  const tolk = (raa) => {
    const tekst = raa.trim();
    if (/^[^\s/:@]+@[^\s/@]+\.[^\s/@]+$/.test(tekst)) return `mailto:${tekst}`;
    return /^(www\.|[\w-]+(\.[\w-]+)+($|\/))/i.test(tekst) ? `https://${tekst}` : tekst;
  };
  vindu.addEventListener("submit", (h) => {
    if (h.submitter?.value !== "ok") return;
    const adresse = tolk(felt.value);
    if (adresse && !ADRESSE.test(adresse)) {
      h.preventDefault();
      feil.textContent = feil.dataset.tekst;
      felt.setAttribute("aria-invalid", "true");
      felt.focus();
      return;
    }
    const kjede = editor.chain().focus().extendMarkRange("link");
    if (!adresse) kjede.unsetLink().run();
    else if (editor.state.selection.empty && !editor.isActive("link"))
      kjede.insertContent({ type: "text", text: adresse.replace(/^mailto:/, ""), marks: [{ type: "link", attrs: { href: adresse } }] }).run();
    else kjede.setLink({ href: adresse }).run();
  });
  return () => {
    felt.value = editor.getAttributes("link").href ?? "";
    felt.removeAttribute("aria-invalid");
    feil.textContent = "";
    vindu.showModal();
  };
}
