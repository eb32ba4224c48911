//! Colours, verdicts and what they are made of.

use health_code_core::app_types::StaticText;
use health_code_core::code::{
    Assurance, Lists, PersonToCompare, Refusal, SubjectKind, Verdict, VerdictAct, VerdictLevel,
};
use health_code_core::colour::{Colour, Reason, ReasonTexts};
use health_code_core::trust::Scheme;
use health_code_core::words::TextDirection;
use health_code_core::words::moments::MomentStyle;

use super::LocalizedText;

health_code_core::describe_colours!();
health_code_core::describe_reason!();
health_code_core::describe_reason_texts!();
health_code_core::describe_claims!();
health_code_core::describe_scheme!();
health_code_core::describe_refusal!();
health_code_core::describe_verdict!();
health_code_core::describe_lists!();
health_code_core::describe_verdict_level!();
health_code_core::describe_verdict_act!();
health_code_core::describe_person_to_compare!();
health_code_core::describe_text_direction!();
health_code_core::describe_moment_style!();
