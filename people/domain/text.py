"""Text as people mean it: without the control characters that Word, browsers and attackers put into it."""

import re

LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


def clean_text(text: str) -> str:
    """The text with soft line breaks as line breaks and without what neither a page nor a paper can show.

    XML 1.0, and with it DOCX and XLSX, has no place for these characters.
    """
    return UNPRINTABLE.sub("", LINE_ENDS.sub("\n", text))
