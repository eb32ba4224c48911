//! Forms: what is asked in a declaration.
//!
//! Invariant: a form that was published stays accepted in every version, since a phone that was offline filled one in.

use health_code_core::form::Form;
use health_code_core::trust::FORM_TYPE;
use health_code_core::wire::BundleKind;

use crate::cases::publish::{BundleKindRow, Content};

/// Row of the table of public bundles.
pub(crate) const BUNDLE: BundleKindRow = BundleKindRow {
    kind: BundleKind::FORM,
    id: "form",
    typ: FORM_TYPE,
    read: |content| {
        let form = Form::from_json(content).map_err(|error| error.code())?;
        form.require_known_facts().map_err(|error| error.code())?;
        let definition = form.definition();
        Ok(Content {
            name: definition.id.clone(),
            version: definition.version.into(),
            in_force: Box::new(|definitions| {
                definitions.take_form(form);
                Ok(())
            }),
        })
    },
};
