//! Answers of the authority in memory: JSON, problems, entity tags, and members of tomorrow.

use sha2::{Digest as _, Sha256};

use crate::encoding::hex;
use crate::ports::{HttpRequest, HttpResponse};
use crate::wire::{self, ProblemKind};

pub(super) fn header<'a>(request: &'a HttpRequest, name: &str) -> &'a str {
    let mut headers = request.headers.iter();
    headers
        .find(|(found, _)| found == name)
        .map_or("", |(_, value)| value)
}

/// Puts a member of tomorrow into every object of a JSON body; other bodies stay as they are.
pub(super) fn add_member(body: &mut Vec<u8>) {
    fn add(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(members) => {
                members.values_mut().for_each(add);
                members.insert(
                    "ofTomorrow".to_owned(),
                    serde_json::json!({ "a": [1, "b"] }),
                );
            }
            serde_json::Value::Array(values) => values.iter_mut().for_each(add),
            _ => {}
        }
    }
    if let Ok(mut value) = serde_json::from_slice(body) {
        add(&mut value);
        *body = serde_json::to_vec(&value).unwrap_or_default();
    }
}

pub(super) fn with_etag(request: &HttpRequest, mut response: HttpResponse) -> HttpResponse {
    let etag = format!("\"{}\"", hex::encode(&Sha256::digest(&response.body)));
    if header(request, "if-none-match") == etag {
        return answer(304, "", Vec::new());
    }
    response.headers.push(("etag".to_owned(), etag));
    response
}

pub(super) fn json<T: serde::Serialize>(status: u16, body: &T) -> HttpResponse {
    answer(
        status,
        wire::JSON,
        serde_json::to_vec(body).unwrap_or_default(),
    )
}

pub(super) fn problem(kind: ProblemKind) -> HttpResponse {
    let body = serde_json::to_vec(&kind.body()).unwrap_or_default();
    answer(kind.status(), "application/problem+json", body)
}

pub(super) fn answer(status: u16, content_type: &str, body: Vec<u8>) -> HttpResponse {
    HttpResponse {
        status,
        headers: vec![("content-type".to_owned(), content_type.to_owned())],
        body,
    }
}
