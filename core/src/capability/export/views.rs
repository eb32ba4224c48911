//! What a person reads of an export.

use serde::Serialize;

crate::app_types! {
    describe as describe_export_types;

    /// Everything that is held, in words: for a screen, and for a page to print.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ExportView {
        /// Its title.
        pub title: String,
        /// When it was made, in words.
        pub made_at_text: String,
        /// In order.
        pub sections: Vec<ExportSection>,
    }

    /// A part of it.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ExportSection {
        /// Its heading.
        pub title: String,
        /// In order; none where nothing is held, which `empty_text` then says.
        pub rows: Vec<ExportRow>,
        /// What stands there where there are no rows.
        pub empty_text: Option<String>,
    }

    /// A line of it.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ExportRow {
        /// What it is.
        pub label: String,
        /// What is held; several lines are parted by line feeds.
        pub text: String,
    }
}

crate::hidden_debug!(ExportView, ExportSection, ExportRow);
