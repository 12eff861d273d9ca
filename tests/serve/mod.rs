//! `congbo serve`: the real program, asked over a socket while files change.

mod changes;
mod client;
mod pages;
mod privacy;
mod problems;
mod start;
