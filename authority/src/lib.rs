//! The local authority's server.
