"""An upload of counts on its way through the browser: received, columns chosen, decided on, confirmed, stored."""

from dataclasses import asdict
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from analyse.enums import Importslag
from analyse.innlesing import lager
from analyse.innlesing.personvern import fjern_fnr
from analyse.innlesing.problem import Innlesingsfeil, Samtidig
from analyse.models import Innlesing
from analyse.services.innlesing import er_lagret, lagre_ny, lagre_profil, lagre_visning, ny_innlesing, paa_disk
from felles.norsk import brett
from kompetanse.models import Kompetanseinnlesing
from kompetanse.services.kompetansetall import Importsvar, kjent_kilde, lagre_gjennomgang, lest_foer, tilstand
from kompetanse.tallinnlesing.gjennomgang import Tallgjennomgang, gaa_gjennom
from kompetanse.tallinnlesing.lest import les_og_rens
from kompetanse.tallinnlesing.personvern import Renset
from kompetanse.tallinnlesing.profil import Kompetanseprofil, fra_dict
from kompetanse.tallinnlesing.register import les_register
from organisasjon.models import Bruker

SLAG = Importslag.KOMPETANSE


def motta_fil(
    *, bruker: Bruker, fil: UploadedFile, profil: Kompetanseprofil
) -> tuple[Innlesing | None, Kompetanseinnlesing | None]:
    """Read an uploaded file, take out everything about people, and keep the rest encrypted; or the reading it gave
    before, when it has been read in. Raises Innlesingsfeil; nothing is kept then.

    Side effect: uploads older than a day are deleted.
    """
    register = les_register(timezone.localdate())
    with paa_disk(fil) as (sti, navn):
        lest = les_og_rens(sti, filnavn=navn, profil=profil, register=register)
    if lik := lest_foer(lest.tabell.fil_hash):
        return None, lik
    profil.radslag = lest.radslag
    innlesing = ny_innlesing(bruker, SLAG, lest.tabell, profil)
    innlesing.oppsett |= {
        "renset": asdict(lest.renset),
        "dato": lest.dato.isoformat() if lest.dato else "",
        "datokilde": lest.datokilde,
    }
    innlesing.innhold = lager.pakk(lest.tabell)
    return lagre_ny(innlesing), None


def profil_for(innlesing: Innlesing) -> Kompetanseprofil:
    """The profile as chosen so far."""
    return fra_dict(innlesing.oppsett.get("profil", {}), navn=innlesing.oppsett.get("profilnavn", ""))


def gjennomgaa(innlesing: Innlesing, *, bare_kolonner: bool = False) -> Tallgjennomgang:
    """Review the upload with what has been chosen, or only find its columns. Raises Innlesingsfeil when the content is
    gone.
    """
    if innlesing.innhold is None:
        raise Innlesingsfeil(_("Opplastingen er slettet. Last opp filen på nytt."))
    oppsett = innlesing.oppsett
    dag = date.fromisoformat(oppsett["dato"]) if oppsett.get("dato") else None
    return gaa_gjennom(
        lager.pakk_ut(innlesing.innhold),
        profil_for(innlesing),
        les_register(dag or timezone.localdate()),
        Renset(**oppsett["renset"]),
        dato=dag,
        datokilde=oppsett.get("datokilde", ""),
        bare_kolonner=bare_kolonner,
    )


def lagre_valg(*, innlesing: Innlesing, profil: Kompetanseprofil, dato: date, lagre_som: str = "") -> None:
    """Keep the chosen columns and settings on the upload, and as a named profile when a name is given."""
    profil.kilde = kjent_kilde(fjern_fnr(profil.kilde))
    if lagre_som:
        profil.navn = fjern_fnr(lagre_som)
        lagre_profil(profil, SLAG)
    if dato.isoformat() != innlesing.oppsett.get("dato"):
        innlesing.oppsett["datokilde"] = ""
    innlesing.oppsett["dato"] = dato.isoformat()
    _behold(innlesing, profil)


def lagre_svar(
    *, innlesing: Innlesing, enheter: dict[str, str], kompetanser: dict[str, str], merker: dict[str, str]
) -> None:
    """Keep decisions on the upload (and in its named profile): what the file says → what it is with us."""
    profil = profil_for(innlesing)
    profil.enheter |= {brett(k): v for k, v in enheter.items()}
    profil.kompetanser |= {brett(k): v for k, v in kompetanser.items()}
    profil.merker |= {brett(k): v for k, v in merker.items()}
    if er_lagret(profil, SLAG):
        lagre_profil(profil, SLAG)
    _behold(innlesing, profil)


def glem_svar(*, innlesing: Innlesing) -> None:
    """Take back the decisions that this file met, on the upload and in its named profile; they are asked anew."""
    profil = profil_for(innlesing)
    deler = {"enhet": profil.enheter, "kompetanse": profil.kompetanser, "merke": profil.merker}
    for slag, fra, _til in (innlesing.forhaandsvisning or {}).get("bestemt", ()):
        deler[slag].pop(brett(fra), None)
    if er_lagret(profil, SLAG):
        lagre_profil(profil, SLAG)
    _behold(innlesing, profil)


def bekreft(*, innlesing: Innlesing, bruker: Bruker, godta_bortfall: bool) -> Importsvar:
    """Store the upload as it was seen; it is deleted when that is done. Raises Innlesingsfeil; Samtidig when somebody
    has read in from the same source in between, and then the preview is made anew.
    """
    sett = tuple(innlesing.oppsett["tilstand"])
    g = gjennomgaa(innlesing)
    try:
        svar = lagre_gjennomgang(g=g, bruker=bruker, sett=sett, godta_bortfall=godta_bortfall)
    except Samtidig:
        _behold(innlesing, profil_for(innlesing))
        raise
    innlesing.delete()
    return svar


def _behold(innlesing: Innlesing, profil: Kompetanseprofil) -> None:
    """Keep the profile on the upload, how its source stands, and the preview made with it."""
    tatt = {"profil": profil.som_dict(), "profilnavn": profil.navn, "tilstand": tilstand(profil.kilde)}
    innlesing.oppsett = {**innlesing.oppsett, **tatt}
    g = gjennomgaa(innlesing)
    visning = g.svar()
    del visning["problemer"]
    visning["uendret"] = g.uendret is not None
    lagre_visning(innlesing, visning, g.problemer)
