//! The three colours and the closed list of reasons, with what a citizen is told.
//!
//! Invariant: a reason's number, once released, never changes its meaning; there is no free-text reason.

mod reason_id;

use serde::{Deserialize, Serialize};

pub use reason_id::{NotAReasonId, ReasonId};

/// The colour of a health code, ordered from least to most restrictive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Colour {
    /// Move freely.
    Green,
    /// Stay at home for the time given; daily check-ins.
    Yellow,
    /// Isolation; daily check-ins.
    Red,
}

impl Colour {
    /// All, least restrictive first.
    pub const ALL: [Self; 3] = [Self::Green, Self::Yellow, Self::Red];
    /// Number in the code: 0, 1, 2.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }
    /// The colour with this number.
    #[must_use]
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            0 => Some(Self::Green),
            1 => Some(Self::Yellow),
            2 => Some(Self::Red),
            _ => None,
        }
    }
    /// The colour with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|colour| colour.id() == id)
    }
    /// Stable lower-case id: `green`, `yellow`, `red`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
        }
    }
    /// The colour's word, English; spoken and written beside the colour.
    #[must_use]
    pub const fn word_en(self) -> &'static str {
        match self {
            Self::Green => "Green",
            Self::Yellow => "Yellow",
            Self::Red => "Red",
        }
    }
    /// The colour's word, Simplified Chinese.
    #[must_use]
    pub const fn word_zh(self) -> &'static str {
        match self {
            Self::Green => "绿码",
            Self::Yellow => "黄码",
            Self::Red => "红码",
        }
    }
    /// A shape that tells the colour without colour: circle, triangle, square.
    #[must_use]
    pub const fn shape(self) -> char {
        match self {
            Self::Green => '●',
            Self::Yellow => '▲',
            Self::Red => '■',
        }
    }
}

macro_rules! reasons {
    ($( $(#[$meta:meta])* $variant:ident = $number:literal, $id:literal,
        $en:literal, $zh:literal, $do_en:literal, $do_zh:literal; )*) => {
        /// Why a code has its colour: a closed list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[repr(u8)]
        pub enum Reason { $( $(#[$meta])* $variant = $number ),* }
        impl Reason {
            /// All, by number.
            pub const ALL: &'static [Self] = &[ $( Self::$variant ),* ];
            /// The reason with this number.
            #[must_use]
            pub const fn from_number(number: u8) -> Option<Self> {
                match number { $( $number => Some(Self::$variant), )* _ => None }
            }
            /// The reason with this id.
            #[must_use]
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $( $id => Some(Self::$variant), )* _ => None }
            }
            /// Stable snake_case id.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $( Self::$variant => $id ),* }
            }
            /// The reason in a sentence, English.
            #[must_use]
            pub const fn text_en(self) -> &'static str {
                match self { $( Self::$variant => $en ),* }
            }
            /// The reason in a sentence, Simplified Chinese.
            #[must_use]
            pub const fn text_zh(self) -> &'static str {
                match self { $( Self::$variant => $zh ),* }
            }
            /// What to do, English.
            #[must_use]
            pub const fn instruction_en(self) -> &'static str {
                match self { $( Self::$variant => $do_en ),* }
            }
            /// What to do, Simplified Chinese.
            #[must_use]
            pub const fn instruction_zh(self) -> &'static str {
                match self { $( Self::$variant => $do_zh ),* }
            }
        }
    };
}

reasons! {
    /// Nothing speaks against a green code.
    Clear = 0, "clear",
        "Nothing on record and nothing declared that restricts you.", "无限制出行的记录和申报。",
        "Move freely. Declare again if your health changes.", "可自由通行；健康状况如有变化请重新申报。";
    /// No valid health declaration.
    NotDeclared = 1, "not_declared",
        "There is no valid health declaration from you.", "您尚无有效的健康申报。",
        "Fill in the health declaration.", "请填写健康申报表。";
    /// A declared symptom.
    SymptomsDeclared = 2, "symptoms_declared",
        "You declared symptoms.", "您申报了相关症状。",
        "Stay at home, check in every day, call 12320 if it gets worse.", "请居家并每日打卡；如症状加重请拨打 12320。";
    /// Fever, declared or found by a clinic.
    Fever = 3, "fever",
        "A fever was declared or found.", "申报或检出发热。",
        "Go to a fever clinic; do not use public transport.", "请前往发热门诊就诊，勿乘坐公共交通工具。";
    /// Close contact of a confirmed case.
    CloseContact = 4, "close_contact",
        "You are a close contact of a confirmed case.", "您是确诊病例的密切接触者。",
        "Stay at home and wait for the community's call; check in every day.", "请居家等候社区联系并每日打卡。";
    /// Confirmed case.
    Confirmed = 5, "confirmed",
        "You are recorded as a confirmed case.", "您被登记为确诊病例。",
        "Follow the hospital's instructions.", "请遵照定点医院安排。";
    /// Suspected case.
    Suspected = 6, "suspected",
        "You are recorded as a suspected case.", "您被登记为疑似病例。",
        "Isolate and wait for the test result.", "请隔离并等待检测结果。";
    /// Infection without symptoms.
    Asymptomatic = 7, "asymptomatic",
        "You are recorded as infected without symptoms.", "您被登记为无症状感染者。",
        "Follow the instructions for medical observation.", "请遵照医学观察安排。";
    /// Stay in a high-risk place.
    HighRiskPlace = 8, "high_risk_place",
        "You stayed in a high-risk place.", "您曾在高风险地区停留。",
        "Stay at home for the time given and check in every day.", "请在规定期限内居家并每日打卡。";
    /// Stay in a medium-risk place.
    MediumRiskPlace = 9, "medium_risk_place",
        "You stayed in a medium-risk place.", "您曾在中风险地区停留。",
        "Check in every day for the time given.", "请在规定期限内每日打卡。";
    /// Arrival from abroad.
    ArrivedFromAbroad = 10, "arrived_from_abroad",
        "You arrived from abroad.", "您从境外抵达。",
        "Stay in quarantine and check in every day.", "请按规定隔离并每日打卡。";
    /// Check-in streak still running.
    CheckInsRunning = 11, "check_ins_running",
        "Your daily check-ins are not complete yet.", "您的每日健康打卡尚未完成。",
        "Keep checking in every day; a missed day starts the count again.", "请坚持每日打卡，漏打将重新计算。";
    /// A required test is overdue.
    TestOverdue = 12, "test_overdue",
        "A required test is overdue.", "规定的检测已逾期。",
        "Take the test at the nearest site.", "请到就近采样点检测。";
    /// Published exposure list names a place and time of yours.
    ExposureMatched = 13, "exposure_matched",
        "You were at a published place of exposure.", "您到过已公布的涉疫场所。",
        "Call your community and follow its instructions.", "请联系社区并遵照安排。";
    /// An earlier measure was lifted.
    MeasureLifted = 14, "measure_lifted",
        "The measure against you was lifted.", "对您的管控措施已解除。",
        "Move freely.", "可自由通行。";
    /// An error of the authority was put right.
    ErrorCorrected = 15, "error_corrected",
        "An error in your record was corrected.", "您记录中的错误已更正。",
        "Nothing to do.", "无需任何操作。";
}

/// A change of colour as the citizen is told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColourChange {
    /// Colour before; none if there was no code.
    pub from: Option<Colour>,
    /// Colour now.
    pub to: Colour,
    /// Why.
    pub reason: Reason,
    /// When it took effect, Unix seconds.
    pub since: i64,
}

#[cfg(test)]
mod tests {
    use super::{Colour, Reason};

    #[test]
    fn numbers_and_ids_are_one_to_one() {
        for colour in Colour::ALL {
            assert_eq!(Colour::from_number(colour.number()), Some(colour));
        }
        assert_eq!(Colour::from_number(3), None);
        for (number, reason) in Reason::ALL.iter().enumerate() {
            assert_eq!(usize::from(*reason as u8), number);
            assert_eq!(Reason::from_number(*reason as u8), Some(*reason));
            assert_eq!(Reason::from_id(reason.id()), Some(*reason));
            let json = serde_json::to_string(reason).expect("a reason is a string");
            assert_eq!(json, format!("\"{}\"", reason.id()));
        }
        assert_eq!(Reason::from_number(200), None);
    }
}
