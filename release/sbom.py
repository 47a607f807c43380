"""Print the software bill of materials of a wheel: CycloneDX 1.6, the same for the same wheel, without a date.

The wheel is one Python package without code of others; what it needs is what its metadata says, with the floors that
it says. Extras are marked as optional: which versions come is known only where it is installed.
"""

from __future__ import annotations

import email
import hashlib
import json
import re
import sys
import uuid
import zipfile
from pathlib import Path

_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)\s*(?:\[[^\]]*\])?\s*([^;]*)(?:;\s*(.*))?")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)['\"]")
UNSAID = {"dev"}
"""Extras that are for the makers."""


def sbom(wheel: Path) -> dict[str, object]:
    """Return the bill of materials of a wheel."""
    data = wheel.read_bytes()
    with zipfile.ZipFile(wheel) as archive:
        name = next(each for each in archive.namelist() if each.endswith(".dist-info/METADATA"))
        metadata = email.message_from_bytes(archive.read(name))
    own = f"pkg:pypi/{metadata['Name'].lower()}@{metadata['Version']}"
    digest = hashlib.sha256(data).hexdigest()
    needed = [component(each) for each in metadata.get_all("Requires-Dist") or ()]
    components = {each["bom-ref"]: each for each in needed if each}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, digest)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": metadata["Name"],
                "version": metadata["Version"],
                "description": metadata["Summary"],
                "licenses": [{"license": {"id": metadata["License-Expression"]}}],
                "purl": own,
                "hashes": [{"alg": "SHA-256", "content": digest}],
            }
        },
        "components": [components[ref] for ref in sorted(components)],
        "dependencies": [
            {"ref": own, "dependsOn": sorted(components)},
            *({"ref": ref} for ref in sorted(components)),
        ],
    }


def component(requirement: str) -> dict[str, object] | None:
    """Return the component that a requirement names; None for what only the makers need."""
    found = _REQUIREMENT.fullmatch(requirement.strip())
    if found is None:
        raise ValueError(f"{requirement!r} is no requirement")
    name, versions, marker = found[1], found[2].strip(), found[3] or ""
    extras = set(_EXTRA.findall(marker))
    if (extras and extras <= UNSAID) or name.lower() == "errdex":
        return None
    canonical = re.sub(r"[-_.]+", "-", name).lower()
    told = [{"name": "errdex:requirement", "value": f"{name}{versions}"}]
    told += [{"name": "errdex:extra", "value": extra} for extra in sorted(extras)]
    return {
        "type": "library",
        "bom-ref": f"pkg:pypi/{canonical}",
        "name": name,
        "purl": f"pkg:pypi/{canonical}",
        "scope": "optional" if extras else "required",
        "properties": told,
    }


if __name__ == "__main__":
    print(json.dumps(sbom(Path(sys.argv[1])), indent=2, sort_keys=True))
