//! `congbo` (*công bố*, to declare publicly) turns the YAML and Markdown declarations of Vietnamese
//! state agencies into a public website. Six stages, one word each:
//!
//! 1. **load** reads a folder into a [`source::SourceTree`]; the only reader of content.
//! 2. **parse** turns text into a [`parse::raw::RawProject`]; the only place that knows YAML.
//! 3. **resolve** links ids and makes a [`domain::Register`]: what is true.
//! 4. **check** judges the register on a date, one rule a file, and returns [`diagnostic::Diagnostic`]s.
//! 5. **render** makes a stream of [`output::OutputFile`]s from the register and a [`theme::Theme`].
//! 6. **write** puts them into a new folder, verifies it and swaps it in: [`output`].
//!
//! [`pipeline`] calls them in this order. Parse, resolve and check never fail: they return what they
//! could and add diagnostics, so that a user sees every problem of every file in one run.

pub mod origin;

pub mod diagnostic;

pub mod domain;

pub mod markdown;

// The stages, in their order.
pub mod source;

pub mod parse;

pub mod resolve;

pub mod check;

pub mod theme;

pub mod render;

pub mod output;

// What drives them.
pub mod config;

pub mod pipeline;

// What others do with a published site.
pub mod fetch;

pub mod signature;

pub mod verify;

pub mod upload;

pub mod report;

pub mod import;

pub mod starter;

pub mod exchange;

// What whoever writes the content has beside it.
pub mod editor;

pub mod forms;

pub mod serve;

pub mod cli;

pub mod commands;
