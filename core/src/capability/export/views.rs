//! What a person reads of an export.

use serde::Serialize;

use crate::words::TextDirection;

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

    /// What a block of an [`ExportDocument`] is, and so how it is drawn.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub enum ExportBlockKind {
        /// The paper's title, once, first.
        Title,
        /// A line by itself, in plain type.
        Note,
        /// Begins a part. Not the last block of a page.
        Heading,
        /// Begins a record of a part. Not the last block of a page.
        Subheading,
        /// What it is and what is held, beside each other.
        Row,
    }

    /// A heading, or one thing that is held.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ExportBlock {
        /// What it is.
        pub kind: ExportBlockKind,
        /// Of a row, what it is; otherwise empty. Empty also where a record is a value alone.
        pub label: String,
        /// Its text; several lines are parted by line feeds.
        pub text: String,
    }

    /// Everything that is held as a paper that a person reads: whoever draws it breaks it into lines and pages.
    #[derive(Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct ExportDocument {
        /// How its file is called: "health-code-2026-11-24.pdf".
        pub file_name: String,
        /// Its title.
        pub title: String,
        /// BCP 47 tag of the language that it is in.
        pub language: String,
        /// Which way that is written.
        pub direction: TextDirection,
        /// In order, from top to bottom.
        pub blocks: Vec<ExportBlock>,
    }
}

crate::hidden_debug!(
    ExportView,
    ExportSection,
    ExportRow,
    ExportBlock,
    ExportDocument
);
