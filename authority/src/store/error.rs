//! Why a read or a write did not happen: each failure under its own name.
//!
//! Invariant: no engine's text and no value is in it. Whether a write may have happened all the same is only ever
//! said by [`StoreError::OutcomeUnknown`].

health_code_core::coded_errors! {
    /// Why a read or a write did not happen.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum StoreError {
        /// More writes wait than the queue holds, or another process holds the file.
        Busy => "database_busy", "The database has too much to do.", "数据库繁忙。";
        /// The server is stopping.
        Closed => "database_closed", "The server is stopping.", "服务器正在停止。";
        /// The disk is full.
        DiskFull => "database_disk_full", "The server's disk is full.", "服务器磁盘已满。";
        /// The disk or the file system failed.
        DiskFailed => "database_disk_failed", "The server's disk failed.", "服务器磁盘出错。";
        /// The file may not be written.
        ReadOnly => "database_read_only", "The database may not be written.", "数据库不可写。";
        /// The file is no database, or a damaged one.
        Damaged => "database_damaged", "The database is damaged.", "数据库已损坏。";
        /// The file was made by another version of this program.
        SchemaForeign => "database_schema_foreign", "The database was made by another version of this program.", "数据库由本程序的其他版本创建。";
        /// The storage key is not the one that sealed this database.
        KeyWrong => "database_key_wrong", "The storage key is not the one of this database.", "存储密钥与该数据库不符。";
        /// A value does not open at its place: moved, altered, or sealed with another key.
        SealBroken => "database_seal_broken", "A record was altered or moved.", "记录被改动或移动。";
        /// A value opens and cannot be read.
        RecordUnreadable => "database_record_unreadable", "A record cannot be read.", "记录无法读取。";
        /// Other acts on the same citizen came first, again and again.
        Conflict => "database_conflict", "Other acts on the same citizen came first.", "同一居民的其他操作先行完成。";
        /// Nobody can tell yet whether the act was done; the same id may be tried again.
        OutcomeUnknown => "database_outcome_unknown", "It is not known whether this was done.", "尚不确定操作是否完成。";
        /// The act was called off by another one that needed what it had taken and not used.
        UnitFenced => "database_unit_fenced", "This was called off by another act.", "该操作已被另一操作取消。";
        /// The act writes more than one act may.
        UnitTooLarge => "database_unit_too_large", "This is too much for one act.", "单次操作写入过多。";
        /// An act read or wrote a row that it had not named: a fault of the program.
        RowNotNamed => "database_row_not_named", "An act used a record that it had not named.", "操作使用了未声明的记录。";
        /// More than half of all status indexes are in use.
        IndexesExhausted => "database_indexes_exhausted", "There are no free places in the status list.", "状态列表已无空位。";
        /// The system gave no randomness.
        NoEntropy => "database_no_entropy", "The system gave no randomness.", "系统未能提供随机数。";
        /// A fault of the program.
        Faulted => "database_faulted", "The database met a fault of the program.", "数据库遇到程序错误。";
    }
}
