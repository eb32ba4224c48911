//! Tests of the forms as a whole; each file below looks at one side.

mod attributes;
mod loading;
mod properties;
mod read_back;
mod shipped;
mod together;
mod validating;
mod vectors;

use serde_json::{Map, Value, json};

use super::{Form, FormError};

/// Object literal to answers.
fn answers(json: &Value) -> Map<String, Value> {
    json.as_object().cloned().expect("an object")
}

/// A form with these fields; labels are filled in where they lack.
fn form_of(fields: &Value) -> Result<Form, FormError> {
    let mut fields = fields.clone();
    for field in fields.as_array_mut().expect("fields") {
        let label = json!({"en": "Question", "zh": "问题"});
        field
            .as_object_mut()
            .expect("a field")
            .entry("label")
            .or_insert(label);
    }
    let title = json!({"en": "Title", "zh": "标题"});
    read(&json!({
        "id": "test-form", "version": 1, "title": title,
        "sections": [{"id": "all", "title": title, "fields": fields}],
    }))
}

fn read(form: &Value) -> Result<Form, FormError> {
    Form::from_json(form.to_string().as_bytes())
}
