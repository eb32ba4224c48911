//! Why an answer of the authority is not believed, beyond what signatures and times say.

crate::coded_errors! {
    /// Why an answer was refused; what was stored before stays.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum SyncRefusal {
        /// The body is not what this request is answered with.
        AnswerMalformed => "sync_answer_malformed";
        /// The index is not readable.
        IndexMalformed => "sync_index_malformed";
        /// An entry of the index is not readable, names something again, or is one too many; the others count.
        IndexEntryMalformed => "sync_index_entry_malformed";
        /// Other bytes than the index names.
        BundleAltered => "sync_bundle_altered";
        /// A lower version than the one held.
        BundleRolledBack => "sync_bundle_rolled_back";
        /// Larger than the phone stores.
        BundleTooLarge => "sync_bundle_too_large";
        /// Genuine, but of another name or version.
        BundleNotAsListed => "sync_bundle_not_as_listed";
        /// In the index, but not to be had.
        BundleMissing => "sync_bundle_missing";
        /// Named in the state, but not to be had.
        PartMissing => "sync_part_missing";
        /// A part of a subject that is larger than the phone takes.
        PartTooLarge => "sync_part_too_large";
        /// What is held of a part is of a form that this version does not know.
        PartUnreadable => "sync_part_unreadable";
        /// There is nothing to verify with.
        NoTrustBundle => "sync_no_trust_bundle";
        /// A credential for another key than this device's.
        CredentialOfOtherDevice => "sync_credential_of_other_device";
        /// More credentials at once than a phone offers keys for.
        BatchTooLarge => "sync_batch_too_large";
        /// Credentials of one batch that have a key or a status index twice, or do not say the same.
        BatchContradictsItself => "sync_batch_contradicts_itself";
        /// A receipt for somebody else.
        ReceiptOfOtherCitizen => "sync_receipt_of_other_citizen";
        /// Receipt and credential tell different colours.
        StateContradictsItself => "sync_state_contradicts_itself";
        /// A request after which there is no end in sight.
        TooManySteps => "sync_too_long";
    }
}
