"""Icons of pages: drawn in place, or once for the whole page."""

from people.templatetags.portal import icon, icon_of, sprite


def test_icon_is_drawn_without_what_html_and_styles_already_say():
    drawn = icon("plus-lg")

    assert drawn.startswith('<svg class="icon" aria-hidden="true" viewBox="0 0 16 16"><path fill-rule=')
    assert drawn.endswith("/></svg>")


def test_icon_of_a_sprite_points_to_where_it_is_drawn():
    drawn = sprite("copy", "trash")

    assert drawn.startswith('<svg class="d-none" aria-hidden="true"><symbol id="icon-copy" viewBox="0 0 16 16"><path')
    assert drawn.count("</symbol>") == 2
    assert icon_of("trash") == '<svg class="icon" aria-hidden="true"><use href="#icon-trash"/></svg>'
    assert '<symbol id="icon-trash"' in drawn
