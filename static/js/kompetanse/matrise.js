// The matrix as a grid: arrow keys move, Enter edits and saves, Escape lets go. Each cell is saved by itself.
"use strict";

(() => {
  const nett = document.querySelector("table.rutenett");
  if (!nett) return;
  const status = document.querySelector("[data-status]");
  const ord = status.dataset;
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const rader = () => [...nett.tBodies[0].querySelectorAll("tr[data-rad]")].map((rad) => [...rad.querySelectorAll("td[data-celle]")]);

  const si = (tekst, farge = "") => {
    status.textContent = tekst;
    if (farge) status.setAttribute("data-color", farge);
    else status.removeAttribute("data-color");
  };
  const telling = (n) => (n === 0 ? ord.ingen : n === 1 ? ord.en : ord.flere.replace("#", n));

  const gaaTil = (celle) => {
    if (!celle) return;
    nett.querySelectorAll('td[data-celle][tabindex="0"]').forEach((c) => (c.tabIndex = -1));
    celle.tabIndex = 0;
    celle.focus();
    celle.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const plass = (celle) => {
    const alle = rader();
    const r = alle.findIndex((rad) => rad.includes(celle));
    return { alle, r, k: alle[r].indexOf(celle) };
  };
  const nabo = (celle, ned, bort) => {
    const { alle, r, k } = plass(celle);
    return alle[r + ned]?.[k + bort];
  };

  const merk = (celle, tekst) => {
    celle.textContent = tekst;
    celle.setAttribute("aria-label", `${celle.dataset.navn}: ${tekst || "–"}`);
  };
  const visFunn = (celle, funn) => {
    const under = celle.closest("tr").nextElementSibling;
    const liste = under.querySelector(".radfunn");
    under.hidden = funn.length === 0;
    liste.replaceChildren(
      ...funn.map((f) => {
        const punkt = document.createElement("li");
        const merke = document.createElement("span");
        const ikon = document.createElement("span");
        merke.className = "status";
        merke.dataset.color = { godtatt: "info", hard: "danger", merknad: "warning" }[f.grad];
        ikon.ariaHidden = "true";
        ikon.textContent = { godtatt: "✓", hard: "✕", merknad: "▲" }[f.grad];
        merke.append(ikon, ` ${{ godtatt: ord.ordGodtatt, hard: ord.ordHard, merknad: ord.ordMerknad }[f.grad]}`);
        punkt.append(merke, ` ${f.tekst} `);
        if (f.grad === "merknad") {
          const lenke = document.createElement("a");
          lenke.href = f.adresse;
          lenke.textContent = ord.godta;
          punkt.append(lenke);
        }
        return punkt;
      }),
    );
  };

  const send = async (celle, tekst) => {
    const svar = await fetch(nett.dataset.adresse, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ celle: celle.dataset.celle, nummer: celle.dataset.nummer, tekst }),
    });
    return { kode: svar.status, data: await svar.json() };
  };

  const lukk = (celle, tekst) => {
    celle.classList.remove("redigeres", "feil");
    merk(celle, tekst);
  };

  // `neste` is where to go when it is saved. What was typed stays in the cell until it is.
  const lagre = async (celle, neste, flytt = true) => {
    const felt = celle.querySelector("input");
    if (!felt || felt.readOnly) return;
    if (felt.value.trim() === celle.dataset.foer) {
      lukk(celle, celle.dataset.foer);
      if (flytt) gaaTil(neste || celle);
      return;
    }
    felt.readOnly = true;
    si(ord.lagrer);
    let utfall;
    try {
      utfall = await send(celle, felt.value);
    } catch {
      utfall = { kode: 0, data: { feil: ord.nett } };
    }
    const { kode, data } = utfall;
    if (kode === 200) {
      celle.dataset.nummer = data.nummer;
      lukk(celle, data.tekst);
      visFunn(celle, data.funn);
      si(`${ord.lagret} ${telling(data.aapne)}`, "success");
      if (flytt && document.activeElement === document.body) gaaTil(neste || celle);
      return;
    }
    felt.readOnly = false;
    if (kode === 409) {
      celle.dataset.nummer = data.nummer;
      celle.dataset.foer = data.tekst;
    }
    celle.classList.add("feil");
    felt.setAttribute("aria-invalid", "true");
    si(data.feil || ord.nett, "danger");
    felt.focus();
  };

  const rediger = (celle, foerste) => {
    if (celle.querySelector("input")) return;
    celle.dataset.foer = celle.textContent.trim();
    const felt = document.createElement("input");
    felt.className = "ds-input";
    felt.value = foerste ?? celle.dataset.foer;
    felt.maxLength = 300;
    felt.autocomplete = "off";
    felt.setAttribute("aria-label", celle.dataset.navn);
    celle.classList.add("redigeres");
    celle.replaceChildren(felt);
    felt.focus();
    if (foerste === undefined) felt.select();
  };

  const iFelt = (hendelse, celle) => {
    if (hendelse.key === "Enter") {
      hendelse.preventDefault();
      lagre(celle, nabo(celle, 1, 0));
    } else if (hendelse.key === "Tab") {
      const neste = nabo(celle, 0, hendelse.shiftKey ? -1 : 1);
      if (neste) {
        hendelse.preventDefault();
        lagre(celle, neste);
      }
    } else if (hendelse.key === "Escape") {
      hendelse.preventDefault();
      lukk(celle, celle.dataset.foer);
      si("");
      gaaTil(celle);
    }
  };

  const PILER = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  nett.addEventListener("keydown", (hendelse) => {
    const celle = hendelse.target.closest("td[data-celle]");
    if (!celle) return;
    if (hendelse.target.tagName === "INPUT") {
      iFelt(hendelse, celle);
      return;
    }
    const { alle, r } = plass(celle);
    const tast = hendelse.key;
    let til;
    if (PILER[tast]) til = nabo(celle, ...PILER[tast]);
    else if (tast === "Home") til = (hendelse.ctrlKey ? alle[0] : alle[r])[0];
    else if (tast === "End") til = (hendelse.ctrlKey ? alle.at(-1) : alle[r]).at(-1);
    else if (tast === "Enter" || tast === "F2") rediger(celle);
    else if (tast === "Delete" || tast === "Backspace") rediger(celle, "");
    else if (tast.length === 1 && !hendelse.ctrlKey && !hendelse.metaKey && !hendelse.altKey && tast !== " ") rediger(celle, tast);
    else return;
    hendelse.preventDefault();
    gaaTil(til);
  });
  nett.addEventListener("dblclick", (hendelse) => {
    const celle = hendelse.target.closest("td[data-celle]");
    if (celle) rediger(celle);
  });
  nett.addEventListener("mousedown", (hendelse) => {
    const celle = hendelse.target.closest("td[data-celle]");
    if (celle && hendelse.target.tagName !== "INPUT") {
      nett.querySelectorAll('td[data-celle][tabindex="0"]').forEach((c) => (c.tabIndex = -1));
      celle.tabIndex = 0;
    }
  });
  nett.addEventListener("focusout", (hendelse) => {
    const celle = hendelse.target.closest("td[data-celle]");
    if (celle && hendelse.target.tagName === "INPUT" && hendelse.relatedTarget) lagre(celle, null, false);
  });
  window.addEventListener("beforeunload", (hendelse) => {
    const aapen = nett.querySelector("td.redigeres input");
    if (aapen && aapen.value.trim() !== aapen.closest("td").dataset.foer) hendelse.preventDefault();
  });
})();
