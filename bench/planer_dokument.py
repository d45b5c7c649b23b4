"""A delplan in PDF through our own code, and by WeasyPrint alone. Usage: python -m bench.planer_dokument"""

import django
import weasyprint

from bench.prosess import ganger, svar, ta_tid

GANGER = ganger(3)


def main() -> None:
    """Alternate between the two, after one of each that does not count, so that both meet the same machine."""
    from felles.pdf import STATISK, lag_pdf
    from felles.pdfmotor import Statisk
    from planer.models import Plan
    from planer.plandokument import plandokument

    plan = Plan.objects.delplaner().aapne().order_by("pk").first()
    html = plandokument(plan, prikket=False).html

    def vaar() -> bytes:
        dokument = plandokument(plan, prikket=False)
        return lag_pdf(dokument.html, tittel=dokument.tittel)

    def alene() -> bytes:
        kilde = weasyprint.HTML(string=html, base_url=STATISK, url_fetcher=Statisk())
        return kilde.write_pdf(pdf_variant="pdf/a-2a")

    vaar(), alene()
    par = [(ta_tid(vaar), ta_tid(alene)) for _ in range(GANGER)]
    svar(vaar=min(v for v, _ in par), alene=min(a for _, a in par))


if __name__ == "__main__":
    django.setup()
    main()
