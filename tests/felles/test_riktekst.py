"""Cleaning of rich text: nothing dangerous gets through, pasted text becomes tidy, cleaning twice changes nothing."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felles.riktekst import fra_ren_tekst, lesetekst, ren_tekst, rens, tallnokler, til_ren_tekst

ANGREP = (
    "<script>alert(1)</script>",
    "<p onclick='alert(1)'>a</p>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='//ondt.example/'>x</a>",
    "<a href='/\\ondt.example'>x</a>",
    "<a href='https://a.example/\" onmouseover=\"alert(1)'>x</a>",
    "<iframe src='https://ondt.example'></iframe>",
    "<style>body{display:none}</style><p style='position:fixed'>a</p>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<form action=//ondt.example><input name=a><button>x</button></form>",
    "<span data-tall='x\"><script>alert(1)</script>'></span>",
    "<span data-tall='../../'>hei</span>",
    "<template><script>alert(1)</script></template>",
    "<object data='x'></object><embed src='x'><base href='//ondt.example'><meta http-equiv=refresh content='0'>",
    "<p><!--[if gte mso 9]><script>alert(1)</script><![endif]-->a</p>",
    "<details open ontoggle=alert(1)>a</details>",
    "<plaintext><script>alert(1)</script>",
    "<textarea><script>alert(1)</script></textarea>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
)
TAGG = re.compile(
    r"</?(?:h3|h4|p|ul|ol|li|table|thead|tbody|tr|th|td|strong|em|blockquote|a)>|<br>"
    r'|<a href="(?:https?://|mailto:|/|#)[^"<>\s]*" rel="noopener noreferrer">'
    r'|<span data-tall="[a-z0-9-]{1,16}"></span>|</a>'
)
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style></head>
<body><!--StartFragment--><h1 style='mso-style:x'>Kompetanse<o:p></o:p></h1>
<p class=MsoNormal><b><span style='font-family:"Calibri",sans-serif'>Fet</span></b> og
<i>kursiv</i><o:p>&nbsp;</o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>Første</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp; </span>
</span>Under</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Andre</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'>1.&nbsp;&nbsp; Nummer én</p>
<table class=MsoTableGrid border=1><tr><td width=10 colspan=2><p class=MsoNormal>Hode<o:p></o:p></p></td></tr>
<tr><td><p>a</p></td><td><p>b</p></td></tr></table><!--EndFragment--></body></html>"""


def bare_tillatt(html: str) -> bool:
    """Is every tag on the list, and no other angle bracket there?"""
    return not set("<>") & set(TAGG.sub("", html))


@pytest.mark.parametrize("angrep", ANGREP)
def test_rens_attack_leaves_only_what_is_allowed(angrep: str) -> None:
    ut = rens(f"<p>før</p>{angrep}")

    assert bare_tillatt(ut)
    assert "javascript" not in ut.lower()
    assert "ondt.example" not in ut
    assert lesetekst(ut).startswith("før")


def test_rens_word_becomes_clean() -> None:
    assert rens(WORD) == (
        "<h3>Kompetanse</h3><p><strong>Fet</strong> og <em>kursiv</em></p>"
        "<ul><li>Første<ul><li>Under</li></ul></li><li>Andre</li></ul><ol><li>Nummer én</li></ol>"
        "<table><thead><tr><th>Hode</th><td></td></tr></thead><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
    )


@pytest.mark.parametrize(
    ("inn", "ut"),
    [
        ("", ""),
        ("hei", "<p>hei</p>"),
        ("<div>a</div><div>b</div>", "<p>a</p><p>b</p>"),
        ("<p>a<br><br>b<br>c<br></p>", "<p>a</p><p>b<br>c</p>"),
        ("<h4>a</h4><h4>b</h4><h3>c</h3><h4>d</h4>", "<h3>a</h3><h4>b</h4><h3>c</h3><h4>d</h4>"),
        ("<h2><div>a</div><p>b</p></h2>", "<h3>a b</h3>"),
        ("<p>a  <b> </b> <b></b> b</p>", "<p>a b</p>"),
        ("<p>&nbsp;</p><ul><li></li></ul><table><tr><td></td></tr></table>", ""),
        ("<ul><li><p>a</p></li><li><p>b</p><p>c</p></li></ul>", "<ul><li>a</li><li><p>b</p><p>c</p></li></ul>"),
        ("<ul>løst<li>a<ol><li>b</li></ol></li></ul>", "<ul><li>løst</li><li>a<ol><li>b</li></ol></li></ul>"),
        ("<b><i>x</i></b><i><b>y</b></i>", "<p><strong><em>xy</em></strong></p>"),
        ("<blockquote><h3>a</h3>b<table><tr><td>c</td></tr></table></blockquote>",
         "<blockquote><p>a</p><p>b</p><p>c</p></blockquote>"),
        ("<p>Vi er <span data-tall='t-1a'>43</span> her</p>", '<p>Vi er <span data-tall="t-1a"></span> her</p>'),
        ("<a href='/planer/1/'>x</a>", '<p><a href="/planer/1/" rel="noopener noreferrer">x</a></p>'),
        ("<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
         "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td></td><td>c</td></tr></tbody></table>"),
        ("<table><tr><th>a</th></tr><tr><th>b</th><td>c</td></tr></table>",
         "<table><thead><tr><th>a</th><td></td></tr></thead><tbody><tr><th>b</th><td>c</td></tr></tbody></table>"),
        ("a\x00b\ud800c", "<p>abc</p>"),
    ],
)  # fmt: skip
def test_rens_structure(inn: str, ut: str) -> None:
    assert rens(inn) == ut
    assert rens(ut) == ut


_TAGGER = (
    "p", "div", "h1", "h2", "h3", "h4", "h5", "ul", "ol", "li", "table", "thead", "tbody", "tr", "td", "th", "b",
    "strong", "i", "em", "a", "span", "br", "blockquote", "caption", "pre", "o:p", "font",
)  # fmt: skip
_biter = st.one_of(
    st.sampled_from([f"<{t}>" for t in _TAGGER] + [f"</{t}>" for t in _TAGGER]),
    st.sampled_from(
        [
            "<a href='https://x.example/?a=1&b=2'>", "<a href='javascript:x'>", "<span data-tall='abc'>", "&nbsp;",
            "<p style='mso-list:l0 level2 lfo1'>", "<span style='mso-list:Ignore'>", "1. ", "· ", "<td colspan=3>",
            "<td rowspan=2>", " ", "\n", "&lt;", "&amp;amp;", "\u2028", "\u200b", "<!-- x -->",
        ]
    ),
    st.text(max_size=6),
)  # fmt: skip


@given(st.lists(_biter, max_size=30).map("".join))
@settings(max_examples=400, deadline=None)
def test_rens_twice_is_once_and_always_allowed(html: str) -> None:
    ut = rens(html)

    assert rens(ut) == ut
    assert bare_tillatt(ut)


@pytest.mark.parametrize("inn", ["<div>" * 20_000, "<ul><li>" * 20_000 + "a", "<b><p>" * 5_000, "<blockquote>" * 9_000])
def test_rens_absurd_nesting_is_survived(inn: str) -> None:
    ut = rens(inn + "slutt")

    assert bare_tillatt(ut)
    assert "slutt" in ut


def test_rens_one_megabyte_takes_seconds_at_most() -> None:
    inn = "<p>Vi trenger <b>flere</b> sykepleiere.</p>" * 24_000
    start = time.perf_counter()

    assert len(rens(inn)) > 900_000
    assert time.perf_counter() - start < 10


def test_ren_tekst_is_folded_words() -> None:
    assert ren_tekst("<h3>Å</h3><p>én<br>to &amp; <strong>tre</strong></p><ul><li>a<ul><li>b</li></ul></li></ul>") == (
        "å én to & tre a b"
    )


def test_plain_text_goes_there_and_back() -> None:
    html = fra_ren_tekst("Første <b>\r\nlinje to\r\n\r\n- en\n- to [tall:t-1]\n\n<script>x</script>")

    assert html == (
        '<p>Første &lt;b&gt;<br>linje to</p><ul><li>en</li><li>to <span data-tall="t-1"></span></li></ul>'
        "<p>&lt;script&gt;x&lt;/script&gt;</p>"
    )
    assert fra_ren_tekst(til_ren_tekst(html)) == html
    assert tallnokler(html) == {"t-1"}
