"""Holds an export of a phone against docs/schemas/export-1.json: python verify_export.py SCHEMA EXPORT"""

import json
import sys

import jsonschema


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as schema_file:
        schema = json.load(schema_file)
    with open(sys.argv[2], encoding="utf-8") as export_file:
        export = json.load(export_file)
    jsonschema.Draft202012Validator.check_schema(schema)
    faults = list(jsonschema.Draft202012Validator(schema).iter_errors(export))
    for fault in faults:
        print(fault.json_path, fault.validator)
    sys.exit(1 if faults else 0)


main()
