"""A rule in words, as somebody would read it aloud."""

from datetime import date

from kompetanse.regler.betingelser import (
    NIVAANAVN,
    Bekreftet,
    Erfaring,
    Fagretning,
    Gruppe,
    Kurs,
    Lederutdanning,
    Nivaa,
    Regel,
    Studiepoeng,
    Utdanning,
)

ORD = {"og": " OG ", "eller": " ELLER "}


def som_setning(regel: Regel) -> str:
    """The rule with OG and ELLER in capitals and groups in brackets."""
    if not isinstance(regel, Gruppe):
        return betingelse(regel)
    if len(regel.deler) == 1:
        return som_setning(regel.deler[0])
    return ORD[regel.ord].join(_i_parentes(del_) for del_ in regel.deler)


def betingelse(regel: Regel) -> str:
    """One condition in words."""
    match regel:
        case Utdanning():
            return _utdanning(regel)
        case Fagretning():
            return f"utdanning i {_eller(regel.fag)}"
        case Lederutdanning():
            return _lederutdanning(regel)
        case Erfaring():
            sted = f" i {regel.sted}" if regel.sted else ""
            return f"{_innen(regel.innen)}minst {regel.aar} år {regel.ord} {regel.rolle}{sted}"
        case Kurs():
            return f"kurs i {regel.navn}"
        case Studiepoeng():
            return _studiepoeng(regel)
        case Bekreftet():
            return f"vurdert av arbeidsgiver: {regel.tekst}"
    raise TypeError(regel)


def i_faa_ord(regel: Regel) -> str:
    """What the condition asks for in as few words as a table has room for; '' for a group."""
    match regel:
        case Gruppe():
            return ""
        case Lederutdanning():
            return "lederutdanning"
        case Erfaring():
            return f"{regel.aar} år {regel.ord} {regel.rolle}"
        case Studiepoeng():
            return f"{regel.minst} studiepoeng" + (f" i {_eller(regel.fag)}" if regel.fag else "")
        case Bekreftet():
            return f"«{regel.tekst}»"
    return betingelse(regel).removeprefix("minst ")


def _utdanning(u: Utdanning) -> str:
    ord_ = "relevant " if u.relevant else ""
    fag = f" i {_eller(u.fag)}" if u.fag else ""
    if u.minst and u.hoyst == u.minst:
        return f"{ord_}{_grad(u.minst)}{fag}"
    if u.minst and u.hoyst:
        return f"{ord_}utdanning fra {NIVAANAVN[u.minst]} til {NIVAANAVN[u.hoyst]}{fag}"
    if u.minst:
        return f"minst {ord_}{_grad(u.minst)}{fag}"
    return f"høyst {_grad(u.hoyst or Nivaa.DOKTORGRAD)}{fag}"


def _grad(nivaa: Nivaa) -> str:
    return NIVAANAVN[nivaa]


def _lederutdanning(led: Lederutdanning) -> str:
    if not led.forpliktelse:
        return "lederutdanning"
    frist = f"innen {led.maaneder} måneder" if led.maaneder else "innen en frist"
    return f"lederutdanning eller en avtale om å ta den {frist}"


def _studiepoeng(s: Studiepoeng) -> str:
    ord_ = "relevant " if s.relevant else ""
    fag = f" i {_eller(s.fag)}" if s.fag else ""
    return f"{_innen(s.innen)}{ord_}videreutdanning på minst {s.minst} studiepoeng{fag}"


def _innen(dag: date | None) -> str:
    return f"innen {dag.day}.{dag.month}.{dag.year} " if dag else ""


def _eller(fag: str) -> str:
    """«a, b, c» → «a, b eller c»."""
    ordene = [o.strip() for o in fag.split(",") if o.strip()]
    return ordene[0] if len(ordene) == 1 else f"{', '.join(ordene[:-1])} eller {ordene[-1]}" if ordene else fag


def _i_parentes(del_: Regel) -> str:
    tekst = som_setning(del_)
    return f"({tekst})" if isinstance(del_, Gruppe) and len(del_.deler) > 1 else tekst
