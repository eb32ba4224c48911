//! Why a read or a write did not happen: each failure under its own name.
//!
//! Invariant: no engine's text and no value is in it. Whether a write may have happened all the same is only ever
//! said by [`StoreError::OutcomeUnknown`].

health_code_core::coded_errors! {
    words in crate::words::WORDS;

    /// Why a read or a write did not happen.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum StoreError {
        /// More writes wait than the queue holds, or another process holds the file.
        Busy => "database_busy";
        /// The server is stopping.
        Closed => "database_closed";
        /// The disk is full.
        DiskFull => "database_disk_full";
        /// The disk or the file system failed.
        DiskFailed => "database_disk_failed";
        /// The file may not be written.
        ReadOnly => "database_read_only";
        /// The file is no database, or a damaged one.
        Damaged => "database_damaged";
        /// The file was made by another version of this program.
        SchemaForeign => "database_schema_foreign";
        /// The storage key is not the one that sealed this database.
        KeyWrong => "database_key_wrong";
        /// A value does not open at its place: moved, altered, or sealed with another key.
        SealBroken => "database_seal_broken";
        /// A value opens and cannot be read.
        RecordUnreadable => "database_record_unreadable";
        /// Other acts on the same citizen came first, again and again.
        Conflict => "database_conflict";
        /// Nobody can tell yet whether the act was done; the same id may be tried again.
        OutcomeUnknown => "database_outcome_unknown";
        /// The act was called off by another one that needed what it had taken and not used.
        UnitFenced => "database_unit_fenced";
        /// The act writes more than one act may.
        UnitTooLarge => "database_unit_too_large";
        /// An act read or wrote a row that it had not named: a fault of the program.
        RowNotNamed => "database_row_not_named";
        /// More than half of all status indexes are in use.
        IndexesExhausted => "database_indexes_exhausted";
        /// The system gave no randomness.
        NoEntropy => "database_no_entropy";
        /// A fault of the program.
        Faulted => "database_faulted";
    }
}
