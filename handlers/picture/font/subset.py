#!/usr/bin/env python3
"""Cut WenQuanYi Micro Hei down to what charts need: GB 2312, Latin and the signs of units.

Needs python3-fonttools and fonts-wqy-microhei (0.2.0-beta-3.1) from Debian 12. Run it in this folder:

    python3 subset.py /usr/share/fonts/truetype/wqy/wqy-microhei.ttc

It writes wqy-microhei-gb2312.ttf, the same bytes every time. A rune that a text or a name needs and GB 2312 lacks goes
into extra.txt.
"""

import sys
from pathlib import Path

from fontTools import subset

HERE = Path(__file__).parent
OUT = HERE / "wqy-microhei-gb2312.ttf"


def wanted():
    """All runes of the subset, in order."""
    runes = set(range(0x20, 0x7F)) | set(range(0xA0, 0x180))
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                runes.add(ord(bytes([row, cell]).decode("gb2312")))
            except UnicodeDecodeError:
                pass
    runes.update(ord(r) for r in (HERE / "extra.txt").read_text(encoding="utf-8") if not r.isspace())
    return sorted(runes)


def main(source):
    options = subset.Options(
        font_number=0,
        hinting=False,
        layout_features=[],
        notdef_outline=True,
        recalc_timestamp=False,
        drop_tables=["FFTM"],
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
    )
    font = subset.load_font(source, options)
    cut = subset.Subsetter(options)
    cut.populate(unicodes=wanted())
    cut.subset(font)
    missing = [chr(r) for r in wanted() if r not in font.getBestCmap()]
    subset.save_font(font, OUT, options)
    print(f"{OUT.name}: {OUT.stat().st_size} bytes, {len(font.getBestCmap())} runes; the font has no {''.join(missing)}")


if __name__ == "__main__":
    main(sys.argv[1])
