"""An import-linter contract of our own: a package may import only what is listed."""

from __future__ import annotations

import sys
from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class AllowedImports(Contract):
    """`source` and its submodules import nothing but the standard library and `allowed` packages."""

    type_name = "allowed"
    source = fields.StringField()
    allowed = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Collect every direct import of the package that is not listed."""
        found = []
        for module in sorted({str(self.source)} | graph.find_descendants(str(self.source))):
            for target in sorted(graph.find_modules_directly_imported_by(module)):
                if not self._may_import(target):
                    found.append(f"{module} -> {target}")
        return ContractCheck(kept=not found, metadata={"found": found})

    def _may_import(self, target: str) -> bool:
        if target.split(".")[0] in sys.stdlib_module_names:
            return True
        allowed = cast("list[str]", self.allowed)
        return any(target == name or target.startswith(f"{name}.") for name in allowed)

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print the imports that are not listed."""
        for line in check.metadata["found"]:
            output.print_error(f"{line} is not allowed", bold=False)
