"""The council document through our own code, and WeasyPrint alone on the same HTML. Usage: python -m bench.dokument"""

import django
import weasyprint

from bench.prosess import ganger, svar, ta_tid

GANGER = ganger(3)


def main() -> None:
    """Alternate between the two, after one of each that does not count, so that both meet the same machine."""
    from analyse.bystyrerapport import bystyrerapport_html, lag_bystyrerapport
    from analyse.models import Uttrekk
    from felles.pdf import STATISK
    from felles.pdfmotor import Statisk

    uttrekk = Uttrekk.objects.latest("dato")
    html = bystyrerapport_html(uttrekk)

    def alene() -> bytes:
        kilde = weasyprint.HTML(string=html, base_url=STATISK, url_fetcher=Statisk())
        return kilde.write_pdf(pdf_variant="pdf/a-2a")

    lag_bystyrerapport(uttrekk=uttrekk), alene()
    par = [(ta_tid(lambda: lag_bystyrerapport(uttrekk=uttrekk)), ta_tid(alene)) for _ in range(GANGER)]
    svar(vaar=min(vaar for vaar, _ in par), alene=min(bare for _, bare in par))


if __name__ == "__main__":
    django.setup()
    main()
