//! Content as workbooks, and lists of offices back into content, as an officer meets them.

mod book;
mod hostile;
mod lists;
mod round_trip;
mod word;
