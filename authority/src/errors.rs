//! Why the authority cannot start, or cannot do what its command line was asked.
//!
//! Invariant: each names the file or value at fault, never its content.
//! Refusals of requests are no concern of this module: they are [`health_code_core::wire::ProblemKind`]s.

health_code_core::coded_errors! {
    /// Why the authority cannot start or a command failed.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum AuthorityError {
        /// The configuration cannot be read.
        ConfigUnreadable {
            /// File or setting.
            at: String
        } => "config_unreadable", "The configuration cannot be read.", "无法读取配置。";
        /// The file has a setting that does not exist.
        ConfigKeyUnknown {
            /// File, line and key.
            at: String
        } => "config_key_unknown", "There is no such setting.", "没有此配置项。";
        /// A setting is outside what it may be.
        ConfigInvalid {
            /// The setting, its value and what it may be.
            at: String
        } => "config_invalid", "A setting is outside of what it may be.", "配置项取值无效。";
        /// A file or folder cannot be read.
        FileUnreadable {
            /// Path.
            at: String
        } => "file_unreadable", "A file cannot be read.", "无法读取文件。";
        /// A file or folder cannot be written, or is there already and is not to be overwritten.
        FileUnwritable {
            /// Path.
            at: String
        } => "file_unwritable", "A file cannot be written, or exists already.", "无法写入文件，或文件已存在。";
        /// A key file that others can read.
        KeyFileExposed {
            /// Path.
            at: String
        } => "key_file_exposed", "A key file can be read by other users: set its mode to 600.", "密钥文件可被其他用户读取，请将权限设为 600。";
        /// Not a key.
        KeyInvalid {
            /// Path or setting.
            at: String
        } => "key_invalid", "This is not a key.", "密钥无效。";
        /// The trust bundle does not verify, is older than the one before, or does not list this authority's key.
        TrustBundleRefused {
            /// Path.
            at: String
        } => "authority_trust_bundle_refused", "The trust bundle does not verify, has expired, or does not list this authority's key.", "信任包验证失败、已过期，或未列出本机构的密钥。";
        /// A rule set or form cannot be used.
        DefinitionRefused {
            /// Path or name.
            at: String
        } => "definition_refused", "A rule set or a form cannot be used.", "规则集或表单不可用。";
        /// Certificate or key for TLS cannot be used.
        TlsRefused {
            /// Path.
            at: String
        } => "tls_refused", "The certificate or its key cannot be used.", "TLS 证书或密钥不可用。";
        /// Another authority runs on this data folder.
        DataInUse {
            /// Path.
            at: String
        } => "data_in_use", "Another authority is running on this data folder.", "该数据目录正被另一服务使用。";
        /// The database was made by another version of this program.
        DatabaseSchemaForeign {
            /// Path.
            at: String
        } => "authority_database_schema_foreign", "The database was made by another version of this program.", "数据库由本程序的其他版本创建。";
        /// The database is damaged, or no database.
        DatabaseDamaged {
            /// Path.
            at: String
        } => "authority_database_damaged", "The database is damaged.", "数据库已损坏。";
        /// The database cannot be opened or written.
        DatabaseRefused {
            /// Path and the reason's code.
            at: String
        } => "database_refused", "The database cannot be opened.", "无法打开数据库。";
        /// The key that opens the personal data is missing or is not the one that sealed them.
        StorageKeyWrong {
            /// Path.
            at: String
        } => "storage_key_wrong", "The storage key is missing or is not the one of this database.", "存储密钥缺失，或与该数据库不符。";
        /// The address cannot be listened on.
        ListenFailed {
            /// Address.
            at: String
        } => "listen_failed", "The address cannot be listened on.", "无法监听该地址。";
        /// The system gave no randomness.
        NoEntropy => "no_entropy", "The system gave no randomness.", "系统未能提供随机数。";
        /// The server on the other end refused.
        ServerRefused {
            /// Problem code, field and field code where there are any.
            at: String
        } => "server_refused", "The server refused.", "服务器拒绝了请求。";
        /// The server on the other end could not be reached or did not prove who it is.
        ServerUnreachable {
            /// URL.
            at: String
        } => "server_unreachable", "The server cannot be reached or could not prove who it is.", "无法连接服务器或无法确认其身份。";
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
            | Self::DefinitionRefused { at }
            | Self::TlsRefused { at }
            | Self::DataInUse { at }
            | Self::DatabaseSchemaForeign { at }
            | Self::DatabaseDamaged { at }
            | Self::DatabaseRefused { at }
            | Self::StorageKeyWrong { at }
            | Self::ListenFailed { at }
            | Self::ServerRefused { at }
            | Self::ServerUnreachable { at } => at,
            Self::NoEntropy => "",
        }
    }
}
