"""What Alembic does not see, the comparison of clauses does."""

from __future__ import annotations

from sqlalchemy import create_engine

from tools.schema import Facts, clauses, differences, facts


def made(*statements: str) -> Facts:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
        return facts(connection)


TABLE = (
    "CREATE TABLE pet (id INTEGER PRIMARY KEY, name TEXT NOT NULL,"
    " CONSTRAINT ck CHECK (name IN ('a, b', 'c')))"
)


def test_clauses_are_cut_at_commas_outside_brackets_and_quotes() -> None:
    assert clauses(TABLE) == {
        "id INTEGER PRIMARY KEY",
        "name TEXT NOT NULL",
        "CONSTRAINT ck CHECK(name IN('a,b','c'))",
    }


def test_order_of_columns_quotes_and_blanks_do_not_matter() -> None:
    other = (
        'CREATE TABLE "pet" ("name" TEXT NOT NULL,\n  "id" INTEGER  PRIMARY KEY,'
        " CONSTRAINT ck CHECK (name IN ('a, b','c')))"
    )
    assert differences(made(other), made(TABLE)) == []


def test_a_missing_check_is_seen() -> None:
    found = differences(made("CREATE TABLE pet (id INTEGER PRIMARY KEY, name TEXT NOT NULL)"), made(TABLE))
    assert found == ["missing: table pet: CONSTRAINT ck CHECK(name IN('a,b','c'))"]


def test_a_partial_index_and_a_trigger_are_compared_by_their_condition() -> None:
    index = "CREATE UNIQUE INDEX one ON pet (name) WHERE id > {}"
    trigger = "CREATE TRIGGER keep BEFORE {} ON pet BEGIN SELECT RAISE(ABORT, 'no'); END"
    one = made(TABLE, index.format(1), trigger.format("UPDATE"))
    two = made(TABLE, index.format(2), trigger.format("DELETE"))
    assert [line.split(":")[1].strip() for line in differences(one, two)] == ["index one", "trigger keep"]
    assert differences(one, one) == []
