"""Imports point down: refuses an import of a layer above or beside, a C library outside its one folder, an oversized file."""

import pathlib
import re
import sys

LAYERS = {
    "CCmark": 0, "COpenSSL": 0, "CCurl": 0, "CQREncode": 0, "CPostgreSQL": 0,
    "Cryptography": 10, "Templates": 11, "Catalog": 11, "Database": 11, "Transport": 11,
    "Payments": 20, "Fulfilment": 21,
    "Storefront": 30, "Operations": 30, "WebhookServer": 31,
    "keyfront": 40, "keyfront-webhook": 40,
}
C_LIBRARY_HOME = {"CCmark": "Catalog", "COpenSSL": "Cryptography", "CCurl": "Transport", "CQREncode": "Storefront", "CPostgreSQL": "Database"}
MUST_NOT_KNOW = {
    "Storefront": {"Database", "Payments", "Fulfilment"},
    "WebhookServer": {"Database", "GRDB"},
    "Fulfilment": {"Hummingbird", "Templates", "Transport"},
    "Payments": {"Database", "GRDB"},
    "Templates": {"Foundation", "Catalog"},
}
IMPORT = re.compile(r"^(?:@\w+(?:\([^)]*\))?\s+)*(?:package |public |internal |private |fileprivate )?import (?:\w+ )?(\w+)", re.M)

faults = []
for path in sorted(pathlib.Path("Sources").rglob("*.swift")):
    target = path.parts[1]
    text = path.read_text(encoding="utf-8")
    for match in IMPORT.finditer(text):
        name, line = match.group(1), text.count("\n", 0, match.start()) + 1
        where = f"{path}:{line}: error:"
        if name in LAYERS and LAYERS[name] >= LAYERS[target]:
            faults.append(f"{where} {target} (layer {LAYERS[target] // 10}) must not import {name}: imports point down")
        if C_LIBRARY_HOME.get(name, target) != target:
            faults.append(f"{where} {name} is imported in {C_LIBRARY_HOME[name]} alone")
        if name in MUST_NOT_KNOW.get(target, ()):
            faults.append(f"{where} {target} must not know {name}")
    if text.count("\n") > 400:
        faults.append(f"{path}:401:1: error: a file has at most 400 lines; this one has {text.count(chr(10))}")

print("\n".join(faults) if faults else f"layers: {len(LAYERS)} targets, every import points down")
sys.exit(1 if faults else 0)
