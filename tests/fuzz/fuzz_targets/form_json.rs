//! Forms and answers from outside: never a panic, and what was accepted is accepted again.
//!
//! Input: JSON, a form by itself, or `{"form": {..}, "answers": {..}, "today": ".."}`; with `"form"` the id of a form
//! that comes with the product, its answers.
#![no_main]

use health_code_core::form::Form;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|input: &[u8]| {
    if let Ok(form) = Form::from_json(input) {
        let again = Form::from_json(&form.to_json());
        assert_eq!(
            again.map(|again| again.definition().clone()),
            Ok(form.definition().clone())
        );
    }
    let Ok(json) = serde_json::from_slice::<Value>(input) else {
        return;
    };
    let form = match &json["form"] {
        Value::String(id) => shipped(id),
        form => Form::from_json(form.to_string().as_bytes()).ok(),
    };
    let (Some(form), Some(answers), Some(today)) =
        (form, json["answers"].as_object(), json["today"].as_str())
    else {
        return;
    };
    let _ = form.visible_fields(answers, today);
    let _ = form.progress(answers, today);
    if let Ok(valid) = form.validate(answers, today) {
        let again = form.validate(valid.values(), today);
        assert_eq!(
            again.as_ref().map(|again| again.values()),
            Ok(valid.values())
        );
    }
});

fn shipped(id: &str) -> Option<Form> {
    let form = health_code_core::form::shipped()
        .into_iter()
        .find(|form| form.id == id)?;
    Some(Form::from_json(form.json.as_bytes()).expect("shipped"))
}
