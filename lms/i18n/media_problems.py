"""The words of problems with formulas, pictures, sound and films."""

from flask_babel import lazy_gettext as _l

# fmt: off
MEDIA_WORDS = {
    "formula_open": _l("The formula that begins here is not closed. Put $$ after it, without a blank line in "
                       "between."),
    "formula_wrong": _l("The formula \"%(text)s\" cannot be read. Check that each { has its }, and write "
                        "\\$ for a dollar sign."),
    "formula_command": _l("The formula uses %(text)s, which is not taken. Leave it out, or use an unnumbered "
                          "form such as \\begin{aligned}."),
    "formula_part": _l("The formula \"%(text)s\" holds something that not every browser shows, such as "
                       "colours, boxes or bold text. Leave it out."),
    "captions_missing": _l("The film has no captions, so those who cannot hear it get nothing. Put them into "
                           "%(name)s.vtt."),
    "transcript_missing": _l("The sound has no transcript, so those who cannot hear it get nothing. Put it "
                             "into %(name)s.txt, or below it in a block \"/// rincian | Transkrip\"."),
    "picture_unreadable": _l("The picture cannot be read; it is damaged. Export it again as PNG, JPEG "
                             "or WebP."),
    "formula_long": _l("The formula is longer than %(limit)s characters or nested too deep. Split it into "
                       "several."),
}
