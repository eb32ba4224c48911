//! RFC 9457 problem answers.

use serde::{Deserialize, Serialize};

/// Body of an answer that refuses, content type `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// `urn:health-code:problem:` and the kind's code.
    #[serde(rename = "type")]
    pub kind_uri: String,
    /// Short English title, the same for every occurrence.
    pub title: String,
    /// Status code, repeated.
    pub status: u16,
    /// Path of the field that was refused, where there is one; never its value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Stable code of what is wrong with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field_code: Option<String>,
}

const PREFIX: &str = "urn:health-code:problem:";

macro_rules! problems {
    ($( $(#[$meta:meta])* $variant:ident = $status:literal, $code:literal, $title:literal, $title_zh:literal; )*) => {
        /// Kinds of problems.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ProblemKind { $( $(#[$meta])* $variant ),* }
        impl ProblemKind {
            /// All kinds.
            pub const ALL: &'static [Self] = &[ $( Self::$variant ),* ];
            /// HTTP status.
            #[must_use]
            pub const fn status(self) -> u16 { match self { $( Self::$variant => $status ),* } }
            /// Stable snake_case code.
            #[must_use]
            pub const fn code(self) -> &'static str { match self { $( Self::$variant => $code ),* } }
            /// Title.
            #[must_use]
            pub const fn title(self) -> &'static str { match self { $( Self::$variant => $title ),* } }
            /// Title, Simplified Chinese; not on the wire.
            #[must_use]
            pub const fn title_zh(self) -> &'static str { match self { $( Self::$variant => $title_zh ),* } }
        }
    };
}

problems! {
    /// JSON that cannot be read.
    Malformed = 400, "malformed", "The request cannot be read.", "请求无法读取。";
    /// Missing or wrong signature.
    SignatureRefused = 401, "signature_refused", "The request's signature is missing or wrong.", "请求签名缺失或错误。";
    /// Signature without a fresh server nonce: sign again with the one in this answer.
    NonceRequired = 401, "nonce_required", "The request must be signed with a fresh nonce.", "请求需使用新的随机数签名。";
    /// Device unknown or removed.
    DeviceUnknown = 403, "device_unknown", "This device is not registered.", "该设备未登记。";
    /// Admin call without two different officers' signatures.
    OfficersRefused = 403, "officers_refused", "Two different officers must sign.", "须由两名不同的经办人签名。";
    /// No such thing.
    NotFound = 404, "not_found", "There is no such thing.", "未找到所请求的内容。";
    /// The path is known, the method is not.
    MethodNotAllowed = 405, "method_not_allowed", "The method is not allowed here.", "此处不支持该请求方法。";
    /// The document is registered with another device.
    AlreadyRegistered = 409, "already_registered", "This document is registered with another device.", "该证件已在另一台设备上登记。";
    /// Body over the cap.
    TooLarge = 413, "too_large", "The request is too large.", "请求内容过大。";
    /// Content type not understood.
    UnsupportedMediaType = 415, "unsupported_media_type", "The content type is not understood.", "不支持该内容类型。";
    /// Read, but refused for its content: sending it again will not help.
    Invalid = 422, "invalid", "A value was refused.", "有内容未被接受。";
    /// Same id, other body.
    IdReused = 422, "id_reused", "This id was used for another body.", "该编号已用于其他内容。";
    /// Unknown form or version.
    FormUnknown = 422, "form_unknown", "This form or its version is not known.", "该表单或其版本不存在。";
    /// Too many requests.
    RateLimited = 429, "rate_limited", "Too many requests; wait.", "请求过于频繁，请稍候。";
    /// A fault of the server's own.
    Internal = 500, "internal", "The server failed.", "服务器出错。";
    /// Overloaded or shutting down.
    Unavailable = 503, "unavailable", "The server cannot serve now; wait.", "服务器暂时无法提供服务，请稍候。";
}

impl ProblemKind {
    /// The full type URI.
    #[must_use]
    pub fn uri(self) -> String {
        format!("{PREFIX}{}", self.code())
    }
    /// The kind with this type URI.
    #[must_use]
    pub fn from_uri(uri: &str) -> Option<Self> {
        let code = uri.strip_prefix(PREFIX)?;
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }
    /// The answer's body.
    #[must_use]
    pub fn body(self) -> Problem {
        Problem {
            kind_uri: self.uri(),
            title: self.title().to_owned(),
            status: self.status(),
            field: None,
            field_code: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ProblemKind;

    #[test]
    fn every_kind_is_found_by_its_uri() {
        for kind in ProblemKind::ALL {
            assert_eq!(ProblemKind::from_uri(&kind.uri()), Some(*kind));
            assert!((400..600).contains(&kind.status()));
        }
        assert_eq!(ProblemKind::from_uri("about:blank"), None);
    }
}
