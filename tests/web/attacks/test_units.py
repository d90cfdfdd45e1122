"""HR of one unit with what belongs to another: every route of the desk that names a row, and every list."""

from __future__ import annotations

import io
import zipfile
from itertools import product

from flask import url_for

from tests.web.access.table import ROWS
from tests.web.access.world import ACTORS, World
from tests.web.attacks.filled import Offer, offers, pages

TRIES = frozenset({"throttle_count"})
FOREIGN = {
    "user_id": "person_stranger", "certificate_id": "certificate_stranger", "export_id": "export_other",
    "file_id": "file_stranger", "request_id": "wish_stranger",
    "training_id": "training_stranger", "assignment_id": "order_stranger",
    "item_id": "plan_stranger", "obligation_id": "rule_stranger", "exception_id": "exception_stranger",
    "exemption_id": "exemption_stranger", "followup_id": "followup_stranger",
    "result_id": "unit_result_stranger",
    "programme_id": "path_stranger",
}  # fmt: skip
"""What an address of the desk may name -> the thing of the clinic, where HR of the district has no say."""
OWN = {
    "user_id": "person_learner", "certificate_id": "certificate", "export_id": "export", "file_id": "file",
    "request_id": "wish", "training_id": "training", "assignment_id": "order",
    "item_id": "plan_item", "obligation_id": "rule", "exception_id": "exception",
    "exemption_id": "exemption", "followup_id": "followup",
    "result_id": "unit_result",
    "programme_id": "path",
}  # fmt: skip
ONLY_BKPSDM = {"course_id", "announcement_id"}
"""Names of rows in parts of the desk that HR of a unit may not enter at all."""
OWNERS = {"import_id", "digest"}
"""A file that is being imported: only who brought it sees it (the access table says so)."""
NO_UNITS = {"slug", "kind", "position_id", "competency_id"}
"""Courses, positions, competencies and kinds of files belong to no unit; by name the desk shows of courses
only figures of all who took part, and people of a competency are those of one's own units."""
CITY = {row.endpoint for row in ROWS} - {
    row.endpoint for row in ROWS if row.answers[ACTORS.index("hr")] not in ("login", "403")
}
"""Pages that HR of a unit may not enter whatever they name (403 in the access table)."""
NAME = "Bulan Permatasari"


def forms(world: World) -> dict[str, Offer]:
    """A filled form for each endpoint of the desk, as its own people see it."""
    return {offer.endpoint: offer for offer in offers(world) if offer.endpoint.startswith("hr.")}


def test_no_address_of_the_desk_opens_another_unit(office: World) -> None:
    """404 for each combination with a foreign row, and nothing is written or shown."""
    filled, tried = forms(office), 0
    office.restore()
    before = office.facts(TRIES)
    things = {**office.things, "file_stranger": int(office.things["file"]) + 1}
    for rule in office.app.url_map.iter_rules():
        if not rule.endpoint.startswith("hr.") or not rule.arguments:
            continue
        if (ONLY_BKPSDM | NO_UNITS | OWNERS) & rule.arguments or rule.endpoint in CITY:
            continue
        unknown = rule.arguments - set(FOREIGN)
        assert not unknown, f"{rule.endpoint}: say in FOREIGN what a stranger's {unknown} is"
        names = sorted(rule.arguments)
        for chosen in product((OWN, FOREIGN), repeat=len(names)):
            if FOREIGN not in chosen:
                continue
            values = {name: things[source[name]] for name, source in zip(names, chosen, strict=True)}
            with office.app.test_request_context():
                url = url_for(rule.endpoint, **values)  # type: ignore[arg-type]
            for method in (rule.methods or set()) & {"GET", "POST"}:
                data = filled[rule.endpoint].form.values() if method == "POST" else None
                answer = office.ask("hr", method, url, data, fresh=False)  # type: ignore[arg-type]
                assert answer.status_code == 404, (method, url)
                assert NAME not in answer.text
                tried += 1
    assert tried >= 10
    assert office.facts(TRIES) == before


def test_foreign_rows_in_a_form_are_left_out(office: World) -> None:
    """Ids of other units among the ticked rows, in hidden fields and in choices: nothing comes back."""
    things = office.things
    stranger, clinic = str(things["person_stranger"]), str(things["clinic"])
    answer = office.ask("hr", "POST", "/hr/codes/preview", {"id": stranger})
    assert NAME not in answer.text
    before = office.facts(TRIES)
    office.ask("hr", "POST", "/hr/codes", {"id": stranger, "nonce": "sekali-saja-cukup"}, fresh=False)
    for kind, field, row in (
        ("staff.csv", "id", stranger), ("hours.csv", "id", stranger),
        ("register.csv", "key", f"c{things['certificate_stranger']}"),
        ("package.zip", "key", f"c{things['certificate_stranger']}"),
    ):  # fmt: skip
        office.ask("hr", "POST", "/hr/exports", {"kind": kind, field: row, "unit": clinic}, fresh=False)
    learner = f"/hr/staff/{things['person_learner']}/edit"
    form = {"name": "Tengku Zahara", "nip": "199002142015032003", "employment": "pns", "unit_id": clinic}
    assert office.ask("hr", "POST", learner, form, fresh=False).status_code == 422
    assert office.facts(TRIES) == before


def test_no_list_of_the_desk_shows_another_unit(office: World) -> None:
    """Whatever unit, person or order the address names, no name of the clinic is shown."""
    things = office.things
    asked = [
        f"unit={things['clinic']}", f"q={NAME.split()[0]}", "q=199206302023212041",
        f"unit={things['district']}/../",
        f"course={things['course_id']}", "sort=-unit&size=100", "at=issue&by=issue",
        f"user={things['person_stranger']}",
    ]  # fmt: skip
    lists = [url for actor, url in pages(office) if actor == "hr" and not any(map(str.isdigit, url))]
    assert len(lists) >= 5
    for url, query in product(lists, asked):
        answer = office.ask("hr", "GET", f"{url}?{query}", fresh=False)
        assert answer.status_code in {200, 404}, (url, query)
        assert NAME.encode() not in answer.data, (url, query)


def test_files_hold_only_the_own_units(office: World) -> None:
    """The export that HR of the district has ordered names nobody of the clinic."""
    answer = office.ask("hr", "GET", f"/hr/exports/{office.things['export']}/file")
    assert b"Tengku Zahara" in answer.data
    assert NAME.encode() not in answer.data
    other = office.ask("hr_other", "GET", f"/hr/exports/{office.things['export_other']}/file")
    assert NAME.encode() in other.data
    zipped = office.ask("trainer", "POST", f"/trainer/courses/{office.things['course']}/exports")
    with zipfile.ZipFile(io.BytesIO(zipped.data)) as archive:
        text = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Tengku Zahara" not in text
    assert b"Bulan" not in text


def test_the_log_is_for_admins_alone(office: World) -> None:
    """The activity log names people of all units."""
    for actor in ("learner", "trainer", "hr", "hr_other", "bkpsdm"):
        answer = office.ask(actor, "GET", f"/admin/log?user={office.things['person_stranger']}", fresh=False)
        assert answer.status_code == 403
        assert NAME not in answer.text
