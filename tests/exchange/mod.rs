//! Content as workbooks, and lists of offices back into content, as an officer meets them.

mod book;
mod round_trip;
