package org.healthcode.app.android

import android.app.Activity
import android.content.Intent
import android.os.Bundle

/** Where the browser leads back to after a login: hands the answer on, and brings the app in front. It shows nothing. */
class LoginAnswerActivity : Activity() {
    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        intent?.dataString?.let { (application as HealthCodeApplication).logins.answered(it) }
        startActivity(MainActivity.intent(this, Intent.ACTION_MAIN))
        finish()
    }
}
