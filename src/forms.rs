//! Forms in the browser for whoever does not write YAML: the folder of Sveltia CMS, its settings made from the same
//! schemas and labels as everything else. It lies outside of the public folder and has a policy of its own, so that
//! the site stays strict and `congbo verify` whole. Nothing in it comes from another origin but the repository.

mod collections;
mod field;
mod page;
mod vendor;

pub use collections::{FormAgency, collections};
pub use page::{Desk, Repository, RepositoryKind, policy};
pub use vendor::{Vendor, VendorFile};
