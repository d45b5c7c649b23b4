"""Fixed vocabularies of the organisation: unit levels, roles, actions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Enhetstype(models.TextChoices):
    """Levels kommune → sektor/stab → enhet → avdeling. A municipality may lack any level but the first."""

    KOMMUNE = "kommune", _("Kommune")
    SEKTOR = "sektor", _("Sektor")
    STAB = "stab", _("Stab")
    ENHET = "enhet", _("Enhet")
    AVDELING = "avdeling", _("Avdeling")


class Rolle(models.TextChoices):
    """Who a person is in the product. A role always has a scope: one unit and everything beneath it."""

    SYSTEMANSVARLIG = "systemansvarlig", _("Systemansvarlig")
    HR = "hr", _("HR (kompetanseleder)")
    KOMMUNEDIREKTOR = "kommunedirektor", _("Kommunedirektør")
    ASS_KOMMUNEDIREKTOR = "ass_kommunedirektor", _("Assisterende kommunedirektør")
    KOMMUNALSJEF = "kommunalsjef", _("Kommunalsjef")
    ENHETSLEDER = "enhetsleder", _("Enhetsleder")
    AVDELINGSLEDER = "avdelingsleder", _("Avdelingsleder")
    TILLITSVALGT = "tillitsvalgt", _("Tillitsvalgt")
    VERNEOMBUD = "verneombud", _("Verneombud")
    LESER = "leser", _("Leser")


class Handling(models.TextChoices):
    """Everything that can be done. Every route declares one; rules.py says which roles may do it."""

    AAPEN = "aapen", _("Åpen for alle, også uten innlogging")
    INNLOGGET = "innlogget", _("Alle som er logget inn")
    SE_RAPPORTER = "se_rapporter", _("Se rapporter for eget område")
    SE_UPRIKKET = "se_uprikket", _("Se også små tall (under 5)")
    SE_ORGANISASJON = "se_organisasjon", _("Se enheter og tjenester")
    FORVALTE_ORGANISASJON = "forvalte_organisasjon", _("Endre enheter og tjenester")
    FORVALTE_ROLLER = "forvalte_roller", _("Gi og ta roller")
    IMPORTERE = "importere", _("Lese inn og angre uttrekk")
    FORVALTE_OPPSETT = "forvalte_oppsett", _("Endre normer, kategorier, stillinger og publiserte tall")
    PUBLISERE = "publisere", _("Publisere uttrekk for lesere")
    LAGE_BYSTYRERAPPORT = "lage_bystyrerapport", _("Lage PDF for bystyret")
    SE_LOGG = "se_logg", _("Se logg over rolleendringer")
    SE_PLANER = "se_planer", _("Se planer")
    SE_PLANARBEID = "se_planarbeid", _("Se planer under arbeid for eget område")
    OPPRETTE_PLAN = "opprette_plan", _("Lage planer og maler, og styre hvem som er med")
    REDIGERE_TEMAPLAN = "redigere_temaplan", _("Skrive i temaplanen")
    REDIGERE_DELPLAN = "redigere_delplan", _("Skrive i delplaner for eget område")
    KOMMENTERE_PLAN = "kommentere_plan", _("Kommentere og svare på høring")
    DROFTE_PLAN = "drofte_plan", _("Føre eget syn i drøftinger")
    VEDTA_PLAN = "vedta_plan", _("Vedta planer")
    PUBLISERE_PLAN = "publisere_plan", _("Publisere planer for alle")
    LAGE_PLANDOKUMENT = "lage_plandokument", _("Lage samlet plandokument til bystyret")
    SE_KRAV = "se_krav", _("Se krav til stillinger")
    FORVALTE_KRAV = "forvalte_krav", _("Endre krav til stillinger")
    SE_LEDERKRAV = "se_lederkrav", _("Se hvordan ledere i eget område oppfyller kravene")
    FORVALTE_LEDERKRAV = "forvalte_lederkrav", _("Føre dokumentasjon og unntak for ledere")
    SE_MATRISE = "se_matrise", _("Se hvem som avgjør, og øve på saker")
    FORVALTE_MATRISE = "forvalte_matrise", _("Endre rollematrisen og sakene")
    SE_DELEGERING = "se_delegering", _("Se delegert myndighet for eget område")
    FORVALTE_DELEGERING = "forvalte_delegering", _("Føre delegert myndighet for eget område")
    SE_GAP = "se_gap", _("Se gapanalyser for eget område")
    SVARE_GAP = "svare_gap", _("Svare på gapanalyser for eget område")
    GODKJENNE_GAP = "godkjenne_gap", _("Godkjenne gapanalyser for eget område")
    FORVALTE_GAP = "forvalte_gap", _("Åpne og stenge runder med gapanalyser, og lese inn kompetansetall")
    SE_MODENHET = "se_modenhet", _("Se hvor langt eget område er kommet i kompetansearbeidet")
    VURDERE_MODENHET = "vurdere_modenhet", _("Vurdere kompetansearbeidet i eget område")
    BRUKE_REFLEKSJON = "bruke_refleksjon", _("Bruke refleksjonskort, og lese notatene fra eget område")
    SE_RISIKO = "se_risiko", _("Se risiko i eget område")
    FOERE_RISIKO = "foere_risiko", _("Føre risiko i eget område")
    SE_SAMTALEMAL = "se_samtalemal", _("Se malen for utviklingssamtalen")
    FORVALTE_REFLEKSJON = "forvalte_refleksjon", _("Endre refleksjonskort, samtalemal og eksempelet på modenhet")
