//! What a person reads of an export.

use serde::Serialize;

crate::app_types! {
    describe as describe_export_types;

    /// How far the authority's own data are here.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum HoldingsState {
        /// Nobody asked for them.
        NotRequested,
        /// They are asked for, and come with the syncs.
        Requested,
        /// Some are here, the rest comes with the next syncs.
        Coming,
        /// All are here, as of the time that they were asked for.
        Held,
    }

    /// Everything that is held, in words: for a screen, and for a page to print.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ExportView {
        /// Its title.
        pub title: String,
        /// When it was made, in words.
        pub made_at_text: String,
        /// How far the authority's own data are in it.
        pub holdings: HoldingsState,
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
