"""Pictures, sound and film in the tree that python-markdown built."""

from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from lms.content.kept import keep
from lms.content.lines import asset_name
from lms.content.media import cost, is_media, player
from lms.content.page import SIZES, Media, Page, Picture

_PLAYER = "player"
_NEAR_TOP = 3


def first_picture(root: Element) -> Element | None:
    """The picture that is seen at once: the first, when it stands in one of the first blocks."""
    return next((found for block in root[:_NEAR_TOP] for found in block.iter("img")), None)


def show_image(element: Element, page: Page, *, lazy: bool) -> None:
    """Give a picture its addresses and size; sound and film become players, or links where none may stand."""
    name = asset_name(element.get("src") or "")
    alt, title, tail = element.get("alt") or "", element.get("title"), element.tail
    element.clear()
    element.tail = tail
    if name is None or page.asset_url is None:
        element.tag, element.text = "span", alt
        return
    shown = page.shown(name) if page.shown else None
    if is_media(name):
        _media(element, name, alt, shown if isinstance(shown, Media) else None, page)
        return
    element.set("alt", alt)
    if title:
        element.set("title", title)
    if isinstance(shown, Picture):
        _sources(element, shown, page)
    else:
        url = page.asset_url(name)
        element.set("src", url)
        page.sources.add(url)
        if size := page.asset_size(name) if page.asset_size else None:
            element.set("width", str(size[0]))
            element.set("height", str(size[1]))
    if lazy:
        element.set("loading", "lazy")


def _sources(element: Element, shown: Picture, page: Page) -> None:
    element.set("src", shown.sources[0][0])
    page.sources.add(shown.sources[0][0])
    if len(shown.sources) > 1:
        several = ", ".join(f"{url} {width}w" for url, width in shown.sources)
        element.set("srcset", several)
        element.set("sizes", SIZES)
        page.sources.add(several)
    element.set("width", str(shown.width))
    element.set("height", str(shown.height))


def _media(element: Element, name: str, alt: str, media: Media | None, page: Page) -> None:
    """A link for now; alone in its paragraph it becomes a player."""
    if media is None or page.asset_url is None:
        element.tag, element.text = "span", alt
        return
    element.tag, element.text = "a", AtomicString(f"{alt} ({cost(name, media, page).rstrip('.')})")
    element.set("href", media.url)
    if not page.inline:
        element.set(_PLAYER, player(name, alt, media, page))


def make_figure(paragraph: Element, page: Page) -> None:
    """A picture or player alone in its paragraph becomes a figure; the title of a picture its caption."""
    alone = len(paragraph) == 1 and not (paragraph.text or "").strip()
    alone = alone and not (paragraph[0].tail or "").strip()
    for child in paragraph:
        html = child.attrib.pop(_PLAYER, "")
        if html and alone:
            paragraph.clear()
            paragraph.tag, paragraph.text = "figure", AtomicString(keep(html, page))
            return
    if not alone or paragraph[0].tag != "img":
        return
    image = paragraph[0]
    caption = image.attrib.pop("title", "")
    paragraph.tag, paragraph.text, image.tail = "figure", "", ""
    if caption:
        SubElement(paragraph, "figcaption").text = caption


def drop_players(root: Element) -> None:
    """Players that stand in no paragraph of their own stay links."""
    for element in root.iter("a"):
        element.attrib.pop(_PLAYER, None)


def caption_figure(figure: Element) -> None:
    """A caption is one paragraph: its words stand in the figcaption itself, the picture in the figure."""
    caption = figure.find("figcaption")
    if caption is None:
        return
    if len(caption) == 1 and caption[0].tag == "p":
        inner = caption[0]
        caption.text, caption[:] = inner.text, list(inner)
    picture = figure.find("p/img")
    first = figure.find("p")
    if picture is not None and first is not None and len(first) == 1:
        picture.tail = ""
        picture.attrib.pop("title", None)
        figure.remove(first)
        figure.insert(0, picture)
