package org.healthcode.app.screen

import org.healthcode.app.App
import org.healthcode.core.NextStep
import org.healthcode.core.NextStepKind

/** The form screen's arguments. */
const val REGISTRATION: String = "registration"
const val DECLARATION: String = "declaration"
const val ENTRY: String = "entry"

/** The id of this phone's owner among its subjects. */
const val OWNER: String = "owner"

/** The button's label; none where there is nothing to do. */
val NextStep.label: String? get() = text.ifEmpty { null }

/** Does what the core says comes next; gives back what to do instead where this device cannot. */
fun App.take(step: NextStep): String? {
    when (step.kind) {
        NextStepKind.REGISTER, NextStepKind.MEND_REGISTRATION -> navigator.open("form", REGISTRATION)
        NextStepKind.DECLARE, NextStepKind.CHECK_IN_TODAY -> navigator.open("form", DECLARATION)
        NextStepKind.PROVE_IDENTITY -> navigator.open("proof")
        NextStepKind.DECLARE_ENTRY -> navigator.open("form", ENTRY)
        NextStepKind.CONNECT -> sync()
        NextStepKind.SAVE_DATA -> navigator.open("export")
        NextStepKind.SHOW_CODE -> navigator.open("code")
        NextStepKind.UPDATE -> if (!host.showUpdate()) return words["common-update-by-hand"]
        NextStepKind.NONE -> Unit
    }
    return null
}
