//! What a screen shows of bulletins.

use serde::Serialize;

use super::wire::BulletinUrgency;

crate::app_types! {
    describe as describe_bulletin_types;

    /// The bulletins that concern a division.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct BulletinsView {
        /// The most urgent first, of equally urgent ones the newest.
        pub bulletins: Vec<BulletinView>,
        /// How many of them were not read yet.
        pub unread: u32,
    }

    /// A bulletin in the reader's language.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct BulletinView {
        /// Id, unique on this phone: the issuer's name, `/`, the bulletin's id.
        pub id: String,
        /// GB/T 2260 division that it concerns; 0 for everywhere.
        pub division: u32,
        /// How urgent.
        pub urgency: BulletinUrgency,
        /// When it was published, Unix seconds.
        pub published_at: i64,
        /// First instant at which it no longer holds, Unix seconds; none: until it is taken back.
        pub expires_at: Option<i64>,
        /// Headline.
        pub title: String,
        /// What is to be known; paragraphs are parted by line feeds.
        pub text: String,
        /// Whom to call.
        pub phone: Option<String>,
        /// Where there is more: an https address.
        pub link: Option<String>,
        /// Whether it was marked as read.
        pub is_read: bool,
    }
}
