#!/usr/bin/env python3
"""The test of the stand-ins: each known mistake, put alone into the app's views, must be refused by the compiler.

    mistakes.py MODULES -- SWIFTC...      MODULES: where the built modules are; SWIFTC...: what runs the compiler, in ios-demo

What the compiler is not expected to find is named too, and must pass: it is what the stand-ins do not prove.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

APP = pathlib.Path(__file__).resolve().parent.parent
MISTAKES = [  # what, file, as it stands, as it is wrong; "-": must pass
    ("- nothing changed", "Home/HomeView", "", ""),
    ("label misspelt", "Home/HomeView", "VStack(alignment: .leading", "VStack(align: .leading"),
    ("alert(isShown:)", "App/SessionView", "isPresented: $isScreenshotTold", "isShown: $isScreenshotTold"),
    ("missing await", "Home/HomeView", "Task { await model.act(action) }", "Task { model.act(action) }"),
    ("async call in a synchronous action", "Home/HomeView", "Task { await model.act(action) }", "await model.act(action)"),
    ("missing await in refreshable", "Home/HomeView", ".refreshable { await model", ".refreshable { model"),
    ("Binding of the wrong type", "Form/FormControl", "text: $input[text: question.id], keyboard: .phonePad", "text: $input[yesNo: question.id], keyboard: .phonePad"),
    ("value for a Binding", "Form/FormControl", "parts: $input[date: question.id]", "parts: input[date: question.id]"),
    ("$ without @Bindable", "App/SessionView", "@Bindable var session", "let session"),
    ("misspelt modifier", "Code/CodeView", ".privacySensitive()", ".privacySensitiv()"),
    ("modifier of UIKit's name", "Look/Page", ".background(Color(palette.page))", ".backgroundColor(Color(palette.page))"),
    ("unknown environment value", "Code/CodeView", "\\.scenePhase", "\\.scenePhaze"),
    ("missing case in a switch", "Form/FormView", "            case .saved: saved\n", ""),
    ("optional unwrapped by nobody", "Code/CodeView", "if let person = state.person { Text(verbatim: person)", "if true { Text(verbatim: state.person)"),
    ("not a view in a builder", "Why/WhyView", "            checkIns\n", "            42\n"),
    ("onChange of something not Equatable", "Form/FormView", "of: state.question?.id)", "of: { state.question })"),
    ("ForEach over what has no id", "Settings/SettingsView", "ForEach(state.losses, id: \\.self)", "ForEach(state.losses)"),
    ("model used off the main actor", "App/SessionView", "case .background: BackgroundSync.schedule(afterSecs: session.unseenAfterSecs)", "case .background: Task.detached { session.path = [] }"),
    ("non-Sendable captured by a @Sendable closure", "Look/Gallery", "{ content(ScreenWords(language: \"zh-Hans\")) }", "{ let box = Box(); Task.detached { box.n += 1 }; box.n += 1; return content(ScreenWords(language: \"zh-Hans\")) }"),
    ("mutating self in body", "Form/FormControl", "input[yesNo: question.id] = true", "label = label"),
    ("wrong closure arity", "App/SessionView", "{ _, colour in", "{ _, colour, extra in"),
    ("style that is none", "Look/Buttons", ".buttonStyle(.plain)", ".buttonStyle(.insetGrouped)"),
    ("interpolation that is none", "Look/CodePlate", ".interpolation(.none)", ".interpolation(.never)"),
    ("state of another screen", "History/HistoryView", "let state: HistoryState", "let state: HomeState"),
    ("action of another screen", "Why/WhyView", "act(.history)", "act(.sync)"),
    ("brightness set off the main actor", "Phone/Brightness", "@MainActor\nfinal class", "final class"),
    ("delegate method of a wrong shape", "Phone/CodeScanner", "didAdd addedItems: [RecognizedItem], allItems", "didAdd addedItems: [RecognizedItem], all"),
    ("intent without a title", "Phone/ShowCodeIntent", "    static let title: LocalizedStringResource = \"outside-show-code\"\n", ""),
    ("task request of a wrong type", "Phone/BackgroundSync", "earliestBeginDate = Date(timeIntervalSinceNow: Double(afterSecs))", "earliestBeginDate = afterSecs"),
    ("unused value (a warning is an error)", "Phone/ChangeNotice", "let content = UNMutable", "let unused = 1; let content = UNMutable"),
    ("picker's items of a wrong type", "Appeal/EvidencePicker", "photos: [PhotosPickerItem] = []", "photos: [Data] = []"),
    ("picture scaled without waiting", "Phone/ScaledPicture", "let small = await whole.", "let small = whole."),
    ("importer without a binding", "Appeal/EvidencePicker", "isPresented: $isPickingDocument", "isPresented: isPickingDocument"),
    ("login's answer not waited for", "Phone/SystemBrowser", "let answer = try await browser", "let answer = try browser"),
    ("phone's own question of another name", "Phone/OwnerCheck", ".deviceOwnerAuthentication, localizedReason", ".deviceOwner, localizedReason"),
    ("missing case of an appeal", "Appeal/AppealView", "            case .withdraw: withdraw\n", ""),
    ("lock without its question", "App/LockView", "lock.open { await OwnerCheck", "lock.open { OwnerCheck"),
    ("tab that is chosen by no Binding", "Code/CodeTabs", "selection: Binding(get: { shown }, set: { id in Task { @MainActor in act(.show(id)) } })", "selection: shown"),
    ("style of a tab view that is none", "Code/CodeTabs", ".page(indexDisplayMode: .never)", ".paged"),
    ("file to share that may not be there", "Export/ExportView", "ShareLink(item: file)", "ShareLink(item: state.file)"),
    ("method that a PDF's page has not", "Phone/ExportPaper", "context.beginPage()", "context.newPage()"),
    ("result that a detector has not", "Phone/CodePicker", "request.results ?? []", "request.observations ?? []"),
    ("picture looked through without a try", "Phone/CodePicker", "(try? VNImageRequestHandler(data: picture).perform([request]))", "VNImageRequestHandler(data: picture).perform([request])"),
    ("symbology that there is not", "Phone/CodePicker", "[.qr]", "[.qrCode]"),
    ("time followed without waiting", "Results/ResultsView", "await model.followTime()", "model.followTime()"),
    ("row of a list without its sign", "Results/ResultsView", "CardRow(sign: result.sign, spoken:", "CardRow(spoken:"),
    ("missing page of certificates", "Dcc/DccView", "            case .remove: remove\n", ""),
    ("step of a certificate that there is not", "Dcc/DccCertificate", "case .handIn: Primary", "case .compare: Primary"),
    # What the compiler is not expected to find.
    ("- symbol that there is not", "Home/HomeView", "\"gearshape\"", "\"gearshap\""),
    ("- no label for VoiceOver", "Look/CodePlate", "        .accessibilityLabel(Text(verbatim: label))\n", ""),
    ("- word that there is not (screen_words finds it)", "Home/HomeView", "words[\"home-settings\"]", "words[\"home-setings\"]"),
]


def compiles(folder, modules, swiftc):
    """Whether the sources do; -emit-sil, for data races are found after the type-check."""
    sources = sorted(str(file) for file in folder.rglob("*.swift"))
    flags = ["-emit-sil", "-wmo", "-o", "/dev/null", "-swift-version", "6", "-warnings-as-errors", "-parse-as-library", "-module-name", "HealthCode", "-I", modules]
    flags += ["-Xcc", f"-fmodule-map-file={APP.parent}/bindings/swift/Sources/HealthCodeFFI/module.modulemap"]
    done = subprocess.run([*swiftc, *flags, *sources], capture_output=True, text=True, cwd=APP)
    errors = [line for line in done.stderr.splitlines() if "error:" in line]
    if (done.returncode != 0) != bool(errors):
        raise SystemExit(f"the compiler did not run: {done.stderr[-2000:]}")
    return not errors, errors


def main():
    modules, swiftc = sys.argv[1], sys.argv[3:]
    wrong = 0
    # In the work tree, which a compiler in a chroot sees.
    with tempfile.TemporaryDirectory(dir=APP.parent / "target", prefix="mistakes-") as made:
        folder = pathlib.Path(made)
        shutil.copytree(APP / "HealthCode", folder / "HealthCode", ignore=shutil.ignore_patterns("Resources", "*.plist"))
        shutil.copytree(APP / "checks/StandIns/HealthCodeKit", folder / "Keys")
        (folder / "Box.swift").write_text("final class Box { var n = 0 }\n")
        for what, name, old, new in MISTAKES:
            files = [folder / "HealthCode" / f"{part}{name}.swift" for part in ("", "Capability/")]
            file = next(file for file in files if file.exists())
            source = file.read_text()
            if old not in source:
                raise SystemExit(f"{what}: {name} has changed, there is no {old!r}")
            file.write_text(source.replace(old, new, 1))
            passed, errors = compiles(folder, modules, swiftc)
            file.write_text(source)
            expected = what.startswith("- ")
            wrong += passed != expected
            print("passes" if passed else "refused", "" if passed == expected else "(!)", what, errors[0].split("error:")[1][:90] if errors else "", flush=True)
    print(f"{len(MISTAKES) - wrong} as expected, {wrong} not")
    sys.exit(bool(wrong))


main()
