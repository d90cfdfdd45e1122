"""What our pages want of the tree that python-markdown built: headings, links, figures, tables, notices."""

import re
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from lms.content.figures import caption_figure, drop_players, first_picture, make_figure, show_image
from lms.content.formula_marks import TAG, dress_formula
from lms.content.lines import asset_name
from lms.content.notices import NOTICES
from lms.content.page import Page, slug
from lms.content.sanitize import safe_link

_HEADING = re.compile(r"h[1-6]")
_STASH = re.compile(r"\x02[^\x03]*\x03")
_FILM = re.compile(
    r"https?://(?:(?:www\.|m\.)?(?:youtube\.com|youtu\.be|vimeo\.com)/|[^?#]+\.(?:mp4|webm|m4v|mov)(?:$|[?#]))",
    re.I,
)
_TASK = re.compile(r"\[([ xX])\][ ]+")


def dress(root: Element, page: Page) -> None:
    """Change the tree in place."""
    _headings(root, page)
    first = first_picture(root) if page.eager else None
    parents = {child: parent for parent in root.iter() for child in parent}
    for element in list(root.iter()):
        parent = parents.get(element)
        if element.tag == "a":
            _link(element, page)
        elif element.tag == "img":
            show_image(element, page, lazy=element is not first)
        elif element.tag == "table" and parent is not None:
            _table(element, parent, page)
        elif element.tag in {"ul", "ol"}:
            _tasks(element, page)
        elif element.tag == "div":
            _division(element, page)
        elif element.tag == "figure":
            caption_figure(element)
    for element in list(root.iter("p")):
        make_figure(element, page)
    drop_players(root)
    for element in list(root.iter()):
        _own_ids(element, page)
        if element.tag == TAG:
            dress_formula(element, page)


def _text(element: Element) -> str:
    return " ".join(_STASH.sub(" ", "".join(element.itertext())).split())


def _headings(root: Element, page: Page) -> None:
    """The highest level of the author becomes h2; ids and anchors."""
    found = [element for element in root.iter() if _HEADING.fullmatch(element.tag)]
    shift = 2 - min((int(element.tag[1]) for element in found), default=2)
    for element in found:
        level = min(6, int(element.tag[1]) + shift)
        words = _text(element)
        element.tag = f"h{level}"
        name = page.own_id(element.get("id") or words)
        element.set("id", name)
        if level > 3:
            continue
        if len(element):
            element[-1].tail = f"{element[-1].tail or ''} "
        else:
            element.text = f"{element.text or ''} "
        anchor = SubElement(element, "a", {"class": "anchor", "href": f"#{name}"})
        anchor.set("aria-label", page.words.anchor % words)
        anchor.text = "#"


def _link(element: Element, page: Page) -> None:
    if element.get("class") == "anchor":
        return
    if "footnote-ref" in (element.get("class") or "") or "footnote-backref" in (element.get("class") or ""):
        return
    target = element.get("href") or ""
    address = _address(target, page)
    for name in [name for name in element.attrib if name not in {"title", "lang"}]:
        del element.attrib[name]
    if address is None:
        element.tag = "span"
        element.attrib.pop("title", None)
        return
    element.set("href", address)
    if address.casefold().startswith(("http://", "https://")):
        element.set("rel", "noopener")
        if _FILM.match(address) and len(element) == 0:
            element.text = f"{element.text or ''} ({page.words.leaves})"


def _address(target: str, page: Page) -> str | None:
    scheme, _, rest = target.partition(":")
    kind = {"materi": "lesson", "lesson": "lesson", "kuis": "quiz", "quiz": "quiz"}.get(scheme)
    if kind and page.piece_url:
        key, _, place = rest.partition("#")
        return page.piece_url(kind, key) + (f"#{page.prefix}-{slug(place)}" if place else "")
    if kind:
        return None
    if name := asset_name(target):
        return page.asset_url(name) if page.asset_url else None
    if target.startswith("#"):
        return f"#{page.prefix}-{slug(target[1:])}"
    return target if safe_link(target) and ":" in target else None


def _table(table: Element, parent: Element, page: Page) -> None:
    for cell in table.iter():
        if cell.tag in {"td", "th"}:
            side = {"right": "r", "center": "c"}.get(cell.attrib.pop("align", ""))
            if side:
                cell.set("class", side)
        if cell.tag == "th":
            cell.set("scope", "col")
    if parent.tag == "figure":
        box = parent
        box.tag = "div"
        if (caption := parent.find("figcaption")) is not None:
            parent.remove(caption)
            caption.tag = "caption"
            table.insert(0, caption)
    else:
        box = Element("div")
        box.tail, table.tail = table.tail, ""
        parent[list(parent).index(table)] = box
        box.append(table)
    box.attrib.update({"class": "scroll", "tabindex": "0", "role": "group", "aria-label": page.words.table})


def _tasks(items: Element, page: Page) -> None:
    """``- [x]`` in a lesson: a list of things done and to do, said in words and shown by a mark."""
    holders = [
        item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
        for item in items
    ]
    marks = [_TASK.match(holder.text or "") for holder in holders]
    if not any(marks):
        return
    items.tag = "ul"
    items.set("class", "task")
    for item, holder, found in zip(items, holders, marks, strict=True):
        if found is None:
            continue
        done = found[1] != " "
        body = Element("span")
        body.text, body[:] = (holder.text or "")[found.end() :], list(holder)
        sign, words = (
            Element("span", {"class": "mark", "aria-hidden": "true"}),
            Element("span", {"class": "vh"}),
        )
        sign.text, words.text = ("✓" if done else "○"), (page.words.done if done else page.words.open)
        words.tail = " "
        holder.text, holder[:] = "", [sign, words, body]
        if done:
            item.set("class", "done")


def _division(element: Element, page: Page) -> None:
    classes = (element.get("class") or "").split()
    if "footnote" in classes:
        _footnotes(element, page)
    elif "admonition" in classes:
        word = next((name for name in classes if name in NOTICES), "catatan")
        _, look, *titles = NOTICES[word]
        element.attrib.clear()
        element.set("class", f"admonition {look}")
        if len(element) and element[0].get("class") == "admonition-title" and element[0].text == titles[0]:
            element[0].text = titles[1 if page.english else 0]


def _footnotes(element: Element, page: Page) -> None:
    element.tag = "section"
    element.set("aria-label", page.words.notes)
    for rule in element.findall("hr"):
        element.remove(rule)
    for number, item in enumerate(element.iter("li"), 1):
        for link in item.iter("a"):
            if "footnote-backref" in (link.get("class") or ""):
                link.text = page.words.back
                link.set("aria-label", page.words.back_label % number)
                link.attrib.pop("title", None)


def _own_ids(element: Element, page: Page) -> None:
    """Footnotes get the prefix of the page; other ids of authors go."""
    if _HEADING.fullmatch(element.tag):
        return
    name = element.attrib.pop("id", "")
    if name.startswith(("fn:", "fnref")):
        element.set("id", note_id(page.prefix, name))
    target = element.get("href") or ""
    classes = element.get("class") or ""
    if element.tag == "a" and "footnote-" in classes:
        element.set("href", f"#{note_id(page.prefix, target.lstrip('#'))}")
        if "footnote-ref" in classes:
            element.set("aria-label", page.words.note % (element.text or ""))
        del element.attrib["class"]


def note_id(prefix: str, name: str) -> str:
    """fn:law of the page becomes prefix-fn-law; the text of the label is made plain."""
    kind, _, label = name.partition(":")
    return f"{prefix}-{kind}-{slug(label) or quote(label, safe='').replace('%', '') or '0'}"
