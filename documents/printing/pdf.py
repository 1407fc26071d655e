"""An order as a tagged PDF (PDF/UA-1) with embedded fonts."""

from functools import cache
from pathlib import Path

import segno
from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from documents.domain.paper import OrderPaper

STYLES = Path(__file__).with_name("order.css")
FONTS = settings.BASE_DIR / "node_modules" / "@fontsource" / "tinos" / "files"

# A paper may use its own files and nothing from the network, whatever its text says.
OWN_FILES = URLFetcher(allowed_protocols={"file", "data"})


@cache
def fonts_and_styles() -> tuple[FontConfiguration, CSS]:
    """Fonts and styles of papers, read once per process."""
    fonts = FontConfiguration()
    sheet = CSS(string=STYLES.read_text(), base_url=f"file://{FONTS}/", font_config=fonts, url_fetcher=OWN_FILES)
    return fonts, sheet


def order_html(paper: OrderPaper) -> str:
    """The order as the HTML that is printed."""
    qr = segno.make(paper.check_url, error="m").svg_data_uri(border=0) if paper.check_url else ""
    return render_to_string("documents/papers/order.html", {"paper": paper, "qr": qr})


def html_to_pdf(html: str) -> bytes:
    """A paper's HTML as PDF/UA-1 bytes."""
    fonts, sheet = fonts_and_styles()
    return HTML(string=html, url_fetcher=OWN_FILES).write_pdf(
        stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1"
    )
