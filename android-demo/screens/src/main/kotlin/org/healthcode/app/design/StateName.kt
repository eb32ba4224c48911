package org.healthcode.app.design

import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag

/** Names the state that is drawn here, as docs/APPS.md lists it: scenarios look for it. No reader hears it. */
fun Modifier.stateName(name: String): Modifier = testTag("state-$name")
