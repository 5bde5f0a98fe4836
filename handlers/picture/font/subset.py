#!/usr/bin/env python3
"""Cut WenQuanYi Micro Hei down to what charts need: GB 2312, Latin and the signs of units.

Needs python3-fonttools and fonts-wqy-microhei (0.2.0-beta-3.1) from Debian 12. Run it in this folder:

    python3 subset.py /usr/share/fonts/truetype/wqy/wqy-microhei.ttc

It writes wqy-microhei-gb2312.ttf, the same bytes every time. A rune that a text or a name needs and GB 2312 lacks goes
into extra.txt.
"""

import sys
import unicodedata
from pathlib import Path

from fontTools import subset
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

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


def draw_blanks(font):
    """Draw what the font knows and leaves blank, such as the fifth class of water, out of the letters that it stands for."""
    cmap, glyphs, widths, drawn = font.getBestCmap(), font.getGlyphSet(), font["hmtx"], []
    for rune in "\u2164\u2169\u2103\u2109":
        name, parts = cmap[ord(rune)], [cmap[ord(r)] for r in unicodedata.normalize("NFKC", rune)]
        if font["glyf"][name].numberOfContours != 0:
            continue
        room, wide = widths[name][0], sum(widths[p][0] for p in parts)
        scale = min(1, 0.96 * room / wide)
        pen, at = TTGlyphPen(None), (room - scale * wide) / 2
        for p in parts:
            glyphs[p].draw(TransformPen(pen, (scale, 0, 0, scale, at, 0)))
            at += scale * widths[p][0]
        drawn.append((name, pen.glyph()))
    for name, glyph in drawn:
        font["glyf"][name] = glyph
        glyph.recalcBounds(font["glyf"])
        widths[name] = (widths[name][0], glyph.xMin)


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
    draw_blanks(font)
    missing = [chr(r) for r in wanted() if r not in font.getBestCmap()]
    subset.save_font(font, OUT, options)
    print(f"{OUT.name}: {OUT.stat().st_size} bytes, {len(font.getBestCmap())} runes; the font has no {''.join(missing)}")


if __name__ == "__main__":
    main(sys.argv[1])
