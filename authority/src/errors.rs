//! Why the authority cannot start, or cannot do what its command line was asked.
//!
//! Invariant: each names the file or value at fault, never its content.
//! Refusals of requests are no concern of this module: they are [`health_code_core::wire::ProblemKind`]s.

health_code_core::coded_errors! {
    words in crate::words::WORDS;

    /// Why the authority cannot start or a command failed.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum AuthorityError {
        /// The configuration cannot be read.
        ConfigUnreadable {
            /// File or setting.
            at: String
        } => "config_unreadable";
        /// The file has a setting that does not exist.
        ConfigKeyUnknown {
            /// File, line and key.
            at: String
        } => "config_key_unknown";
        /// A setting is outside what it may be.
        ConfigInvalid {
            /// The setting, its value and what it may be.
            at: String
        } => "config_invalid";
        /// A file or folder cannot be read.
        FileUnreadable {
            /// Path.
            at: String
        } => "file_unreadable";
        /// A file or folder cannot be written, or is there already and is not to be overwritten.
        FileUnwritable {
            /// Path.
            at: String
        } => "file_unwritable";
        /// A key file that others can read.
        KeyFileExposed {
            /// Path.
            at: String
        } => "key_file_exposed";
        /// Not a key.
        KeyInvalid {
            /// Path or setting.
            at: String
        } => "key_invalid";
        /// The trust bundle does not verify, is older than the one before, or does not list this authority's key.
        TrustBundleRefused {
            /// Path.
            at: String
        } => "authority_trust_bundle_refused";
        /// The text of a trust bundle cannot be read.
        TrustContentInvalid {
            /// File and what is wrong.
            at: String
        } => "trust_content_invalid";
        /// A revocation would be taken back.
        TrustBundleUnRevokes {
            /// Id of the key.
            at: String
        } => "trust_bundle_un_revokes";
        /// A key would be good for longer than the one after it, which could not sign its status list.
        TrustBundleKeyOutlived {
            /// Ids of both keys.
            at: String
        } => "trust_bundle_key_outlived";
        /// A rule set or form cannot be used.
        DefinitionRefused {
            /// Path or name.
            at: String
        } => "definition_refused";
        /// Certificate or key for TLS cannot be used.
        TlsRefused {
            /// Path.
            at: String
        } => "tls_refused";
        /// A sheet of paper cannot be printed.
        SheetRefused {
            /// The reason's code.
            at: String
        } => "sheet_refused";
        /// Another authority runs on this data folder.
        DataInUse {
            /// Path.
            at: String
        } => "data_in_use";
        /// The database was made by another version of this program.
        DatabaseSchemaForeign {
            /// Path.
            at: String
        } => "authority_database_schema_foreign";
        /// The data folder was in use, and its database is gone.
        DatabaseMissing {
            /// Path.
            at: String
        } => "database_missing";
        /// The key's time is over and this store never issued under it.
        IssuerKeyOfAnotherStore {
            /// Id of the key.
            at: String
        } => "issuer_key_of_another_store";
        /// The database is damaged, or no database.
        DatabaseDamaged {
            /// Path.
            at: String
        } => "authority_database_damaged";
        /// The database cannot be opened or written.
        DatabaseRefused {
            /// Path and the reason's code.
            at: String
        } => "database_refused";
        /// The key that opens the personal data is missing or is not the one that sealed them.
        StorageKeyWrong {
            /// Path.
            at: String
        } => "storage_key_wrong";
        /// The backup was sealed for another key.
        BackupKeyWrong {
            /// Path.
            at: String
        } => "backup_key_wrong";
        /// Not a backup, or an altered one.
        BackupDamaged {
            /// Path.
            at: String
        } => "backup_damaged";
        /// The backup ends too early.
        BackupCutOff {
            /// Path.
            at: String
        } => "backup_cut_off";
        /// Another issuer key signed the backup than the one expected, or none did.
        BackupSignatureRefused {
            /// Path.
            at: String
        } => "backup_signature_refused";
        /// The division that the backup names is not the one that was asked for.
        BackupOfAnotherRegion {
            /// Path, its division and the one expected.
            at: String
        } => "backup_of_another_region";
        /// A newer version of this program made the backup.
        BackupNewer {
            /// Path and that version.
            at: String
        } => "backup_newer";
        /// A status list that is to be restored with cannot be used.
        StatusListRefused {
            /// Path and the reason's code.
            at: String
        } => "status_list_refused";
        /// A status list that is to be restored with speaks of another region's credentials.
        StatusListOfAnotherRegion {
            /// Path.
            at: String
        } => "status_list_of_another_region";
        /// The status lists that are to be restored with end before the backup was begun: they tell nothing that it does
        /// not know.
        StatusListOlderThanBackup {
            /// Path of the newest of them.
            at: String
        } => "status_list_older_than_backup";
        /// The address cannot be listened on.
        ListenFailed {
            /// Address.
            at: String
        } => "listen_failed";
        /// Nobody is registered with this document.
        CitizenUnknown => "citizen_unknown";
        /// No appeal with this id waits for a decision.
        AppealUnknown => "open_appeal_unknown";
        /// Evidence is not kept any more, or not whole.
        EvidenceGone {
            /// Its hash.
            at: String,
        } => "evidence_gone";
        /// A key that signed already, as another officer, or that is not the officer's who is enrolled.
        OfficerKeyOfAnother {
            /// The officer's id.
            at: String
        } => "officer_key_of_another";
        /// The system gave no randomness.
        NoEntropy => "no_entropy";
        /// The server on the other end refused.
        ServerRefused {
            /// Problem code, field and field code where there are any.
            at: String
        } => "server_refused";
        /// The server on the other end could not be reached or did not prove who it is.
        ServerUnreachable {
            /// URL.
            at: String
        } => "server_unreachable";
    }
}

impl AuthorityError {
    /// The file, setting or address at fault; empty where there is none.
    #[must_use]
    pub fn at(&self) -> &str {
        match self {
            Self::ConfigUnreadable { at }
            | Self::ConfigKeyUnknown { at }
            | Self::ConfigInvalid { at }
            | Self::FileUnreadable { at }
            | Self::FileUnwritable { at }
            | Self::KeyFileExposed { at }
            | Self::KeyInvalid { at }
            | Self::TrustBundleRefused { at }
            | Self::TrustContentInvalid { at }
            | Self::TrustBundleUnRevokes { at }
            | Self::TrustBundleKeyOutlived { at }
            | Self::DefinitionRefused { at }
            | Self::TlsRefused { at }
            | Self::SheetRefused { at }
            | Self::DataInUse { at }
            | Self::DatabaseSchemaForeign { at }
            | Self::DatabaseMissing { at }
            | Self::IssuerKeyOfAnotherStore { at }
            | Self::DatabaseDamaged { at }
            | Self::DatabaseRefused { at }
            | Self::StorageKeyWrong { at }
            | Self::BackupKeyWrong { at }
            | Self::BackupDamaged { at }
            | Self::BackupCutOff { at }
            | Self::BackupSignatureRefused { at }
            | Self::BackupOfAnotherRegion { at }
            | Self::BackupNewer { at }
            | Self::StatusListRefused { at }
            | Self::StatusListOfAnotherRegion { at }
            | Self::StatusListOlderThanBackup { at }
            | Self::OfficerKeyOfAnother { at }
            | Self::ListenFailed { at }
            | Self::ServerRefused { at }
            | Self::ServerUnreachable { at }
            | Self::EvidenceGone { at } => at,
            Self::NoEntropy | Self::CitizenUnknown | Self::AppealUnknown => "",
        }
    }
}
