//! Why an answer of the authority is not believed, beyond what signatures and times say.

crate::coded_errors! {
    /// Why an answer was refused; what was stored before stays.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum SyncRefusal {
        /// The body is not what this request is answered with.
        AnswerMalformed => "sync_answer_malformed", "The authority's answer cannot be read.", "主管机构的应答无法读取。";
        /// The index is not readable, names something twice, or is too long.
        IndexMalformed => "sync_index_malformed", "The list of published data cannot be read.", "公开数据目录无法读取。";
        /// Other bytes than the index names.
        BundleAltered => "sync_bundle_altered", "Published data are not what the list says.", "公开数据与目录不符。";
        /// A lower version than the one held.
        BundleRolledBack => "sync_bundle_rolled_back", "The authority offers older data than this phone has.", "主管机构提供的数据版本低于本机已有版本。";
        /// Larger than the phone stores.
        BundleTooLarge => "sync_bundle_too_large", "Published data are too large.", "公开数据过大。";
        /// Genuine, but of another name or version.
        BundleNotAsListed => "sync_bundle_not_as_listed", "Published data are of another name or version than the list says.", "公开数据的名称或版本与目录不符。";
        /// In the index, but not to be had.
        BundleMissing => "sync_bundle_missing", "Published data are missing.", "公开数据缺失。";
        /// There is nothing to verify with.
        NoTrustBundle => "sync_no_trust_bundle", "The list of authorities is not known yet.", "尚未取得发码机构名单。";
        /// A credential for another key than this device's.
        CredentialOfOtherDevice => "sync_credential_of_other_device", "The code is for another phone.", "该健康码属于另一部手机。";
        /// A receipt for somebody else.
        ReceiptOfOtherCitizen => "sync_receipt_of_other_citizen", "The explanation is about somebody else.", "该说明属于他人。";
        /// Receipt and credential tell different colours.
        StateContradictsItself => "sync_state_contradicts_itself", "Code and explanation do not agree.", "健康码与说明不一致。";
        /// A request after which there is no end in sight.
        TooManySteps => "sync_too_long", "The exchange with the authority does not come to an end.", "与主管机构的数据交换无法结束。";
    }
}
