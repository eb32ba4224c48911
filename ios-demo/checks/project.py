#!/usr/bin/env python3
"""Checks what Xcode reads and no compiler here does: the project file, the property lists, the String Catalogs.

Every id that the project names exists and every object is reached; folders and files that it names are there; property lists can be
read and say what the sources say; every text of a catalogue is there in every language. Standard library alone.
"""
import json
import pathlib
import plistlib
import re
import sys

APP = pathlib.Path(__file__).resolve().parent.parent
PROJECT = APP / "Xcode/HealthCode.xcodeproj/project.pbxproj"
TOKEN = re.compile(r'\s*(?://[^\n]*\n)*\s*("(?:[^"\\]|\\.)*"|[A-Za-z0-9_./$]+|[{}()=;,])', re.S)
bad = []


def parse(text):
    """The OpenStep property list of a project file: dictionaries, lists and strings."""
    tokens, at = [], 0
    while text[at:].strip():
        found = TOKEN.match(text, at)
        if not found:
            raise ValueError(f"not a token: {text[at:at + 40]!r}")
        tokens.append(found[1])
        at = found.end()
    place = 0

    def take(wanted=None):
        nonlocal place
        token = tokens[place]
        place += 1
        if wanted and token != wanted:
            raise ValueError(f"{wanted} wanted, {token} found at token {place}")
        return token

    def value():
        token = take()
        if token == "{":
            entries = {}
            while tokens[place] != "}":
                key = take().strip('"')
                take("=")
                if key in entries:
                    raise ValueError(f"{key} stands twice")
                entries[key] = value()
                take(";")
            take("}")
            return entries
        if token == "(":
            items = []
            while tokens[place] != ")":
                items.append(value())
                if tokens[place] == ",":
                    take()
            take(")")
            return items
        if token in "});=,":
            raise ValueError(f"a value wanted, {token} found")
        return token.strip('"')

    whole = value()
    if place != len(tokens):
        raise ValueError("something follows the end")
    return whole


def ids(value):
    if isinstance(value, dict):
        for item in value.values():
            yield from ids(item)
    elif isinstance(value, list):
        for item in value:
            yield from ids(item)
    elif re.fullmatch(r"[0-9A-F]{24}", value):
        yield value


def check_project():
    tree = parse(PROJECT.read_text())
    objects, seen, todo = tree["objects"], set(), [tree["rootObject"]]
    while todo:
        one = todo.pop()
        if one in seen:
            continue
        seen.add(one)
        if one in objects:
            todo += ids(objects[one])
        else:
            bad.append(f"{one} is named and does not exist")
    bad.extend(f"{one} ({it['isa']}) is not reached" for one, it in objects.items() if one not in seen)
    here = PROJECT.parent.parent
    for it in objects.values():
        paths = []
        if it["isa"] == "PBXFileSystemSynchronizedRootGroup":
            paths = [it["path"]] + [f"{it['path']}/{e}" for x in it["exceptions"] if objects[x]["target"] for e in objects[x]["membershipExceptions"]]
        elif it["isa"] == "XCLocalSwiftPackageReference":
            paths = [it["relativePath"] + "/Package.swift"]
        elif it["isa"] == "XCBuildConfiguration" and "INFOPLIST_FILE" in it["buildSettings"]:
            paths = [it["buildSettings"]["INFOPLIST_FILE"]]
        bad.extend(f"{path} is not there" for path in paths if not (here / path).exists())


def check_plists():
    info = plistlib.loads((APP / "HealthCode/Info.plist").read_bytes())
    source = (APP / "HealthCode/Phone/BackgroundSync.swift").read_text()
    for name in info["BGTaskSchedulerPermittedIdentifiers"]:
        if f'"{name}"' not in source:
            bad.append(f"{name}: a background task that the sources do not know")
    (scheme,) = info["CFBundleURLTypes"][0]["CFBundleURLSchemes"]
    widget = (APP / "HealthCodeWidget/HealthCodeWidget.swift").read_text()
    entrance = (APP / "HealthCode/Phone/Entrance.swift").read_text()
    if f'"{scheme}://code"' not in widget or f'"{scheme}"' not in entrance:
        bad.append(f"{scheme}: not the scheme of the widget and of the entrance")
    plistlib.loads((APP / "HealthCodeWidget/Info.plist").read_bytes())
    privacy = plistlib.loads((APP / "HealthCode/Resources/PrivacyInfo.xcprivacy").read_bytes())
    if privacy["NSPrivacyTracking"] or privacy["NSPrivacyTrackingDomains"]:
        bad.append("the privacy manifest allows tracking")
    for kind in privacy["NSPrivacyAccessedAPITypes"]:
        if not kind["NSPrivacyAccessedAPITypeReasons"]:
            bad.append(f"{kind['NSPrivacyAccessedAPIType']}: no reason")


def check_catalogues():
    for file in sorted((APP / "HealthCode/Resources").glob("*.xcstrings")):
        strings = json.loads(file.read_text())["strings"]
        languages = {tag for it in strings.values() for tag in it["localizations"]}
        for key, it in strings.items():
            for tag in languages:
                unit = it["localizations"].get(tag, {}).get("stringUnit", {})
                if unit.get("state") != "translated" or not unit.get("value"):
                    bad.append(f"{file.name}: {key}: nothing in {tag}")
    keys = json.loads((APP / "HealthCode/Resources/Localizable.xcstrings").read_text())["strings"]
    for folder in ("HealthCode", "HealthCodeWidget"):
        for source in (APP / folder).rglob("*.swift"):
            for key in re.findall(r'"(outside-[a-z-]+)"', source.read_text()):
                if key not in keys and "words[" not in source.read_text():
                    bad.append(f"{source.name}: {key} is in no catalogue")


for check in (check_project, check_plists, check_catalogues):
    try:
        check()
    except (ValueError, KeyError, OSError, IndexError) as error:
        bad.append(f"{check.__name__}: {type(error).__name__} {error}")
print(*bad, sep="\n")
print(f"{len(bad)} faults")
sys.exit(bool(bad))
