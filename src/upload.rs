//! A built site sent to where an agency publishes: a folder, or a server over SFTP or FTPS.
//!
//! 1. [`address`] reads where to; [`site`] is what is sent, [`target`] the three ways to get there.
//! 2. [`remote`] finds out what lies there, as far as it can be trusted, and [`plan`] what differs.
//! 3. [`publish`] sends that into a folder of its own, and only then, by renames in an order in which no page is ever without
//!    what it needs, into its place. Cut at any moment, the next run goes on from what it finds there.

pub mod address;
mod journal;
mod plan;
mod publish;
mod remote;
pub mod site;
pub mod target;
mod trouble;

pub use address::Destination;
pub use plan::Plan;
pub use publish::{Event, Options, Sent, look, publish};
pub use site::LocalSite;
pub use target::{Access, Target};
pub use trouble::Trouble;
