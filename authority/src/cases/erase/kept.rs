//! What is kept after an erasing, in words, for the receipt.
//!
//! Invariant: whatever stays of somebody is an item here, with the instant of its end.

use health_code_core::wire::KeptItem;
use health_code_core::words::LocalizedText;

use super::{ON_ITS_WAY_SECS, RECEIPT_KEPT_SECS};
use crate::cases::status_indexes::{KEPT_AFTER_EXPIRY_SECS, LONGEST_KEPT_SECS};

/// What is not kept for a time but as long as others want it, Unix seconds: the last second that the protocol can say.
const WITHOUT_END: i64 = 253_402_300_799;

/// What is kept after somebody was erased.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Keeping {
    /// Unix seconds.
    pub(crate) now: i64,
    /// Credentials.
    pub(crate) revoked: usize,
    /// When the last of them would have ended, Unix seconds.
    pub(crate) last_end: i64,
    /// How many orders of officers were kept without a name.
    pub(crate) orders: usize,
    /// Unix seconds.
    pub(crate) orders_until: i64,
    pub(crate) keeps_order_in_force: bool,
    pub(crate) keeps_device: bool,
    /// Until when laboratories' reports wait under the document, Unix seconds; none: there are none.
    pub(crate) results_until: Option<i64>,
}

fn item(what: &str, until: i64, english: &str, chinese: &str) -> KeptItem {
    KeptItem {
        what: what.to_owned(),
        until,
        text: LocalizedText::new(english, chinese),
    }
}

fn receipt_itself(now: i64) -> KeptItem {
    item(
        "receipt",
        now + RECEIPT_KEPT_SECS,
        "This receipt, so that it can be sent again.",
        "本回执，以便再次发送。",
    )
}

fn revoked_credentials(now: i64, last_end: i64) -> KeptItem {
    item(
        "revoked-credentials",
        (now + LONGEST_KEPT_SECS).max(last_end + KEPT_AFTER_EXPIRY_SECS),
        "The numbers of your revoked codes on the status list, without a name, so that checkpoints refuse them.",
        "您被撤销的健康码在状态列表中的编号，不含姓名，以便查验点拒绝这些健康码。",
    )
}

/// What is kept where a carer stops and the dependant is others' to care for, or has a phone.
pub(crate) fn kept_of_care(now: i64, revoked: usize) -> Vec<KeptItem> {
    let mut kept = vec![
        receipt_itself(now),
        item(
            "dependant",
            WITHOUT_END,
            "Everything of the person you cared for, which is theirs and of those who care for them now.",
            "您曾照护的人的全部记录：属于其本人及现在的照护人。",
        ),
    ];
    if revoked > 0 {
        kept.push(revoked_credentials(now, 0));
    }
    kept
}

/// What is kept, and why.
pub(crate) fn kept(keeping: Keeping) -> Vec<KeptItem> {
    let Keeping {
        now, orders_until, ..
    } = keeping;
    let mut kept = vec![receipt_itself(now)];
    if keeping.keeps_device {
        kept.push(item(
            "device",
            now + ON_ITS_WAY_SECS,
            "The key of your phone, without a name, so that nothing it sent before brings you back.",
            "您手机的密钥，不含姓名，以免此前发出的请求使您被重新登记。",
        ));
    }
    if keeping.revoked > 0 {
        kept.push(revoked_credentials(now, keeping.last_end));
    }
    if keeping.keeps_order_in_force {
        kept.push(item(
            "order-in-force",
            orders_until,
            "The colour that two officers ordered, found by your document alone and without a name: whoever registers with that document has it again.",
            "两名工作人员指令确定的颜色，不含姓名，仅可凭您的证件找到：凭该证件重新登记者仍为此颜色。",
        ));
    }
    if let Some(until) = keeping.results_until {
        kept.push(item(
            "results",
            until,
            "What laboratories reported of you, found by your document alone and without a name: whoever registers with that document has it again.",
            "检测机构报告的您的结果，不含姓名，仅可凭您的证件找到：凭该证件重新登记者仍有这些结果。",
        ));
    }
    if keeping.orders > 0 {
        kept.push(item(
            "orders",
            orders_until,
            "Orders by which two officers changed the colour, without a name, so that officers can be held to account.",
            "两名工作人员变更颜色的指令，不含姓名，以便追究责任。",
        ));
    }
    kept
}
