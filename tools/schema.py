"""What a database holds, as comparable facts: columns, keys, CHECKs, indexes, triggers.

Alembic compares no CHECK constraints, so the clauses of the database itself are read.
"""

from __future__ import annotations

import re

from sqlalchemy import Connection, text

Facts = dict[str, str]
"""From a name such as "table user: column email ..." to the text that defines it."""

_POSTGRESQL = {
    "column": """
        SELECT table_name || '.' || column_name,
               concat_ws(' ', udt_name, character_maximum_length, is_nullable, column_default)
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraint": """
        SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'""",
    "index": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "trigger": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "function": """
        SELECT proname, pg_get_functiondef(oid) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'""",
}


def facts(connection: Connection) -> Facts:
    """Return the facts of the whole database, without Alembic's own table."""
    found = _sqlite(connection) if connection.dialect.name == "sqlite" else _postgresql(connection)
    return {name: value for name, value in found.items() if "alembic_version" not in name}


def differences(made: Facts, wanted: Facts) -> list[str]:
    """Return one line for each fact that is missing, too much or different in `made`."""
    lines = [f"missing: {name} {wanted[name]}".rstrip() for name in sorted(wanted.keys() - made.keys())]
    lines += [f"too much: {name} {made[name]}".rstrip() for name in sorted(made.keys() - wanted.keys())]
    for name in sorted(made.keys() & wanted.keys()):
        if made[name] != wanted[name]:
            lines.append(f"different: {name}: {made[name]!r}, wanted {wanted[name]!r}")
    return lines


def _postgresql(connection: Connection) -> Facts:
    return {
        f"{kind} {name}": " ".join(str(definition).split())
        for kind, query in _POSTGRESQL.items()
        for name, definition in connection.execute(text(query))
    }


def _sqlite(connection: Connection) -> Facts:
    rows = connection.execute(
        text("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND sql IS NOT NULL")
    )
    found: Facts = {}
    for kind, name, sql in rows:
        if kind == "table" and not sql.upper().startswith("CREATE VIRTUAL"):
            # A rebuilt table has its columns in another order, so the set of clauses is compared.
            found.update({f"table {name}: {clause}": "" for clause in clauses(sql)})
        else:
            found[f"{kind} {name}"] = _plain(sql)
    return found


def clauses(sql: str) -> set[str]:
    """Return the columns and constraints of a CREATE TABLE statement of SQLite."""
    body = sql[sql.index("(") + 1 : sql.rindex(")")]
    found, depth, start, quoted = set(), 0, 0, False
    for position, letter in enumerate(body):
        if letter == "'":
            quoted = not quoted
        elif not quoted and letter in "()":
            depth += 1 if letter == "(" else -1
        elif not quoted and letter == "," and depth == 0:
            found.add(_plain(body[start:position]))
            start = position + 1
    found.add(_plain(body[start:]))
    return found


def _plain(sql: str) -> str:
    """Drop what has no meaning: quotes around names, blanks."""
    return re.sub(r"\s*([(),])\s*", r"\1", " ".join(sql.replace('"', "").split()))
