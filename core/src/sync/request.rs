//! Requests to the authority: addresses, headers, signatures.
//!
//! Invariant: whatever is personal goes out signed and over https. Sends nothing itself.

use super::error::SyncError;
use super::upload_kind::{UploadRoute, UploadRow};
use crate::ports::{DeviceSigner, HttpRequest, PortError};
use crate::trust::DevicePublicKey;
use crate::wire::{
    self, CONTENT_DIGEST_HEADER, CredentialKey, CredentialRequest, RequestParts, SIGNATURE_HEADER,
    SIGNATURE_INPUT_HEADER, SUBJECTS_PATH, SubjectId,
};

/// Longest base address, characters.
const MAX_BASE_CHARS: usize = 200;

/// Where the authority is: `https://authority prefix`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Base {
    authority: String,
    /// Empty, or starts with a slash and does not end with one.
    prefix: String,
}

impl Base {
    /// Reads `https://host[:port][/path]`; no user, query or fragment.
    pub(super) fn parse(url: &str) -> Result<Self, SyncError> {
        let invalid = SyncError::BaseUrlInvalid;
        let rest = url.strip_prefix("https://").ok_or(invalid.clone())?;
        let rest = rest.trim_end_matches('/');
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/[]".contains(&byte);
        if url.len() > MAX_BASE_CHARS || !rest.bytes().all(allowed) {
            return Err(invalid);
        }
        let (authority, prefix) = match rest.find('/') {
            Some(slash) => rest.split_at(slash),
            None => (rest, ""),
        };
        if authority.is_empty() || authority.starts_with(':') {
            return Err(invalid);
        }
        Ok(Self {
            authority: authority.to_owned(),
            prefix: prefix.to_owned(),
        })
    }

    fn path(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    fn url(&self, path: &str) -> String {
        format!("https://{}{path}", self.authority)
    }

    /// A request for something public.
    pub(super) fn public(&self, path: &str, etag: Option<&str>) -> HttpRequest {
        HttpRequest {
            method: "GET".to_owned(),
            url: self.url(&self.path(path)),
            headers: if_none_match(etag).into_iter().collect(),
            body: Vec::new(),
        }
    }
}

/// Signs requests for one device.
pub(super) struct Signing<'a> {
    pub(super) base: &'a Base,
    pub(super) signer: &'a dyn DeviceSigner,
    pub(super) public_key: DevicePublicKey,
    /// Of the server's last answer; for an erasing one of the phone's own.
    pub(super) nonce: String,
    /// Trusted time, Unix seconds.
    pub(super) created: i64,
}

impl Signing<'_> {
    /// `GET /v1/subjects/{s}/state`.
    pub(super) fn state(
        &self,
        subject: &SubjectId,
        etag: Option<&str>,
    ) -> Result<HttpRequest, SyncError> {
        let headers = if_none_match(etag).into_iter().collect();
        self.sign("GET", &subject.path_below("state"), headers, Vec::new())
    }

    /// `GET /v1/subjects/{s}/parts/{name}`, from `cursor` on.
    pub(super) fn part(
        &self,
        subject: &SubjectId,
        name: &str,
        cursor: &str,
    ) -> Result<HttpRequest, SyncError> {
        let path = wire::part_path(subject, name);
        let query = wire::part_query(cursor);
        self.sign_with_query("GET", (&path, &query), Vec::new(), Vec::new())
    }

    /// `POST /v1/subjects/{s}/credentials`, offering the keys of `signers`.
    pub(super) fn credentials(
        &self,
        subject: &SubjectId,
        signers: &[&dyn DeviceSigner],
    ) -> Result<HttpRequest, SyncError> {
        let path = subject.path_below("credentials");
        let below_prefix = self.base.path(&path);
        let parts = RequestParts {
            method: "POST",
            authority: &self.base.authority,
            path: &below_prefix,
            query: "",
            body: &[],
        };
        let device_id = wire::device_id(&self.public_key);
        let proof_text = wire::proof_text(&parts, &device_id, &self.nonce);
        let keys = signers.iter();
        let request = CredentialRequest {
            keys: keys
                .map(|signer| CredentialKey::prove(*signer, &proof_text))
                .collect::<Result<_, _>>()?,
        };
        let body = serde_json::to_vec(&request).map_err(|_| PortError::HostFailed)?;
        let headers = vec![("content-type".to_owned(), wire::JSON.to_owned())];
        self.sign("POST", &path, headers, body)
    }

    /// `DELETE /v1/subjects/{s}`.
    pub(super) fn erasure(&self, subject: &SubjectId) -> Result<HttpRequest, SyncError> {
        self.sign(wire::ERASE_METHOD, &subject.path(), Vec::new(), Vec::new())
    }

    /// The subject's upload, as its row says.
    pub(super) fn upload(
        &self,
        subject: &SubjectId,
        row: &UploadRow,
        upload_id: &str,
        body: Vec<u8>,
    ) -> Result<HttpRequest, SyncError> {
        let mut headers = vec![("content-type".to_owned(), wire::JSON.to_owned())];
        let (method, path) = match row.route {
            UploadRoute::Subjects => {
                headers.push(("idempotency-key".to_owned(), upload_id.to_owned()));
                ("POST", SUBJECTS_PATH.to_owned())
            }
            UploadRoute::Below(name) => ("PUT", subject.path_below(&format!("{name}/{upload_id}"))),
        };
        self.sign(method, &path, headers, body)
    }

    /// A piece of an upload, put at `path` below the subject.
    pub(super) fn piece(
        &self,
        subject: &SubjectId,
        path: &str,
        bytes: Vec<u8>,
    ) -> Result<HttpRequest, SyncError> {
        let headers = vec![("content-type".to_owned(), wire::OCTETS.to_owned())];
        self.sign("PUT", &subject.path_below(path), headers, bytes)
    }

    fn sign(
        &self,
        method: &str,
        path: &str,
        headers: Vec<(String, String)>,
        body: Vec<u8>,
    ) -> Result<HttpRequest, SyncError> {
        self.sign_with_query(method, (path, ""), headers, body)
    }

    fn sign_with_query(
        &self,
        method: &str,
        (path, query): (&str, &str),
        mut headers: Vec<(String, String)>,
        body: Vec<u8>,
    ) -> Result<HttpRequest, SyncError> {
        let path = self.base.path(path);
        let parts = RequestParts {
            method,
            authority: &self.base.authority,
            path: &path,
            query,
            body: &body,
        };
        let signed = wire::sign_request(
            &parts,
            &self.nonce,
            self.created,
            &self.public_key,
            &|message| self.signer.sign(message),
        )?;
        let signed = [
            (CONTENT_DIGEST_HEADER, signed.content_digest),
            (SIGNATURE_INPUT_HEADER, signed.signature_input),
            (SIGNATURE_HEADER, signed.signature),
        ];
        headers.extend(signed.map(|(name, value)| (name.to_owned(), value)));
        Ok(HttpRequest {
            method: method.to_owned(),
            url: if query.is_empty() {
                self.base.url(&path)
            } else {
                format!("{}?{query}", self.base.url(&path))
            },
            headers,
            body,
        })
    }
}

fn if_none_match(etag: Option<&str>) -> Option<(String, String)> {
    etag.map(|etag| ("if-none-match".to_owned(), etag.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::Base;

    #[test]
    fn base_addresses() {
        let table = [
            (
                "https://a.example",
                Some(("a.example", "https://a.example/p/x")),
            ),
            (
                "https://a.example/",
                Some(("a.example", "https://a.example/p/x")),
            ),
            (
                "https://A.example:8443/city/",
                Some(("A.example:8443", "https://A.example:8443/city/p/x")),
            ),
            ("https://[::1]:9", Some(("[::1]:9", "https://[::1]:9/p/x"))),
            ("http://a.example", None),
            ("https://", None),
            ("https:///x", None),
            ("https://:80", None),
            ("https://user@a.example", None),
            ("https://a.example?q", None),
            ("https://a.example/#f", None),
            ("https://a.example /", None),
            ("", None),
        ];
        for (url, expected) in table {
            let base = Base::parse(url);
            let expected = expected.map(|(authority, url)| (authority.to_owned(), url.to_owned()));
            let found = base.ok().map(|base| {
                let url = base.public("/p/x", None).url;
                (base.authority, url)
            });
            assert_eq!(found, expected, "{url}");
        }
        assert!(Base::parse(&format!("https://{}.example", "a".repeat(200))).is_err());
    }
}
