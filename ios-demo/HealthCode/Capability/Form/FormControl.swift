import HealthCodeKit
import HealthCodeScreens
import SwiftUI

/// What one question is answered with, by its kind.
struct FormControl: View {
    let question: FormState.Question
    let words: ScreenWords
    @Binding var input: FormInput

    var body: some View {
        switch question.kind {
        case .text:
            TypedField(label: question.label, text: $input[text: question.id], isMultiline: question.isMultiline)
        case .number:
            HStack(spacing: 8) {
                TypedField(label: question.label, text: $input[text: question.id], keyboard: .decimalPad)
                if let unit = question.unit { Text(unit).role(.body) }
            }
        case .phone: TypedField(label: question.label, text: $input[text: question.id], keyboard: .phonePad)
        case .division:
            Text(words["form-division-hint"]).role(.smallest)
            TypedField(label: question.label, text: $input[text: question.id], keyboard: .numberPad)
        case .date: DateBoxes(words: words, parts: $input[date: question.id])
        case .document: DocumentFields(question: question, words: words, input: $input)
        case .singleChoice: single
        case .multipleChoice: multiple
        case .yesNo: yesNo
        }
    }

    @ViewBuilder private var single: some View {
        Text(words["form-choose-one"]).role(.smallest)
        // Lazy: a list of countries is long.
        LazyVStack(alignment: .leading, spacing: 8) {
            ForEach(question.choices) { choice in
                ChoiceRow(label: choice.label, isChosen: input[choice: question.id] == choice.id, isSingle: true) {
                    input[choice: question.id] = choice.id
                }
            }
        }
    }

    @ViewBuilder private var multiple: some View {
        Text(words["form-choose-any"]).role(.smallest)
        ForEach(question.choices) { choice in
            ChoiceRow(label: choice.label, isChosen: input[choice: question.id, has: choice.id], isSingle: false) {
                input[choice: question.id, has: choice.id].toggle()
            }
        }
    }

    @ViewBuilder private var yesNo: some View {
        ChoiceRow(label: words["common-yes"], isChosen: input[yesNo: question.id] == true, isSingle: true) {
            input[yesNo: question.id] = true
        }
        ChoiceRow(label: words["common-no"], isChosen: input[yesNo: question.id] == false, isSingle: true) {
            input[yesNo: question.id] = false
        }
    }
}

/// One thing to choose: a button over the whole row, whose state is spoken.
struct ChoiceRow: View {
    @Environment(\.palette) private var palette
    @Environment(\.isElder) private var isElder
    let label: String
    let isChosen: Bool
    let isSingle: Bool
    let choose: @MainActor () -> Void

    var body: some View {
        Button(action: choose) {
            HStack(spacing: 12) {
                Image(systemName: symbol).imageScale(.large).accessibilityHidden(true)
                Text(label).role(.body)
                Spacer(minLength: 0)
            }
            .padding(.horizontal, 12)
            .frame(maxWidth: .infinity, minHeight: Tokens.touch(isElder: isElder), alignment: .leading)
            .foregroundStyle(Color(isChosen ? palette.action : palette.text))
            .overlay {
                RoundedRectangle(cornerRadius: 12)
                    .stroke(Color(isChosen ? palette.action : palette.border), lineWidth: isChosen ? 2 : 1)
            }
            .contentShape(Rectangle())
        }
        .buttonStyle(.plain)
        .accessibilityAddTraits(isChosen ? .isSelected : [])
    }

    private var symbol: String {
        isSingle
            ? (isChosen ? "largecircle.fill.circle" : "circle") : (isChosen ? "checkmark.square.fill" : "square")
    }
}

/// A box to type into, with its label above it.
struct TypedField: View {
    @Environment(\.palette) private var palette
    @Environment(\.isElder) private var isElder
    let label: String
    @Binding var text: String
    var keyboard = UIKeyboardType.default
    var isMultiline = false

    var body: some View {
        TextField(label, text: $text, axis: isMultiline ? .vertical : .horizontal)
            .role(.body)
            .keyboardType(keyboard)
            .autocorrectionDisabled()
            .textInputAutocapitalization(.never)
            .padding(12)
            .frame(minHeight: Tokens.touch(isElder: isElder))
            .overlay { RoundedRectangle(cornerRadius: 12).stroke(Color(palette.border), lineWidth: 1) }
            .accessibilityLabel(Text(verbatim: label))
    }
}

/// A date as three numbers, in the language's order, without jumping from box to box.
struct DateBoxes: View {
    let words: ScreenWords
    @Binding var parts: FormInput.DateParts

    var body: some View {
        Text(words["form-date-hint"]).role(.smallest)
        HStack(alignment: .bottom, spacing: 8) {
            if words.startsWithYear {
                year
                month
                day
            } else {
                day
                month
                year
            }
        }
    }

    private var year: some View { box(words["form-date-year"], $parts.year) }
    private var month: some View { box(words["form-date-month"], $parts.month) }
    private var day: some View { box(words["form-date-day"], $parts.day) }

    private func box(_ label: String, _ text: Binding<String>) -> some View {
        VStack(alignment: .leading, spacing: 4) {
            Text(label).role(.smallest).accessibilityHidden(true)
            TypedField(label: label, text: text, keyboard: .numbersAndPunctuation)
        }
    }
}

/// A document's kind and number; an X can be typed.
struct DocumentFields: View {
    let question: FormState.Question
    let words: ScreenWords
    @Binding var input: FormInput

    var body: some View {
        Text(words["form-document-kind"]).role(.smallest)
        ForEach(question.documentKinds) { kind in
            ChoiceRow(label: kind.label, isChosen: input[documentKind: question.id] == kind.id, isSingle: true) {
                input[documentKind: question.id] = kind.id
            }
        }
        Text(words["form-document-number-hint"]).role(.smallest)
        TypedField(
            label: words["form-document-number"], text: $input[documentNumber: question.id],
            keyboard: .numbersAndPunctuation)
    }
}
